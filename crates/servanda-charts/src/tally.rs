//! The verdicts on many commitments as one bar.

use servanda_core::{Summary, Verdict};

use crate::colours::Role;
use crate::labels::{Label, Labels};
use crate::measure::{Font, wrap};
use crate::plain::one_line;
use crate::svg::Shapes;

/// The number of commitments with each verdict, and of those that are overdue.
///
/// ```
/// use servanda_charts::{English, Tally};
/// use servanda_core::{Commitment, Filter, Ledger, Obligation, Verdict, builtin};
///
/// let homes = Commitment::builder("xx/homes", "Invented: build homes")
///     .procedure(builtin::action())
///     .by("xx")
///     .made("2024-05-01")
///     .obligation(Obligation::Result)
///     .words("will build", ("An invented source", "https://example.org/words"))
///     .build()?;
/// let mut ledger = Ledger::new();
/// ledger.append(homes, &"desk".parse()?, "2024-05-02T09:00:00.000000Z".parse()?)?;
///
/// let tally = Tally::of(&ledger.view_on("2024-06-01")?.summaries(&Filter::default()));
/// assert_eq!((tally.count(Some(Verdict::Pending)), tally.total()), (1, 1));
/// assert!(tally.svg(&English).contains("1 commitment"));
/// assert_eq!(tally.text(&English, 32), "████████████████████████████████\n█ pending  1\n\n1 commitment\n");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    counts: [usize; Tally::ORDER.len()],
    overdue: usize,
    width: u32,
}

impl Tally {
    /// The order of the verdicts in a bar: what was kept first, and what was broken last.
    pub const ORDER: [Option<Verdict>; 11] = [
        Some(Verdict::Kept),
        Some(Verdict::PartlyKept),
        Some(Verdict::Holding),
        Some(Verdict::InProgress),
        Some(Verdict::Pending),
        Some(Verdict::Unrated),
        Some(Verdict::Stalled),
        Some(Verdict::Released),
        Some(Verdict::Unfulfilled),
        Some(Verdict::Broken),
        None,
    ];

    /// Counts the summaries by verdict.
    #[must_use]
    pub fn of<'a>(summaries: impl IntoIterator<Item = &'a Summary>) -> Self {
        Self::of_verdicts(summaries.into_iter().map(|summary| (summary.verdict, summary.overdue)))
    }

    /// Counts verdicts, each with whether the commitment is overdue.
    ///
    /// ```
    /// use servanda_charts::Tally;
    /// use servanda_core::Verdict;
    ///
    /// let tally = Tally::of_verdicts([(Some(Verdict::Kept), false), (Some(Verdict::Pending), true), (None, false)]);
    /// assert_eq!((tally.total(), tally.overdue(), tally.count(None)), (3, 1, 1));
    /// ```
    #[must_use]
    pub fn of_verdicts(verdicts: impl IntoIterator<Item = (Option<Verdict>, bool)>) -> Self {
        let mut tally = Self { counts: [0; Self::ORDER.len()], overdue: 0, width: 320 };
        for (verdict, is_overdue) in verdicts {
            for (count, _) in tally.counts.iter_mut().zip(Self::ORDER).filter(|(_, counted)| *counted == verdict) {
                *count += 1;
            }
            tally.overdue += usize::from(is_overdue);
        }
        tally
    }

    /// Sets the width of the SVG in pixels: 240 to 2,000, and 320 by default.
    #[must_use]
    pub fn width(mut self, pixels: u32) -> Self {
        self.width = pixels.clamp(240, 2_000);
        self
    }

    /// The number of commitments with a verdict, or with none.
    #[must_use]
    pub fn count(&self, verdict: Option<Verdict>) -> usize {
        self.counts().find(|(counted, _)| *counted == verdict).map_or(0, |(_, count)| count)
    }

    /// The verdicts with their numbers, in the order of the bar, those without a commitment too.
    pub fn counts(&self) -> impl Iterator<Item = (Option<Verdict>, usize)> {
        Self::ORDER.into_iter().zip(self.counts)
    }

    /// The number of commitments.
    #[must_use]
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }

    /// The number of commitments that are overdue.
    #[must_use]
    pub fn overdue(&self) -> usize {
        self.overdue
    }

    /// Draws one stacked bar with a legend that has the numbers.
    #[must_use]
    pub fn svg(&self, labels: &dyn Labels) -> String {
        let inner = self.width - 2 * MARGIN;
        let (width, margin) = (i64::from(inner), i64::from(MARGIN));
        let mut picture = Shapes::default();
        let mut x = margin;
        for (part, (verdict, _)) in self.parts(inner).into_iter().zip(self.shown()) {
            let part = i64::from(part);
            let mut segment = Shapes::default();
            segment.rectangle((x, margin), ((part - 2).max(1), 28), "rx=\"2\"");
            picture.group(Role::Verdict(verdict), "fill=\"currentColor\"", &segment);
            x += part;
        }
        let columns = if width >= 480 { width / 200 } else { 1 };
        let column = width / columns;
        let rows = (i64::try_from(self.shown().count()).unwrap_or(0) + columns - 1) / columns;
        let digits = self.counts.iter().map(|count| count.to_string().len()).max().unwrap_or(0);
        let numbers_end = 22 + 11 * i64::try_from(digits).unwrap_or(0);
        let (mut names, mut numbers) = (Shapes::default(), Shapes::default());
        let mut bottom = margin + 36;
        for (index, (verdict, count)) in (0..).zip(self.shown()) {
            let (x, y) = (margin + column * (index / rows), margin + 56 + 26 * (index % rows));
            let mut swatch = Shapes::default();
            swatch.rectangle((x, y - 12), (13, 13), "rx=\"2\"");
            picture.group(Role::Verdict(verdict), "fill=\"currentColor\"", &swatch);
            numbers.text_to((x + numbers_end, y), &count.to_string());
            let units = usize::try_from(column - numbers_end - 10).unwrap_or(0) * 100 / 15;
            for line in wrap(&one_line(name(verdict, labels)), Font::Regular, units, 1) {
                names.text((x + numbers_end + 9, y), &line, "");
            }
            bottom = bottom.max(y);
        }
        let foot = self.foot(labels);
        let mut total = Shapes::default();
        bottom += 8;
        for line in wrap(&foot, Font::Regular, usize::try_from(width).unwrap_or(0) * 100 / 14, 2) {
            bottom += 22;
            total.text((margin, bottom), &line, "");
        }
        picture.group(Role::Ink, "fill=\"currentColor\"", &names);
        picture.group(Role::Ink, "fill=\"currentColor\" font-weight=\"700\"", &numbers);
        picture.group(Role::Muted, "fill=\"currentColor\" font-size=\"14\"", &total);
        let description: Vec<String> =
            self.shown().map(|(verdict, count)| format!("{}: {count}", name(verdict, labels))).collect();
        let title = format!("{}: {foot}", labels.label(Label::Tally));
        picture.picture(
            (i64::from(self.width), bottom + margin + 4),
            labels.language(),
            &title,
            &description.join("; "),
        )
    }

    /// Writes a bar of `width` columns, or 16 if `width` is less, and the numbers under it.
    #[must_use]
    pub fn text(&self, labels: &dyn Labels, width: usize) -> String {
        let width = u32::try_from(width).unwrap_or(2_000).clamp(16, 2_000);
        let mut text = String::new();
        for (part, fill) in self.parts(width).into_iter().zip(FILLS.into_iter().cycle()) {
            text.extend((0..part).map(|_| fill));
        }
        if !text.is_empty() {
            text.push('\n');
        }
        let names: Vec<String> = self.shown().map(|(verdict, _)| one_line(name(verdict, labels))).collect();
        let widest = names.iter().map(|name| Font::Terminal.width(name)).max().unwrap_or(0);
        let digits = self.counts.iter().map(|count| count.to_string().len()).max().unwrap_or(0);
        for ((name, (_, count)), fill) in names.iter().zip(self.shown()).zip(FILLS.into_iter().cycle()) {
            let space = " ".repeat(widest.saturating_sub(Font::Terminal.width(name)));
            text.push_str(&format!("{fill} {name}{space}  {count:>digits$}\n"));
        }
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&self.foot(labels));
        text.push('\n');
        text
    }

    /// The verdicts that some commitment has.
    fn shown(&self) -> impl Iterator<Item = (Option<Verdict>, usize)> {
        self.counts().filter(|(_, count)| *count > 0)
    }

    /// The number of commitments, and of those that are overdue.
    fn foot(&self, labels: &dyn Labels) -> String {
        let total = labels.commitments(self.total());
        let overdue = if self.overdue > 0 { format!(" · {}", labels.overdue(self.overdue)) } else { String::new() };
        one_line(&format!("{total}{overdue}"))
    }

    /// Divides a width in proportion to the counts that are not zero. Each part is wide enough to
    /// be seen, and all together are as wide as asked.
    fn parts(&self, width: u32) -> Vec<u32> {
        let counts: Vec<u64> = self.shown().filter_map(|(_, count)| u64::try_from(count).ok()).collect();
        let total: u64 = counts.iter().sum();
        let least = if width >= 240 { 4 } else { 1 };
        let free = u64::from(width).saturating_sub(least * u64::try_from(counts.len()).unwrap_or(0));
        let mut before: u64 = 0;
        let part = |count: u64| {
            let begin = free * before / total.max(1);
            before += count;
            u32::try_from(least + free * before / total.max(1) - begin).unwrap_or(0)
        };
        counts.into_iter().map(part).collect()
    }
}

/// The space around a bar, in pixels.
const MARGIN: u32 = 8;

/// The characters that fill the parts of a bar of text, in turn.
const FILLS: [char; 4] = ['█', '░', '▓', '▒'];

fn name(verdict: Option<Verdict>, labels: &dyn Labels) -> &str {
    verdict.map_or(labels.label(Label::NoVerdict), |verdict| labels.verdict(verdict))
}
