//! `servanda publish`: a static site.

use insta::assert_snapshot;
use servanda_cli::Exit;

use crate::running::Running;
use crate::test_dir::{Outcome, TestDir, desk_environment};

/// Runs a command on lines that are long enough for the path of the directory.
fn run(dir: &TestDir, arguments: &str) -> Outcome {
    dir.run_in(&desk_environment(240), arguments)
}

/// A ledger with one invented pledge.
fn desk() -> TestDir {
    let dir = TestDir::new();
    run(&dir, "init @l.jsonl");
    dir.write(
        "facts.toml",
        "[[register]]\ncommitment = \"roads\"\nprocedure = \"pledge\"\ntitle = \"Build roads\"\nby = [\"gov\"]\n\
         made = 2013-01-18\nobligation = \"result\"\n\n[register.words]\ntext = \"will build roads\"\n\
         source = { title = \"Speech\", url = \"https://example.org/speech\" }\n",
    );
    dir
}

#[test]
fn a_site_is_written_once_and_then_left_alone() {
    let dir = desk();
    let first = run(&dir, "publish @l.jsonl -o @site --on 2013-06-01");
    assert_eq!((first.exit, first.err.as_str()), (Exit::Done, ""));
    let index = dir.path("site").join("index.html");
    assert!(std::fs::read_to_string(&index).unwrap().starts_with("<!doctype html>"));
    assert!(first.out.ends_with("Open DIR/site/index.html\n"), "{}", first.out);

    let again = run(&dir, "publish @l.jsonl -o @site --on 2013-06-01");
    assert!(again.out.contains(" files, 0 of them new or changed, 0 removed\n"), "{}", again.out);
}

#[test]
fn a_file_of_others_is_not_replaced() {
    let dir = desk();
    std::fs::create_dir(dir.path("site")).unwrap();
    std::fs::write(dir.path("site").join("index.html"), "mine").unwrap();
    let refused = run(&dir, "publish @l.jsonl -o @site");
    let text = "error: DIR/site/index.html was not written by servanda publish, so it is not replaced; move it away, \
                or publish to another folder\n";
    assert_eq!((refused.exit, refused.err.as_str()), (Exit::Refused, text));
    assert_eq!(std::fs::read_to_string(dir.path("site").join("index.html")).unwrap(), "mine");
}

#[test]
fn a_mistake_in_the_configuration_is_named_with_its_line() {
    let dir = desk();
    dir.write("tracker.toml", "name = \"Promises\"\nlicense = \"CC0\"\n");
    let refused = run(&dir, "publish @l.jsonl -o @site --config @tracker.toml");
    let text = "error: the configuration is refused:\n  tracker.toml, line 2: there is no key \"license\"; do you \
                mean licence?\n";
    assert_eq!((refused.exit, refused.err.as_str()), (Exit::Refused, text));
}

#[test]
fn a_configuration_that_is_missing_is_refused_as_other_files_are() {
    let dir = desk();
    let refused = run(&dir, "publish @l.jsonl -o @site --config @tracker.toml");
    assert_eq!(refused.exit, Exit::Refused);
    let (start, end) = ("error: there is no file ", "tracker.toml\n");
    assert!(refused.err.starts_with(start) && refused.err.ends_with(end), "{}", refused.err);
}

/// Replaces a file in one step, so that the command does not see half of it.
fn replace(dir: &TestDir, name: &str, text: &str) {
    dir.write("new", text);
    std::fs::rename(dir.path("new"), dir.path(name)).unwrap();
}

#[test]
fn a_site_is_published_again_after_each_change_and_each_mistake() {
    let dir = TestDir::promises("p.jsonl");
    dir.write("tracker.toml", "name = \"Promises\"\n");
    let publish =
        Running::start(&dir, "publish p.jsonl -o site --config tracker.toml --on 2014-06-01 --watch --format json");
    let first = publish.line();
    assert!(first.starts_with("{\"files\":") && !first.contains("\"written\":0}"), "{first}");

    replace(&dir, "tracker.toml", "name = \n");
    let error = publish.error_line();
    assert!(error.starts_with("{\"code\":\"config-refused\","), "{error}");
    replace(&dir, "tracker.toml", "name = \"Pledges\"\n");
    let second = publish.line();
    assert!(!second.contains("\"written\":0}"), "{second}");

    let remark = "remark @p.jsonl us/senkaku 'A second remark' --on 2014-05-01";
    assert_eq!(dir.run_in(&desk_environment(80), remark).exit, Exit::Done);
    let third = publish.line();
    assert!(!third.contains("\"written\":0}"), "{third}");
    let page = std::fs::read_to_string(dir.path("site/commitments/us/senkaku/index.html")).unwrap();
    assert!(page.contains("A second remark") && page.contains("Pledges") && !page.contains("servanda-reload"));

    #[cfg(unix)]
    assert_eq!(publish.interrupt(), (Some(130), String::new()));
}

#[test]
fn a_first_mistake_ends_watching() {
    let dir = TestDir::promises("p.jsonl");
    dir.write("wrong.toml", "nam = 1\n");
    for (name, arguments) in [
        ("watch_no_output", "publish @p.jsonl --watch"),
        ("watch_missing", "publish @missing.jsonl -o @site --watch"),
        ("watch_wrong_config", "publish @p.jsonl -o @site --config @wrong.toml --watch"),
    ] {
        let outcome = dir.run(80, arguments);
        assert_eq!(outcome.out, "", "{arguments}");
        assert_snapshot!(name, outcome.transcript());
    }
    assert_snapshot!("help", dir.run(80, "publish --help").out);
}
