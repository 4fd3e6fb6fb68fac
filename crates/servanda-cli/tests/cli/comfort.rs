//! `servanda completions` and `servanda man`.

use servanda_cli::Exit;

use crate::desk::Desk;

#[test]
fn every_shell_gets_the_commands() {
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let said = Desk::new().ask(80, &format!("completions {shell}"));
        assert_eq!((said.exit, said.err.as_str()), (Exit::Done, ""));
        for word in ["servanda", "reschedule", "known-at", "dry-run"] {
            assert!(said.out.contains(word), "{word} for {shell}");
        }
    }
}

#[test]
fn there_is_a_page_for_everything() {
    let desk = Desk::new();
    let said = desk.ask(80, "man");
    assert_eq!((said.exit, said.err.as_str()), (Exit::Done, ""));
    assert!(said.out.contains(&format!(".TH servanda 1  \"servanda {}\" Servanda\n", env!("CARGO_PKG_VERSION"))));
    let commands = said.out.lines().filter_map(|line| line.strip_prefix("servanda\\-")?.strip_suffix("(1)"));
    let commands: Vec<&str> = commands.collect();
    assert!(commands.len() >= 20, "{commands:?}");
    for command in commands {
        // In a page, a hyphen is written so that it stays one.
        let page = desk.ask(80, &format!("man {}", command.replace("\\-", "-")));
        assert_eq!((page.exit, page.err.as_str()), (Exit::Done, ""));
        assert!(page.out.contains(&format!("servanda {command}\\fR")), "{}", page.out);
        assert!(page.out.contains(".SH NOTES\nExample"), "{}", page.out);
    }
}
