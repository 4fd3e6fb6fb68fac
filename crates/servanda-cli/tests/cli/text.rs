//! Text that people write: addresses, titles, and what a terminal shows of them.

use servanda::value::Title;
use servanda::{Remark, Tracker};
use servanda_cli::Exit;

use crate::test_dir::{TestDir, day, two_ledgers};

/// Returns the last line of a ledger.
fn last_line(dir: &TestDir, name: &str) -> String {
    std::fs::read_to_string(dir.path(name)).unwrap().lines().last().unwrap().to_owned()
}

#[test]
fn a_bar_in_an_address_belongs_to_the_address() {
    let dir = two_ledgers();
    let remark = "remark @phone.jsonl us/abe-visit 'It snowed' --on 2013-02-22 --source";
    for (url, title) in [
        ("https://example.org/doc?id=12|34&lang=en", "example.org"),
        ("https://example.org/doc?id=12|34|56", "A document | in two parts"),
    ] {
        let named = if title.contains(' ') { format!("--source-title '{title}'") } else { String::new() };
        assert_eq!(dir.run_as_desk(&format!("{remark} {url} {named}")).exit, Exit::Done);
        let source = format!(r#""sources":[{{"title":"{title}","url":"{url}"}}]"#);
        assert!(last_line(&dir, "phone.jsonl").contains(&source));
        assert!(dir.run(80, "history @phone.jsonl us/abe-visit").out.contains(url));
    }
    let refused = dir.run_as_desk(&format!("{remark} 'https://example.org/doc|The document'"));
    assert_eq!(refused.exit, Exit::Usage);
    assert!(refused.err.contains("give the title of a source with --source-title"), "{}", refused.err);
}

#[test]
fn a_title_stands_after_its_source() {
    let dir = two_ledgers();
    let remark = "remark @phone.jsonl us/abe-visit 'It snowed' --on 2013-02-22";
    let (a, b) = ("https://a.example/", "https://b.example/");
    let recorded = dir.run_as_desk(&format!("{remark} --source {a} --source {b} --source-title 'The second'"));
    assert_eq!(recorded.exit, Exit::Done, "{}", recorded.err);
    let sources = format!(r#""sources":[{{"title":"a.example","url":"{a}"}},{{"title":"The second","url":"{b}"}}]"#);
    assert!(last_line(&dir, "phone.jsonl").contains(&sources));
    let outcome = dir.run_as_desk(&format!("{remark} --source-title 'The first' --source {a}"));
    let text =
        "error: --source-title \"The first\": give it after the --source that it belongs to, and once for each\n";
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Usage, text));
}

#[test]
fn an_address_with_a_password_is_refused() {
    let dir = two_ledgers();
    let before = last_line(&dir, "phone.jsonl");
    for url in ["https://me:secret@example.org/", "https://a@b@c", "https://me%40example.org/"] {
        let remark = format!("remark @phone.jsonl us/abe-visit 'It snowed' --on 2013-02-22 --source {url}");
        let outcome = dir.run_as_desk(&remark);
        assert_eq!(outcome.exit, Exit::Usage, "{url}");
        assert!(outcome.err.contains("it has a user name or a password"), "{}", outcome.err);
    }
    let file = r#"{"id":"us/another","title":"Another","procedure":"action","by":["us"],"made":"2013-01-18","obligation":"result",
        "words":{"text":"will","source":{"title":"Remarks","url":"https://me:secret@example.org/"}}}"#;
    dir.write("another.json", file);
    let outcome = dir.run_as_desk("register @phone.jsonl --file @another.json");
    assert_eq!(outcome.exit, Exit::Refused);
    assert!(outcome.err.contains("words.source.url: it has a user name or a password"), "{}", outcome.err);
    assert_eq!(last_line(&dir, "phone.jsonl"), before);
}

#[test]
fn a_title_that_shows_nothing_is_refused() {
    let dir = two_ledgers();
    for title in ["\u{200b}", "\u{3000}", "\u{ad}\u{2060}", "\u{2800}"] {
        let outcome = dir.run_as_desk(&format!("amend @phone.jsonl us/abe-visit --title '{title}'"));
        assert_eq!(outcome.exit, Exit::Usage, "{title:?}");
        assert!(outcome.err.starts_with("error: --title <TEXT>: "), "{}", outcome.err);
    }
}

#[test]
fn spaces_around_a_title_are_removed() {
    let dir = two_ledgers();
    assert_eq!(dir.run_as_desk("amend @phone.jsonl us/abe-visit --title '  A visit　'").exit, Exit::Done);
    assert!(last_line(&dir, "phone.jsonl").contains(r#"{"title":"A visit"}"#));
}

#[test]
fn what_changes_the_direction_or_is_invisible_is_shown_escaped() {
    let dir = two_ledgers();
    let title = "abc \u{202e}fed and a\u{200b}b, می\u{200c}شود";
    let (raw, shown) = (["\u{202e}", "\u{200b}"], r"abc \u{202e}fed and a\u{200b}b, می");
    assert_eq!(dir.run_as_desk(&format!("amend @phone.jsonl us/abe-visit --title '{title}'")).exit, Exit::Done);
    let remark = Remark::builder("us/abe-visit", title).on(day("2013-02-22")).noting(title);
    Tracker::open(dir.path("phone.jsonl"), "desk").unwrap().append(remark).unwrap();
    for command in ["status @phone.jsonl", "history @phone.jsonl us/abe-visit", "agenda @phone.jsonl --on 2013-02-01"] {
        for width in [40, 80, 200] {
            let outcome = dir.run(width, command);
            assert!(raw.iter().all(|raw| !outcome.out.contains(raw)), "{command}: {}", outcome.out);
            let text = outcome.out.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(text.contains(shown) && text.contains("می\u{200c}شود"), "{command}: {text}");
        }
    }
    // A program gets the text as it is.
    assert!(dir.run(80, "status @phone.jsonl --format json").out.contains(title));
}

#[test]
fn messages_quote_text_as_it_was_written() {
    let dir = two_ledgers();
    for written in ["สำเร็จ", "प्रगति", "か\u{3099}"] {
        for command in
            ["advance @phone.jsonl us/abe-visit STATUS --on 2013-02-22", "next @phone.jsonl us/abe-visit --to STATUS"]
        {
            for format in ["", " --format json"] {
                let outcome = dir.run_as_desk(&format!("{}{format}", command.replace("STATUS", written)));
                assert_eq!(outcome.exit, Exit::Usage);
                assert!(outcome.err.contains(written), "{}", outcome.err);
            }
        }
        assert!(dir.run_as_desk(&format!("man {written}")).err.contains(&format!("command \"{written}\"")));
        let refused = dir.run_as_desk(&format!("define @phone.jsonl --party jp --name {written}"));
        assert!(refused.err.contains(&format!("\"{written}\" is not of the form en=Japan")), "{}", refused.err);
        dir.write("wrong.toml", format!("id = \"jp\"\nversion = \"{written}\"\n"));
        let outcome = dir.run(80, "procedures --check @wrong.toml");
        assert!(!outcome.out.contains(r"\u{") && outcome.out.contains(written), "{}", outcome.out);
    }
    let outcome = dir.run_as_desk("advance @phone.jsonl us/abe-visit 'abc\u{202e}\u{1b}[2J' --on 2013-02-22");
    assert!(outcome.err.contains(r#""abc\u{202e}\u{1b}[2J" is not a slug"#), "{}", outcome.err);
}

/// The rules for new text must not depend on where it comes from.
#[test]
fn a_title_is_the_same_from_an_option_and_from_a_file() {
    let dir = TestDir::promises("p.jsonl");
    let registered = |id: &str, title: &str| {
        let file = format!(
            "id = \"{id}\"\ntitle = \"{title}\"\nprocedure = \"action\"\nby = [\"us\"]\nmade = 2013-01-18\nobligation = \
            \"result\"\n[words]\ntext = \"will\"\nsource = {{ title = \"Remarks\", url = \"https://example.org/\" }}\n"
        );
        dir.write("file.toml", file);
        dir.run_as_desk("register @p.jsonl --file @file.toml")
    };
    assert_eq!(registered("us/first", "  A visit ").exit, Exit::Done);
    assert!(last_line(&dir, "p.jsonl").contains(r#""title":"A visit","#));
    assert_eq!("  A visit ".parse::<Title>().unwrap().as_str(), "A visit");
    let refused = registered("us/second", "\u{200b}");
    assert_eq!(refused.exit, Exit::Refused);
    assert!(refused.err.contains("title: it shows nothing"), "{}", refused.err);
}
