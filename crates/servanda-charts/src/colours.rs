//! The classes of the pictures, and their colours.

use servanda_core::{Phase, Verdict};

/// A role of a shape or a text. Its class is what a style sheet names, and its colour what the
/// picture has without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Paper,
    Ink,
    Muted,
    Faint,
    Accent,
    Clock,
    Alert,
    Phase(Phase),
    Verdict(Option<Verdict>),
}

impl Role {
    /// The class and the colour on light paper.
    ///
    /// Colours of text have a contrast of at least 4.5 to the paper, and those of shapes of at
    /// least 3.
    pub(crate) fn class_and_colour(self) -> (&'static str, &'static str) {
        match self {
            Self::Paper => ("sv-paper", "#ffffff"),
            Self::Ink => ("sv-ink", "#1f2328"),
            Self::Muted => ("sv-muted", "#57606a"),
            Self::Faint => ("sv-faint", "#d0d7de"),
            Self::Accent => ("sv-accent", "#0550ae"),
            Self::Clock => ("sv-clock", "#9a5b00"),
            Self::Alert => ("sv-alert", "#b42318"),
            Self::Phase(Phase::Planned) => ("sv-planned", "#6e7781"),
            Self::Phase(Phase::Active) => ("sv-active", "#0969da"),
            Self::Phase(Phase::Stalled) => ("sv-stalled", "#b35900"),
            Self::Phase(Phase::Achieved) => ("sv-achieved", "#1a7f37"),
            Self::Phase(Phase::Failed) => ("sv-failed", "#cf222e"),
            Self::Phase(Phase::Superseded) => ("sv-superseded", "#8250df"),
            Self::Verdict(None) => ("sv-no-verdict", "#8c959f"),
            Self::Verdict(Some(verdict)) => match verdict {
                Verdict::Unrated => ("sv-unrated", "#818b96"),
                Verdict::Pending => ("sv-pending", "#6e7781"),
                Verdict::InProgress => ("sv-in-progress", "#0969da"),
                Verdict::Stalled => ("sv-verdict-stalled", "#b35900"),
                Verdict::Kept => ("sv-kept", "#1a7f37"),
                Verdict::PartlyKept => ("sv-partly-kept", "#4c8c2b"),
                Verdict::Broken => ("sv-broken", "#cf222e"),
                Verdict::Unfulfilled => ("sv-unfulfilled", "#bc4c00"),
                Verdict::Released => ("sv-released", "#8250df"),
                Verdict::Holding => ("sv-holding", "#1b7c83"),
            },
        }
    }
}

/// A style sheet for the pictures: their colours on light and on dark paper.
///
/// A page can include it or set `color` for the same classes itself. A picture needs none.
///
/// ```
/// assert!(servanda_charts::STYLE.contains("prefers-color-scheme: dark"));
/// ```
pub const STYLE: &str = "\
.sv-chart { max-width: 100%; height: auto; }
@media (prefers-color-scheme: dark) {
  .sv-paper { color: #0d1117; }
  .sv-ink { color: #f0f6fc; }
  .sv-muted { color: #a5b0bb; }
  .sv-faint { color: #3d444d; }
  .sv-accent { color: #79c0ff; }
  .sv-clock { color: #e3a13b; }
  .sv-alert { color: #ff8b80; }
  .sv-planned, .sv-pending { color: #9198a1; }
  .sv-active, .sv-in-progress { color: #4493f8; }
  .sv-stalled, .sv-verdict-stalled { color: #e0883a; }
  .sv-achieved, .sv-kept { color: #3fb950; }
  .sv-partly-kept { color: #7cc05a; }
  .sv-failed, .sv-broken { color: #f85149; }
  .sv-unfulfilled { color: #f0883e; }
  .sv-superseded, .sv-released { color: #ab7df8; }
  .sv-holding { color: #39b3bb; }
  .sv-unrated, .sv-no-verdict { color: #7d8590; }
}
";

#[cfg(test)]
mod tests {
    use super::*;

    fn roles() -> Vec<Role> {
        let plain = [Role::Ink, Role::Muted, Role::Accent, Role::Clock, Role::Alert];
        let verdicts = Verdict::ALL.into_iter().map(Some).chain([None]).map(Role::Verdict);
        plain.into_iter().chain(Phase::ALL.into_iter().map(Role::Phase)).chain(verdicts).collect()
    }

    /// The relative luminance of WCAG 2.
    fn luminance(colour: &str) -> f64 {
        let part = |from: usize| {
            let value = f64::from(u8::from_str_radix(&colour[from..from + 2], 16).unwrap()) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(one: &str, other: &str) -> f64 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The colour of a class in the style sheet for dark pages.
    fn dark(class: &str) -> &'static str {
        let rule =
            STYLE.lines().find(|line| line.contains(&format!(".{class} ")) || line.contains(&format!(".{class},")));
        let rule = rule.unwrap_or_else(|| panic!("no rule for {class}"));
        rule.split_once("color: ").unwrap().1.split_once(';').unwrap().0
    }

    #[test]
    fn texts_and_shapes_have_the_contrast_of_wcag_on_light_and_dark_paper() {
        let (paper, light) = Role::Paper.class_and_colour();
        for role in roles() {
            let least = if matches!(role, Role::Ink | Role::Muted | Role::Accent) { 4.5 } else { 3.0 };
            let (class, colour) = role.class_and_colour();
            for (colour, paper) in [(colour, light), (dark(class), dark(paper))] {
                let contrast = contrast(colour, paper);
                assert!(contrast >= least, "{class}: {colour} on {paper} has {contrast:.2}");
            }
        }
    }
}
