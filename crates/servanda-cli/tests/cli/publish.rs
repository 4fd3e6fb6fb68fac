//! `servanda publish`: a static site.

use servanda_cli::Exit;

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
