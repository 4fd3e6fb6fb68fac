//! Which day is today, and when a day ends: the time zone of the machine, or that of `--zone`.

use servanda::FixedTime;
use servanda_cli::{Environment, Exit};

use crate::test_dir::{TestDir, moment};

/// Returns an environment late on 31 December 2019 in UTC, which is 2020 further east.
fn new_years_eve(zone: &str) -> Environment {
    let env = Environment::plain(100).with_time(FixedTime(moment("2019-12-31T20:00:00.000000Z")));
    Environment { recorded_by: Some("desk".to_owned()), zone: zone.parse().unwrap(), ..env }
}

#[test]
fn today_is_the_day_in_the_time_zone_and_the_output_names_it() {
    let dir = TestDir::promises("p.jsonl");
    let queries = [
        "status @p.jsonl",
        "history @p.jsonl us/senkaku",
        "next @p.jsonl us/senkaku",
        "agenda @p.jsonl",
        "changes @p.jsonl --since 2013-02-01",
        "parts @p.jsonl us/senkaku",
        "stale @p.jsonl",
    ];
    for query in queries {
        for (zone, option, today) in [
            ("UTC", "", "oday, 2019-12-31 (UTC)"),
            ("Asia/Tokyo", "", "oday, 2020-01-01 (Asia/Tokyo)"),
            ("UTC", "--zone asia/tokyo", "oday, 2020-01-01 (Asia/Tokyo)"),
            ("Asia/Tokyo", "--zone -08:00", "oday, 2019-12-31 (-08:00)"),
            ("Asia/Tokyo", "--zone Etc/UTC", "oday, 2019-12-31 (UTC)"),
        ] {
            let outcome = dir.run_in(&new_years_eve(zone), &format!("{query} {option}"));
            assert!(outcome.out.contains(today), "{query} {option} in {zone}: {}", outcome.transcript());
        }
        // A day that the user chose is the same everywhere.
        let chosen = format!("{query} --on 2014-01-01");
        assert_eq!(
            dir.run_in(&new_years_eve("Asia/Tokyo"), &chosen).out,
            dir.run_in(&new_years_eve("UTC"), &chosen).out
        );
    }
}

#[test]
fn a_day_at_which_something_was_known_ends_in_the_time_zone() {
    let dir = TestDir::promises("p.jsonl");
    // The step was recorded at 09:00 in UTC, which is 18:00 in Tokyo and 22:00 the day before in
    // Honolulu.
    for (known, zone, done) in [
        ("2013-02-23", "UTC", true),
        ("2013-02-22", "UTC", false),
        ("2013-02-23", "Asia/Tokyo", true),
        ("2013-02-22", "Asia/Tokyo", false),
        ("2013-02-22", "Pacific/Honolulu", true),
        ("2013-02-22", "-11:00", true),
        ("2013-02-22T23:00:00-10:00", "Asia/Tokyo", true),
        ("2013-02-22T22:59:59-10:00", "Asia/Tokyo", false),
    ] {
        let status = format!("status @p.jsonl us/abe-visit --on 2013-03-01 --known-at {known} --zone {zone}");
        let outcome = dir.run(100, &status);
        assert_eq!((outcome.exit, outcome.out.contains("Done")), (Exit::Done, done), "{status}: {}", outcome.err);
        let changes = format!("changes @p.jsonl --on 2013-03-01 --since-known-at {known} --zone {zone}");
        assert_eq!(dir.run(100, &changes).out.contains("us/abe-visit"), !done, "{changes}");
    }
}

#[test]
fn a_date_is_in_the_future_or_not_by_the_time_zone() {
    let dir = TestDir::promises("p.jsonl");
    let remark = "remark @p.jsonl us/senkaku 'Restated' --on 2020-01-01 --dry-run";
    let exit = |zone: &str| dir.run_in(&new_years_eve("UTC"), &format!("{remark} --zone {zone}")).exit;
    assert_eq!([exit("UTC"), exit("Asia/Tokyo"), exit("-05:00")], [Exit::Refused, Exit::Done, Exit::Refused]);
}

#[test]
fn what_is_no_time_zone_is_refused() {
    let dir = TestDir::promises("p.jsonl");
    let outcome = dir.run(100, "status @p.jsonl --zone Mars/Olympus");
    let reason = "give a name of the IANA Time Zone Database, such as Asia/Tokyo, or an offset, such as +09:00";
    let text = format!(
        "error: --zone <ZONE>: \"Mars/Olympus\" is not a time zone: {reason}\n\nFor more information, try '--help'.\n"
    );
    assert_eq!((outcome.exit, outcome.err), (Exit::Usage, text));
}
