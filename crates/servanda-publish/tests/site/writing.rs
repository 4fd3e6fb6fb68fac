//! Which files are written, kept and removed.

use servanda::facts::{Batch, Remark};
use servanda::{Advance, Commitment, Entry, FixedTime, Obligation, Tracker, View, builtin};
use servanda_publish::{Site, publish};

use crate::invented::invented;
use crate::{Folder, alliance};

fn day(tracker: &Tracker) -> View {
    tracker.view().on("2014-04-01").unwrap()
}

#[test]
fn a_view_as_published_by_a_day_is_refused() {
    let view = Tracker::in_memory("desk").unwrap().view().as_published("2013-06-01").unwrap();
    let folder = Folder::new();
    let refused = publish(&view, &Site::default(), folder.path()).unwrap_err();
    assert_eq!(refused.code(), "as-published");
    insta::assert_snapshot!(refused, @"a site cannot show only what had been published by 2013-06-01; publish a view without that day, or as known at a moment");
}

#[test]
fn the_same_ledger_gives_the_same_bytes() {
    let (one, other) = (Folder::new(), Folder::new());
    for folder in [&one, &other] {
        folder.publish(&day(&alliance()), "");
    }
    assert_eq!(one.files(), other.files());
    for file in one.files() {
        assert_eq!(one.read(&file), other.read(&file), "{file}");
    }
}

#[test]
fn a_new_entry_changes_only_the_pages_that_it_concerns() {
    let tracker = invented(20);
    let site = Folder::new();
    site.publish(&day(&tracker), "");
    let before: Vec<String> = site.pages().into_iter().map(|(_, page)| page).collect();
    tracker.append(Remark::builder("promise-7", "An invented remark").on("2014-03-03")).unwrap();
    let published = site.publish(&day(&tracker), "");
    let changed = site.pages().into_iter().zip(before).filter(|((_, now), before)| now != before);
    let changed: Vec<String> =
        changed.map(|((path, _), _)| path).filter(|path| path.starts_with("commitments")).collect();
    assert_eq!(changed, ["commitments/promise-7/index.html"]);
    assert!(published.written < published.files / 2, "{published:?}");
}

/// Publishes the first entries of a ledger into one folder, then more and more of them, and each
/// time compares the outcome with that of an empty folder.
fn assert_grows<'e>(parts: impl IntoIterator<Item = &'e [Entry]>, on: &str) {
    let (tracker, site) = (Tracker::in_memory("desk").unwrap(), Folder::new());
    let config = "languages = [\"en\", \"ja\"]\nurl = \"https://promises.example.org/\"";
    for part in parts {
        tracker.merge(part.to_vec()).unwrap();
        let (view, fresh) = (tracker.view().on(on).unwrap(), Folder::new());
        site.publish(&view, config);
        fresh.publish(&view, config);
        assert_eq!(site.files(), fresh.files());
        for file in site.files() {
            let is_same = site.bytes(&file) == fresh.bytes(&file);
            assert!(is_same, "{file} is not as in an empty folder, {} entries", tracker.ledger().unwrap().len());
        }
    }
}

#[test]
fn publishing_again_gives_the_bytes_of_an_empty_folder() {
    let alliance: Vec<Entry> = alliance().ledger().unwrap().entries().cloned().collect();
    assert_grows(alliance.chunks(30), "2014-04-01");
    // One batch has all of these entries, so nothing of it counts before the last one.
    let invented: Vec<Entry> = invented(20).ledger().unwrap().entries().cloned().collect();
    assert_grows(invented.chunks(invented.len() / 2), "2014-04-01");
}

#[test]
fn an_entry_that_counts_only_when_its_batch_is_whole_changes_its_page_then() {
    let tracker = invented(2);
    let before: Vec<Entry> = tracker.ledger().unwrap().entries().cloned().collect();
    let remark = |id: &str| Remark::builder(id, "An invented remark").on("2014-03-03");
    let batch = Batch::new().and(remark("promise-0")).and(remark("promise-1"));
    let batch = tracker.record(batch).unwrap();
    assert_grows([before.as_slice(), &batch[..1], &batch[1..]], "2014-04-01");
}

#[test]
fn a_definition_that_counts_only_when_its_batch_is_whole_changes_all_pages_then() {
    let tracker = Tracker::in_memory("desk").unwrap();
    let promise = |id: &str| {
        Commitment::builder(id, "An invented promise")
            .procedure(builtin::action())
            .by("arden")
            .made("2013-01-18")
            .obligation(Obligation::Result)
            .words("will do so", ("An invented source", "https://example.org/words"))
    };
    // The first use of a built-in procedure records its definition in the same batch.
    let first = tracker.record(promise("one")).unwrap();
    let second = tracker.record(promise("two")).unwrap();
    let (registered, definitions) = first.split_last().unwrap();
    let early: Vec<Entry> = definitions.iter().chain(&second).cloned().collect();
    assert_grows([early.as_slice(), std::slice::from_ref(registered)], "2014-04-01");
}

#[test]
fn what_comes_between_the_entries_of_a_batch_does_not_hide_their_steps() {
    let tracker = invented(2);
    let before: Vec<Entry> = tracker.ledger().unwrap().entries().cloned().collect();
    let remark = |id: &str| Remark::builder(id, "An invented remark").on("2014-03-03");
    let step = Advance::builder("promise-0", "under-way").on("2014-03-02");
    let batch = Batch::new().and(step).and(remark("promise-1")).and(remark("promise-1"));
    let batch = tracker.record(batch).unwrap();
    // Another desk, which did not know the batch, recorded this between its first and its last entry.
    let elsewhere = Tracker::in_memory("elsewhere").unwrap().with_time(FixedTime(batch[1].recorded_at()));
    elsewhere.merge(before.clone()).unwrap();
    let between = elsewhere.record(remark("promise-1")).unwrap();
    assert_eq!(between[0].recorded_at(), batch[1].recorded_at());
    let known: Vec<Entry> = before.into_iter().chain(batch).collect();
    assert_grows([known.as_slice(), &between], "2014-04-01");
}

#[test]
fn a_run_that_was_interrupted_is_not_trusted() {
    let site = Folder::new();
    site.publish(&day(&alliance()), "");
    let before = site.read("about.html");
    // A run for another day was interrupted after a page of the same size.
    std::fs::write(site.path().join(".servanda-site.unfinished"), "").unwrap();
    let other = before.replace("1 April", "2 April");
    assert_ne!(other, before);
    std::fs::write(site.path().join("about.html"), other).unwrap();
    site.publish(&day(&alliance()), "");
    assert_eq!(site.read("about.html"), before);
    assert!(!site.path().join(".servanda-site.unfinished").exists());
}

#[test]
fn a_file_that_is_no_longer_part_of_the_site_is_removed_and_others_stay() {
    let site = Folder::new();
    site.publish(&day(&alliance()), r#"languages = ["en", "de"]"#);
    std::fs::write(site.path().join("CNAME"), "example.org").unwrap();
    std::fs::write(site.path().join("de/about.html"), "edited by hand").unwrap();
    let published = site.publish(&day(&alliance()), "");
    assert!(published.removed > 50, "{published:?}");
    let left: Vec<String> = site.files().into_iter().filter(|file| file.starts_with("de/")).collect();
    assert_eq!((left, site.read("CNAME")), (vec!["de/about.html".to_owned()], "example.org".to_owned()));
}

#[test]
fn a_file_of_others_is_not_replaced_even_after_other_files_were_written() {
    let site = Folder::new();
    std::fs::write(site.path().join("index.html"), "mine").unwrap();
    for _ in 0..2 {
        let error = publish(&day(&alliance()), &Site::default(), site.path()).unwrap_err();
        assert_eq!((error.code(), site.read("index.html")), ("foreign-file", "mine".to_owned()));
    }
    std::fs::remove_file(site.path().join("index.html")).unwrap();
    let published = site.publish(&day(&alliance()), "");
    assert!(published.written > 0 && published.written < published.files, "{published:?}");
}

#[test]
fn a_damaged_manifest_is_refused() {
    let site = Folder::new();
    std::fs::write(site.path().join("servanda-site.json"), "{").unwrap();
    let error = publish(&day(&alliance()), &Site::default(), site.path()).unwrap_err();
    assert_eq!(error.code(), "damaged-manifest");
}

#[test]
fn a_manifest_that_points_outside_removes_nothing_there() {
    let folder = Folder::new();
    let outside = folder.path().join("precious.txt");
    std::fs::write(&outside, "mine").unwrap();
    let site = folder.path().join("site");
    std::fs::create_dir(&site).unwrap();
    let digest = servanda::value::Digest::of(b"mine");
    let manifest = format!(r#"{{"files":{{"../precious.txt":{{"digest":"{digest}","size":4}}}},"version":1}}"#);
    std::fs::write(site.join("servanda-site.json"), manifest).unwrap();
    publish(&day(&alliance()), &Site::default(), &site).unwrap();
    assert_eq!(folder.read("precious.txt"), "mine");
}
