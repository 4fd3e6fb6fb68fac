//! The marks of verdicts as lines. The style sheet has the same marks as characters, but a picture
//! must not depend on the fonts of the machine.

use servanda::Verdict;

use self::Part::{Circle, Curve, Dot, Line};

/// A part of a mark. The middle of the mark is at 0, and its circle has the radius 1.
#[derive(Debug)]
pub(super) enum Part {
    /// A line through these points.
    Line(&'static [(f32, f32)]),
    /// A curve from the first of these points to the last, drawn to those between.
    Curve(&'static [(f32, f32)]),
    /// A circle around the middle, with this radius.
    Circle(f32),
    /// A dot.
    Dot(f32, f32),
}

/// A mark in its circle.
pub(super) struct Mark {
    pub(super) parts: &'static [Part],
    /// The width of the lines.
    pub(super) width: f32,
    /// Whether the circle is filled.
    pub(super) is_filled: bool,
    /// The name of its colour in the style sheet.
    pub(super) colour: &'static str,
}

const fn mark_of(colour: &'static str, width: f32, is_filled: bool, parts: &'static [Part]) -> Mark {
    Mark { parts, width, is_filled, colour }
}

const CROSS: &[Part] = &[Line(&[(-0.34, -0.34), (0.34, 0.34)]), Line(&[(-0.34, 0.34), (0.34, -0.34)])];

const HALF: &[Part] = &[
    Line(&[(-0.46, -0.32), (-0.32, -0.44), (-0.32, 0.0)]),
    Line(&[(0.3, -0.5), (-0.3, 0.5)]),
    Curve(&[(0.14, 0.12), (0.17, 0.0), (0.32, -0.03), (0.46, 0.05), (0.42, 0.2), (0.14, 0.46)]),
    Line(&[(0.14, 0.46), (0.46, 0.46)]),
];

const QUESTION: &[Part] = &[
    Curve(&[
        (-0.27, -0.22),
        (-0.23, -0.38),
        (-0.1, -0.49),
        (0.08, -0.5),
        (0.22, -0.41),
        (0.27, -0.25),
        (0.21, -0.09),
        (0.07, 0.03),
        (0.0, 0.2),
    ]),
    Dot(0.0, 0.46),
];

/// The mark of a verdict, or of none.
pub(super) fn mark(verdict: Option<Verdict>) -> Mark {
    let Some(verdict) = verdict else {
        return mark_of("waiting", 0.24, false, &[Dot(0.0, 0.0)]);
    };
    match verdict {
        Verdict::Kept => mark_of("kept", 0.16, true, &[Line(&[(-0.42, 0.03), (-0.12, 0.34), (0.45, -0.32)])]),
        Verdict::Holding => {
            const EQUAL: &[Part] = &[Line(&[(-0.4, -0.17), (0.4, -0.17)]), Line(&[(-0.4, 0.17), (0.4, 0.17)])];
            mark_of("kept", 0.14, false, EQUAL)
        }
        Verdict::PartlyKept => mark_of("partly", 0.09, false, HALF),
        Verdict::InProgress => mark_of("going", 0.14, false, &[Line(&[(-0.15, -0.4), (0.23, 0.0), (-0.15, 0.4)])]),
        Verdict::Stalled => {
            const BARS: &[Part] = &[Line(&[(-0.17, -0.4), (-0.17, 0.4)]), Line(&[(0.17, -0.4), (0.17, 0.4)])];
            mark_of("stalled", 0.14, false, BARS)
        }
        Verdict::Broken => mark_of("broken", 0.16, true, CROSS),
        Verdict::Unfulfilled => mark_of("broken", 0.12, false, CROSS),
        Verdict::Released => mark_of("replaced", 0.14, false, &[Line(&[(-0.4, 0.0), (0.4, 0.0)])]),
        Verdict::Pending => mark_of("waiting", 0.12, false, &[Circle(0.3)]),
        Verdict::Unrated => mark_of("waiting", 0.13, false, QUESTION),
    }
}

#[cfg(test)]
mod tests {
    use super::mark;
    use crate::model::VERDICTS;

    #[test]
    fn marks_differ_by_shape() {
        let shape = |verdict| {
            let mark = mark(verdict);
            format!("{:?} {}", mark.parts, mark.is_filled)
        };
        let mut shapes: Vec<String> = VERDICTS.into_iter().map(shape).collect();
        shapes.sort();
        shapes.dedup();
        assert_eq!(shapes.len(), VERDICTS.len());
    }
}
