//! `servanda completions` and `servanda man`.

use servanda_cli::Exit;

use crate::test_dir::TestDir;

#[test]
fn completions_for_each_shell_contain_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let outcome = TestDir::new().run(80, &format!("completions {shell}"));
        assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Done, ""));
        for word in ["servanda", "reschedule", "known-at", "dry-run"] {
            assert!(outcome.out.contains(word), "{word} for {shell}");
        }
    }
}

#[test]
fn every_command_has_a_manual_page() {
    let dir = TestDir::new();
    let outcome = dir.run(80, "man");
    assert_eq!((outcome.exit, outcome.err.as_str()), (Exit::Done, ""));
    assert!(outcome.out.contains(&format!(".TH servanda 1  \"servanda {}\" Servanda\n", env!("CARGO_PKG_VERSION"))));
    let commands = outcome.out.lines().filter_map(|line| line.strip_prefix("servanda\\-")?.strip_suffix("(1)"));
    let commands: Vec<&str> = commands.collect();
    assert!(commands.len() >= 20, "{commands:?}");
    for command in commands {
        // The page escapes hyphens.
        let page = dir.run(80, &format!("man {}", command.replace("\\-", "-")));
        assert_eq!((page.exit, page.err.as_str()), (Exit::Done, ""));
        assert!(page.out.contains(&format!("servanda {command}\\fR")), "{}", page.out);
        assert!(page.out.contains(".SH NOTES\nExample"), "{}", page.out);
    }
}
