//! The colour of a site.

/// A colour, as three parts from 0 to 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour(pub(crate) [u8; 3]);

/// The backgrounds of the style sheet in the light and in the dark scheme.
pub(crate) const LIGHT: Colour = Colour([0xff, 0xff, 0xff]);
pub(crate) const DARK: Colour = Colour([0x14, 0x16, 0x19]);

/// The least contrast between text and background (WCAG 2.2, success criterion 1.4.3).
const CONTRAST: f64 = 4.5;

impl Colour {
    /// Reads a colour that is written `#rrggbb`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |range| u8::from_str_radix(digits.get(range)?, 16).ok();
        Some(Self([part(0..2)?, part(2..4)?, part(4..6)?]))
    }

    /// Whether text of this colour can be read on a background.
    pub(super) fn is_legible_on(self, background: Self) -> bool {
        let (one, other) = (self.luminance(), background.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05) >= CONTRAST
    }

    /// The relative luminance, as WCAG defines it.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl std::fmt::Display for Colour {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}
