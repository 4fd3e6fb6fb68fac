//! Sites for tests: that of the alliance, and that of an invented tracker.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use servanda::builtin::{self, action};
use servanda::facts::{Amend, Define, Reschedule, Retract, Topic};
use servanda::value::EntryId;
use servanda::{Advance, Batch, Commitment, FixedTime, Obligation, Party, Remark, Tracker, View};
use servanda_publish::{Site, publish};

/// The address of the sites that have one.
pub(crate) const URL: &str = "https://promises.example.org/city/";

/// The files of a site by path, as text.
pub(crate) struct Published(pub(crate) BTreeMap<String, String>);

impl Published {
    pub(crate) fn file(&self, path: &str) -> &str {
        self.0.get(path).unwrap_or_else(|| panic!("there is no {path}"))
    }

    /// The files whose paths have an ending.
    pub(crate) fn files(&self, ending: &str) -> impl Iterator<Item = (&str, &str)> {
        let files = self.0.iter().map(|(path, text)| (path.as_str(), text.as_str()));
        files.filter(move |(path, _)| path.ends_with(ending))
    }
}

/// Publishes what a tracker says on a day.
pub(crate) fn site_of(tracker: &Tracker, on: &str, configuration: &str) -> Published {
    site_of_view(&tracker.view().on(on).unwrap(), configuration)
}

/// Publishes a view.
pub(crate) fn site_of_view(view: &View, configuration: &str) -> Published {
    let site = Site::from_toml("tracker.toml", configuration).unwrap();
    let folder = tempfile::tempdir().unwrap();
    publish(view, &site, folder.path()).unwrap();
    let mut files = BTreeMap::new();
    read(folder.path(), Path::new(""), &mut files);
    Published(files)
}

fn read(root: &Path, inside: &Path, files: &mut BTreeMap<String, String>) {
    for entry in std::fs::read_dir(root.join(inside)).unwrap() {
        let path: PathBuf = inside.join(entry.unwrap().file_name());
        if root.join(&path).is_dir() {
            read(root, &path, files);
        } else {
            let name = path.to_str().unwrap().replace('\\', "/");
            // Pictures have tests of their own.
            if !name.ends_with(".png") {
                files.insert(name, std::fs::read_to_string(root.join(&path)).unwrap());
            }
        }
    }
}

/// The example ledger of this repository.
pub(crate) fn alliance() -> Tracker {
    Tracker::open_to_read(Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/alliance.jsonl")).unwrap()
}

/// Moments between which the ledger of the alliance grew.
pub(crate) const MOMENTS: [&str; 5] = ["2013-02-01", "2013-04-01", "2013-05-24", "2014-01-01", "2020-06-01"];

/// The site of the alliance on one day, as known at each of the moments.
pub(crate) fn alliance_as_it_grew() -> impl Iterator<Item = Published> {
    let tracker = alliance();
    let view = tracker.view().on("2013-05-01").unwrap();
    MOMENTS.into_iter().map(move |moment| site_of_view(&view.clone().known_at(moment).unwrap(), ""))
}

/// The configuration of the invented tracker, with an address and two languages.
pub(crate) fn configuration() -> String {
    format!(
        "name = \"Promises of Arden\"\nlanguages = [\"en\", \"de\"]\nurl = \"{URL}\"\npublisher = \"The Arden Paper\"\n\
         licence = \"CC BY 4.0\"\nlicence_url = \"https://creativecommons.org/licenses/by/4.0/\"\n"
    )
}

/// Changes of the invented tracker. Each is recorded a day after the one before it.
pub(crate) const CHANGES: usize = 7;

/// The invented tracker after some of its changes.
pub(crate) fn arden(changes: usize) -> Tracker {
    let mut tracker = Tracker::in_memory("desk").unwrap();
    let mut ids: Vec<EntryId> = Vec::new();
    for change in 0..changes {
        let moment = format!("2020-02-{:02}T09:30:00.000000Z", change + 1);
        tracker = tracker.with_time(FixedTime(moment.parse().unwrap()));
        ids.extend(tracker.append(batch(change, &ids)).unwrap());
    }
    tracker
}

fn batch(change: usize, ids: &[EntryId]) -> Batch {
    let source = ("Speech", "https://example.org/speech");
    match change {
        0 => {
            let arden = Party::new("arden", "en", "City of Arden").unwrap();
            let topic = Topic::new("transport", "en", "Transport").unwrap();
            let buses = Commitment::builder("arden/buses", "Night buses, every hour; all week")
                .procedure(builtin::action())
                .by("arden")
                .to("riders")
                .made("2020-01-10")
                .obligation(Obligation::Result)
                .words("buses will run at night", source)
                .topic("transport")
                .deadline("2020-06-30")
                .build()
                .unwrap();
            Batch::new().and(Define::Party(arden)).and(Define::Topic(topic)).and(buses)
        }
        1 => Remark::builder("arden/buses", "The council votes for five lines").on("2020-01-20").citing(source).into(),
        2 => Advance::builder("arden/buses", action::UNDER_WAY).on("2020-01-25").citing(source).into(),
        3 => Retract::builder("arden/buses", ids[ids.len() - 2], "The council voted for six lines").into(),
        4 => Reschedule::builder("arden/buses", "2020-09").on("2020-02-03").citing(source).into(),
        5 => Amend::builder("arden/buses").title_in("de", "Nachtbusse").into(),
        _ => Advance::builder("arden/buses", action::DONE).on("2020-02-05").citing(source).into(),
    }
}
