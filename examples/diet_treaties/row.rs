//! One row of the list, about a treaty in one session: reads its cells and collects their faults.

use servanda::{Day, value::Url};

use super::table::{Line, Table};
use super::vocabulary::{ALIAS, COMMITTEE_WORDS, Ended, House, PLENARY_WORDS, SiteStatus};

/// The required columns.
pub(crate) const NEEDED: [&str; 20] = [
    "listed_session",
    "submitted_session",
    "number",
    "title",
    "status_ja",
    "hr_prelim_received",
    "hr_received",
    "hr_referred",
    "hr_committee_closed",
    "hr_committee_result",
    "hr_plenary",
    "hr_plenary_result",
    "hc_prelim_received",
    "hc_received",
    "hc_referred",
    "hc_committee_closed",
    "hc_committee_result",
    "hc_plenary",
    "hc_plenary_result",
    "progress_url",
];

/// A row whose cells can be read. Its content may still contradict itself.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) listed: u32,
    pub(crate) submitted: u32,
    pub(crate) number: u32,
    pub(crate) title: String,
    /// The final status, if it is a known one.
    pub(crate) status: Option<SiteStatus>,
    lower: Proceedings,
    upper: Proceedings,
    pub(crate) promulgated: Option<Day>,
    /// The progress page of the treaty, if there is one.
    pub(crate) page: Option<Url>,
    /// Problems that do not affect the outcome.
    pub(crate) oddities: Vec<String>,
}

/// The proceedings in one house.
#[derive(Clone, Debug, Default)]
pub(crate) struct Proceedings {
    /// Received, and referred to a committee, while the other house has the treaty (Diet Act, art.
    /// 58).
    pub(crate) received_in_advance: Option<Day>,
    pub(crate) referred_in_advance: Option<Day>,
    pub(crate) committee_in_advance: String,
    pub(crate) received: Option<Day>,
    pub(crate) referred: Option<Day>,
    pub(crate) committee: String,
    pub(crate) reported: Option<Day>,
    pub(crate) report: Option<Ended>,
    pub(crate) voted: Option<Day>,
    pub(crate) vote: Option<Ended>,
    /// The vote, in the words of the record: unanimous or by majority, the groups for it, the
    /// groups against it.
    pub(crate) attitude: String,
    pub(crate) for_it: String,
    pub(crate) against: String,
}

impl Row {
    pub(crate) fn of(&self, house: House) -> &Proceedings {
        match house {
            House::Lower => &self.lower,
            House::Upper => &self.upper,
        }
    }

    /// Reads a row. Returns all faults if there are any.
    pub(crate) fn read(table: &Table, line: &Line) -> Result<Self, Vec<String>> {
        if let Some(damage) = &line.damage {
            return Err(vec![damage.clone()]);
        }
        let mut reader = Reader { table, line, faults: Vec::new(), oddities: Vec::new() };
        let listed = reader.number("listed_session");
        let submitted = reader.number("submitted_session");
        let number = reader.number("number");
        let title = reader.text("title");
        if title.is_empty() {
            reader.faults.push("title is blank".to_owned());
        }
        let word = reader.text("status_ja");
        let status = SiteStatus::of(&word);
        if status.is_none() {
            reader.oddities.push(format!("status_ja: \"{word}\" is not a known status"));
        }
        let [lower, upper] = House::BOTH.map(|house| reader.proceedings(house));
        let promulgated = reader.day("promulgated");
        let page = reader.page();
        if listed > 0 && submitted > listed {
            reader.faults.push(format!("it is listed in session {listed}, before it was submitted in {submitted}"));
        }
        let disagree = [status == Some(SiteStatus::HousesDisagree), lower.vote == Some(Ended::HousesDisagree)];
        if disagree == [true, false] || disagree == [false, true] {
            reader
                .faults
                .push("status_ja and hr_plenary_result do not agree on whether the houses disagree".to_owned());
        }
        let Reader { faults, oddities, .. } = reader;
        let line = line.number;
        if faults.is_empty() {
            Ok(Self { line, listed, submitted, number, title, status, lower, upper, promulgated, page, oddities })
        } else {
            Err(faults)
        }
    }

    /// Whether this is the additional row of a report that the houses disagree.
    pub(crate) fn reports_disagreement(&self) -> bool {
        self.status == Some(SiteStatus::HousesDisagree)
    }

    /// The days of both houses, with the names of their columns.
    pub(crate) fn days(&self) -> impl Iterator<Item = (String, Day)> {
        House::BOTH.into_iter().flat_map(|house| self.of(house).days(house))
    }
}

impl Proceedings {
    /// The days, in the order in which they must be.
    pub(crate) fn days(&self, house: House) -> impl Iterator<Item = (String, Day)> + use<> {
        let columns = [
            ("prelim_received", self.received_in_advance),
            ("prelim_referred", self.referred_in_advance),
            ("received", self.received),
            ("referred", self.referred),
            ("committee_closed", self.reported),
            ("plenary", self.voted),
        ];
        let named = move |(name, day): (&str, Option<Day>)| Some((format!("{}_{name}", house.prefix()), day?));
        columns.into_iter().filter_map(named)
    }
}

/// Reads the cells of one row and collects the faults.
struct Reader<'a> {
    table: &'a Table,
    line: &'a Line,
    faults: Vec<String>,
    oddities: Vec<String>,
}

impl Reader<'_> {
    fn text(&self, column: &str) -> String {
        self.table.cell(self.line, column).to_owned()
    }

    /// A session or the number of a treaty. Anything else is a fault, and returns 0.
    fn number(&mut self, column: &str) -> u32 {
        let text = self.text(column);
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        match text.parse() {
            Ok(number) if digits && number > 0 => number,
            _ => {
                self.faults.push(format!("{column}: \"{text}\" is not a number from 1"));
                0
            }
        }
    }

    fn day(&mut self, column: &str) -> Option<Day> {
        let text = self.text(column);
        if text.is_empty() {
            return None;
        }
        text.parse().map_err(|error| self.faults.push(format!("{column}: {error}"))).ok()
    }

    fn proceedings(&mut self, house: House) -> Proceedings {
        let column = |name: &str| format!("{}_{name}", house.prefix());
        let (report, vote) = (column("committee_result"), column("plenary_result"));
        let proceedings = Proceedings {
            received_in_advance: self.day(&column("prelim_received")),
            referred_in_advance: self.day(&column("prelim_referred")),
            committee_in_advance: self.text(&column("prelim_committee")),
            received: self.day(&column("received")),
            referred: self.day(&column("referred")),
            committee: self.text(&column("committee")),
            reported: self.day(&column("committee_closed")),
            report: self.ended(&report, Ended::in_committee, COMMITTEE_WORDS),
            voted: self.day(&column("plenary")),
            vote: self.ended(&vote, Ended::in_plenary, PLENARY_WORDS),
            attitude: self.text(&column("group_attitude")),
            for_it: self.text(&column("for")),
            against: self.text(&column("against")),
        };
        self.check(house, &proceedings, &report, &vote);
        proceedings
    }

    fn ended(&mut self, column: &str, of: fn(&str) -> Option<Ended>, known: &str) -> Option<Ended> {
        let word = self.text(column);
        if word.is_empty() {
            return None;
        }
        if word == ALIAS {
            self.oddities.push(format!("{column}: {ALIAS} is read as 承認"));
        }
        let ended = of(&word);
        if ended.is_none() {
            self.faults.push(format!("{column}: \"{word}\" is not a known result; the known results are {known}"));
        }
        ended
    }

    /// Finds contradictions within one house: a result without a day or the reverse, and days in
    /// the wrong order.
    fn check(&mut self, house: House, proceedings: &Proceedings, report: &str, vote: &str) {
        let column = |name: &str| format!("{}_{name}", house.prefix());
        let Proceedings { reported, report: reported_as, voted, vote: voted_as, .. } = proceedings;
        let (word, said) = (self.text(report), self.text(vote));
        match (reported_as, reported) {
            (Some(Ended::Unfinished), Some(day)) => self.faults.push(format!(
                "{report} says that the committee did not finish ({word}), but {} says that it did on {day}",
                column("committee_closed")
            )),
            (Some(ended), None) if *ended != Ended::Unfinished => {
                self.faults.push(format!("{report} is {word}, but {} is blank", column("committee_closed")));
            }
            _ => {}
        }
        match (voted_as, voted) {
            (Some(ended), None) if *ended != Ended::CarriedOver => {
                self.faults.push(format!("{vote} is {said}, but {} is blank", column("plenary")));
            }
            (None, Some(day)) if said.is_empty() => {
                self.faults.push(format!("{} is {day}, but {vote} is blank", column("plenary")));
            }
            (Some(Ended::HousesDisagree), _) if house == House::Upper => {
                self.faults.push(format!("{vote}: {said} applies only to the lower house"));
            }
            _ => {}
        }
        let days: Vec<(String, Day)> = proceedings.days(house).collect();
        for pair in days.windows(2) {
            if let [(earlier, before), (later, after)] = pair
                && after < before
            {
                self.faults.push(format!("{later} ({after}) is before {earlier} ({before})"));
            }
        }
    }

    /// The progress page. A row without a valid one can still be used.
    fn page(&mut self) -> Option<Url> {
        let text = self.text("progress_url");
        if text.is_empty() {
            self.oddities.push("progress_url is blank; the list of the session is cited instead".to_owned());
            return None;
        }
        let url = text.parse();
        url.map_err(|error| {
            self.oddities.push(format!("progress_url: {error}; the list of the session is cited instead"))
        })
        .ok()
    }
}
