//! A newsroom's ledger, and the tables that it imports.

use servanda::{FixedTime, Standing, Tracker};
use servanda_import::read::{ReadOptions, read_bytes};
use servanda_import::{Input, Mapping, Plan, PlanOptions, plan};

/// The mapping of most tests.
pub(crate) const MAPPING: &str = r#"
[defaults]
procedure = "pledge"
by = "gov"
made = 2013-01-18

[statuses]
"In progress" = "in-the-works"
"Not rated" = ""
"#;

/// Two pledges with three steps, one of them in the row of its pledge. Invented.
pub(crate) const PLEDGES: &str = "\
id,title,status,on,sources
roads,Build roads,In progress,2013-03-01,https://example.org/roads
roads,,kept,2014-05-01,https://example.org/opened
schools,Mend schools,stalled,2013-06,
";

/// A ledger into which tables are imported.
pub(crate) struct Desk {
    pub(crate) tracker: Tracker,
    pub(crate) options: PlanOptions,
    pub(crate) mapping: String,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self::recording_as(&Tracker::in_memory("sheet").unwrap())
    }

    pub(crate) fn recording_as(tracker: &Tracker) -> Self {
        let time = FixedTime("2020-01-01T09:00:00.000000Z".parse().unwrap());
        let tracker = tracker.clone().with_time(time);
        Self { tracker, options: PlanOptions::default(), mapping: MAPPING.to_owned() }
    }

    pub(crate) fn with_mapping(mapping: &str) -> Self {
        Self { mapping: mapping.to_owned(), ..Self::new() }
    }

    pub(crate) fn plan(&self, csv: &str) -> Plan {
        self.plan_of(&table(csv))
    }

    pub(crate) fn plan_of(&self, input: &Input) -> Plan {
        let mapping = Mapping::from_toml("mapping.toml", &self.mapping).unwrap();
        plan(&self.tracker, input, &mapping, &self.options).unwrap()
    }

    /// Imports a table, and returns what was done.
    pub(crate) fn import(&self, csv: &str) -> String {
        self.import_input(&table(csv))
    }

    pub(crate) fn import_input(&self, input: &Input) -> String {
        let plan = self.plan_of(input);
        let shown = shown(&plan);
        plan.record().unwrap();
        shown
    }

    /// Imports a table that must be recorded already.
    pub(crate) fn import_again(&self, csv: &str) {
        let plan = self.plan(csv);
        assert!(plan.entries().is_empty(), "recorded again:\n{}", shown(&plan));
        assert_eq!(plan.record().unwrap(), []);
    }

    pub(crate) fn standing(&self, commitment: &str) -> Standing {
        self.tracker.view().standing(commitment).unwrap()
    }

    /// The steps of a commitment, such as `2013-03-01 in-the-works`.
    pub(crate) fn steps(&self, commitment: &str) -> Vec<String> {
        let steps = self.standing(commitment).history;
        steps.iter().map(|step| format!("{} {}", step.on, step.status)).collect()
    }
}

pub(crate) fn table(csv: &str) -> Input {
    read_bytes("pledges.csv", csv.as_bytes().to_vec(), &ReadOptions::default()).unwrap()
}

pub(crate) fn yaml(text: &str) -> Input {
    read_bytes("pledges.yaml", text.as_bytes().to_vec(), &ReadOptions::default()).unwrap()
}

/// One line for each change.
pub(crate) fn shown(plan: &Plan) -> String {
    let lines = plan.changes().iter().map(|change| {
        let commitment = change.commitment.as_ref().map_or("-", |commitment| commitment.as_str());
        format!("{} {commitment}: {change} [{}]", change.action, change.position)
    });
    lines.collect::<Vec<_>>().join("\n")
}
