//! Measurements of progress towards a target as a chart.

use servanda_core::{Date, Day, Decimal, Standing, Target};

use crate::colours::Role;
use crate::labels::{Label, Labels};
use crate::measure::{Font, wrap};
use crate::plain::{isolated, one_line};
use crate::svg::Shapes;

/// The measurements over time, with the target as a line.
///
/// A standing has the latest measurement only. The others come from [`View::log`].
///
/// [`View::log`]: servanda_core::View::log
///
/// ```
/// use servanda_charts::{English, Measurements};
/// use servanda_core::facts::{Fact, Measure};
/// use servanda_core::{Commitment, Ledger, LogFilter, Obligation, builtin};
///
/// let homes = Commitment::builder("xx/homes", "Invented: build homes")
///     .procedure(builtin::action())
///     .by("xx")
///     .made("2024-05-01")
///     .obligation(Obligation::Result)
///     .words("will build", ("An invented source", "https://example.org/words"))
///     .target("1000", "homes");
/// let mut ledger = Ledger::new();
/// ledger.append(homes, &"desk".parse()?, "2024-05-02T09:00:00.000000Z".parse()?)?;
/// for (day, value, recorded) in [("2024-09-30", "120", "2024-10-01"), ("2025-03", "455", "2025-04-01")] {
///     let moment = format!("{recorded}T09:00:00.000000Z").parse()?;
///     ledger.append(Measure::builder("xx/homes", value).on(day), &"desk".parse()?, moment)?;
/// }
/// let view = ledger.view_on("2025-06-01")?;
/// let log = view.log(&LogFilter::default().commitment("xx/homes".parse()?).kind("measure"));
/// let measured = log.iter().filter(|logged| logged.retracted.is_none()).filter_map(|logged| {
///     let Fact::Measure(measure) = logged.entry.fact() else { return None };
///     Some((logged.entry.on()?, measure.value))
/// });
///
/// let standing = view.standing("xx/homes")?;
/// let chart = Measurements::new(&standing).map(|chart| chart.values(measured));
/// let text = chart.map(|chart| chart.text(&English, 60)).unwrap_or_default();
/// assert!(text.contains("2025-03     ███████████"), "{text}");
/// # Ok::<(), servanda_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Measurements<'a> {
    standing: &'a Standing,
    target: &'a Target,
    values: Vec<(Date, Decimal)>,
    width: u32,
}

impl<'a> Measurements<'a> {
    /// Creates a chart of the latest measurement, 320 pixels wide. `None` if the commitment names
    /// no target.
    #[must_use]
    pub fn new(standing: &'a Standing) -> Option<Self> {
        let target = standing.target.as_ref()?;
        let values = standing.measurement.iter().map(|measured| (measured.on, measured.value.clone())).collect();
        Some(Self { standing, target, values, width: 320 })
    }

    /// Sets what was measured. Dates after the day of the view are left out, and the order does not
    /// matter.
    #[must_use]
    pub fn values(mut self, values: impl IntoIterator<Item = (Date, Decimal)>) -> Self {
        self.values = values.into_iter().filter(|(on, _)| on.last_day() <= self.standing.on).collect();
        self.values.sort_by_key(|(on, _)| (on.first_day(), on.last_day()));
        self
    }

    /// Sets the width of the SVG in pixels: 240 to 2,000.
    #[must_use]
    pub fn width(mut self, pixels: u32) -> Self {
        self.width = pixels.clamp(240, 2_000);
        self
    }

    /// Draws the chart as SVG: one element `svg`, without an XML declaration.
    #[must_use]
    pub fn svg(&self, labels: &dyn Labels) -> String {
        let scale = self.scale();
        let (left, right, top, bottom) = (10, i64::from(self.width) - 10, 52, 200);
        let target_y = bottom - height(scale.share(&self.target.value), bottom - top);
        let mut picture = Shapes::default();
        let mut axis = Shapes::default();
        axis.line((left, bottom), (right, bottom), "");
        picture.group(Role::Muted, "stroke=\"currentColor\"", &axis);
        let mut target = Shapes::default();
        target.line((left, target_y), (right, target_y), "stroke-dasharray=\"6 4\"");
        picture.group(Role::Accent, "stroke=\"currentColor\" stroke-width=\"1.5\"", &target);
        let place = |day: Day| left + 8 + (right - left - 16) * scale.days_to(day) / scale.days();
        let mut path = String::new();
        let (mut points, mut spans) = (Shapes::default(), Shapes::default());
        for (on, value) in &self.values {
            let y = bottom - height(scale.share(value), bottom - top);
            let (first, last) = (place(on.first_day()), place(on.last_day()));
            let x = i64::midpoint(first, last);
            path.push_str(&format!("{}{x} {y}", if path.is_empty() { 'M' } else { 'L' }));
            points.circle((x, y), 4, "");
            if last - first > 4 {
                spans.line((first, y), (last, y), "");
            }
        }
        let mut line = Shapes::default();
        line.path(&path, "");
        if self.values.len() > 1 {
            picture.group(
                Role::Phase(servanda_core::Phase::Active),
                "fill=\"none\" stroke=\"currentColor\" stroke-width=\"2\"",
                &line,
            );
        }
        let active = Role::Phase(servanda_core::Phase::Active);
        picture.group(active, "stroke=\"currentColor\" stroke-width=\"8\" stroke-opacity=\".3\"", &spans);
        picture.group(active, "fill=\"currentColor\"", &points);
        self.draw_texts(&mut picture, labels, (left, right), target_y, bottom);
        let title = format!("{}: {}", labels.label(Label::Measurements), self.standing.title);
        picture.picture((i64::from(self.width), bottom + 34), labels.language(), &title, &self.summary(labels))
    }

    /// Writes the target and the latest value above the chart, and the first and last day below.
    fn draw_texts(
        &self,
        picture: &mut Shapes,
        labels: &dyn Labels,
        (left, right): (i64, i64),
        target_y: i64,
        bottom: i64,
    ) {
        let units = usize::try_from(right - left).unwrap_or(0) * 100 / 14;
        let (mut latest, mut target, mut days) = (Shapes::default(), Shapes::default(), Shapes::default());
        for line in wrap(&self.summary(labels), Font::Bold, units, 1) {
            latest.text((left, 20), &line, "");
        }
        let named = format!(
            "{}: {}",
            one_line(labels.label(Label::Target)),
            isolated(&self.amount(&self.target.value, labels))
        );
        for line in wrap(&named, Font::Regular, units, 1) {
            target.text((left, target_y - 7), &line, "");
        }
        let scale = self.scale();
        days.text((left, bottom + 20), &one_line(&labels.date(scale.first.into())), "");
        days.text_to((right, bottom + 20), &one_line(&labels.date(scale.last.into())));
        picture.group(Role::Ink, "fill=\"currentColor\" font-size=\"14\" font-weight=\"600\"", &latest);
        picture.group(Role::Accent, "fill=\"currentColor\" font-size=\"13\"", &target);
        picture.group(Role::Muted, "fill=\"currentColor\" font-size=\"13\"", &days);
    }

    /// Writes a bar for each measurement, and the target, in at most `width` columns, or 40 if
    /// `width` is less.
    #[must_use]
    pub fn text(&self, labels: &dyn Labels, width: usize) -> String {
        let scale = self.scale();
        let target = (one_line(labels.label(Label::Target)), &self.target.value);
        let values = self.values.iter().map(|(on, value)| (one_line(&labels.date(*on)), value));
        let rows: Vec<(String, &Decimal)> = values.chain([target]).collect();
        let dates = rows.iter().map(|(date, _)| Font::Terminal.width(date)).max().unwrap_or(0).max(10);
        let amounts = rows.iter().map(|(_, value)| labels.number(value.as_str()).chars().count()).max().unwrap_or(0);
        let room = width.max(40).saturating_sub(dates + amounts + 4).max(8);
        let mut text = String::new();
        for (date, value) in rows {
            let space = " ".repeat(dates.saturating_sub(Font::Terminal.width(&date)));
            let filled = height(scale.share(value), i64::try_from(room).unwrap_or(0));
            let filled = usize::try_from(filled).unwrap_or(0).min(room);
            let bar = format!("{}{}", "█".repeat(filled), "░".repeat(room - filled));
            let number = one_line(&labels.number(value.as_str()));
            text.push_str(&format!("{date}{space}  {bar}  {number:>amounts$}\n"));
        }
        for line in wrap(&one_line(self.target.unit.as_str()), Font::Terminal, width.max(40), 4) {
            text.push_str(&isolated(&line));
            text.push('\n');
        }
        text
    }

    /// The latest value and its day.
    fn summary(&self, labels: &dyn Labels) -> String {
        match self.values.last() {
            Some((on, value)) => {
                format!("{}: {}", one_line(&labels.date(*on)), isolated(&self.amount(value, labels)))
            }
            None => format!("{}: –", one_line(labels.label(Label::Measurements))),
        }
    }

    fn amount(&self, value: &Decimal, labels: &dyn Labels) -> String {
        one_line(&format!("{} {}", labels.number(value.as_str()), self.target.unit))
    }

    fn scale(&self) -> Scale {
        let values = self.values.iter().map(|(_, value)| fixed(value)).chain([fixed(&self.target.value)]);
        let days = self.values.iter().flat_map(|(on, _)| [on.first_day(), on.last_day()]);
        let days = days.chain([self.standing.made.first_day(), self.standing.on]);
        let days = days.chain(self.target.date.map(Date::last_day));
        Scale {
            most: values.max().unwrap_or(1).max(1),
            first: days.clone().min().unwrap_or(self.standing.on),
            last: days.max().unwrap_or(self.standing.on),
        }
    }
}

/// The ends of the axes.
struct Scale {
    most: u128,
    first: Day,
    last: Day,
}

impl Scale {
    /// A value as a share of the largest, in thousandths.
    fn share(&self, value: &Decimal) -> i64 {
        i64::try_from(fixed(value).saturating_mul(1000) / self.most).unwrap_or(1000)
    }

    fn days(&self) -> i64 {
        self.last.days_since(self.first).max(1)
    }

    fn days_to(&self, day: Day) -> i64 {
        day.days_since(self.first)
    }
}

/// Thousandths of a height.
fn height(share: i64, of: i64) -> i64 {
    (share * of + 500) / 1000
}

/// A decimal in ten-thousandths. Further digits are cut off.
fn fixed(value: &Decimal) -> u128 {
    let (whole, fraction) = value.as_str().split_once('.').unwrap_or((value.as_str(), ""));
    let digits: String = fraction.chars().chain("0000".chars()).take(4).collect();
    format!("{whole}{digits}").parse().unwrap_or(u128::MAX / 1000)
}
