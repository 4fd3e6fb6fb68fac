use super::{ARROWS, File, violations};

const LIB: &str = "
//! Modules `value`, `entry` and `view`.
mod value;
pub mod entry;
mod view;
mod error;
macro_rules! text { () => {} }
pub use crate::value::{Date, day::{self, Day as CivilDay}};
pub use error::Error;
";

const TEST_ARROWS: [(&str, &[&str]); 4] =
    [("value", &[]), ("error", &["value"]), ("entry", &["value", "error"]), ("view", &["value", "error", "entry"])];

/// The lines about one file of a crate that has `LIB` as its root.
fn check(name: &str, text: &str) -> Vec<String> {
    let file = |name: &str, text: &str| File { name: name.to_owned(), text: text.to_owned() };
    violations(&[file("lib.rs", LIB), file(name, text)], &TEST_ARROWS).unwrap().1
}

#[test]
fn error_names_file_line_import_and_allowed_modules() {
    let text = "use std::fmt;\n\nuse crate::view::View;\n";
    assert_eq!(
        check("entry.rs", text),
        ["entry.rs:3: `entry` imports `crate::view::View`; it may import only value, error"]
    );
    assert_eq!(
        check("value/day.rs", text),
        ["value/day.rs:3: `value` imports `crate::view::View`; it may import no other module"]
    );
    assert_eq!(check("view/mod.rs", text), Vec::<String>::new());
}

#[test]
fn each_leaf_of_a_use_tree_is_checked() {
    let text = "pub(crate) use crate::{\n    entry::{Entry, fact::Fact},\n    value::Date,\n    view::*,\n};";
    let lines = check("entry/fact.rs", text);
    assert_eq!(lines, ["entry/fact.rs:4: `entry` imports `crate::view::*`; it may import only value, error"]);
    assert_eq!(check("value.rs", text).len(), 3);
}

#[test]
fn paths_outside_use_items_are_checked() {
    for text in [
        "fn f() -> crate::view::View { todo!() }",
        "fn f() { let x = vec![crate::view::f::<u8>()]; }",
        "impl From<crate::view::View> for Entry {}",
        "struct S<T = crate::value::Map<crate::view::View>>(T);",
        "macro_rules! m { () => { $crate::view::f() } }",
        "fn f() { use crate::view; view::f(); }",
    ] {
        assert_eq!(check("entry.rs", text).len(), 1, "{text}");
    }
}

#[test]
fn super_is_resolved() {
    let one = |name: &str, text: &str| assert_eq!(check(name, text).len(), 1, "{name}: {text}");
    let none = |name: &str, text: &str| assert_eq!(check(name, text), Vec::<String>::new(), "{name}: {text}");
    one("entry.rs", "use super::view::View;");
    one("entry/fact.rs", "use super::super::view::View;");
    one("entry/fact.rs", "use super::{super::view::View, Entry};");
    one("entry/fact.rs", "use self::super::super::view;");
    one("entry.rs", "mod inner { use super::super::view::View; }");
    none("entry/fact.rs", "use super::view::Local;");
    none("entry/fact.rs", "use super::super::value::Date;");
    none("entry.rs", "mod inner { use super::view::Local; }");
    none("entry.rs", "fn f(self, other: Self) { self.x; Self::view(); }");
}

#[test]
fn names_of_the_crate_root_count_for_their_module() {
    assert_eq!(
        check("value.rs", "use crate::Error;"),
        ["value.rs:1: `value` imports `crate::Error`; it may import no other module"]
    );
    assert_eq!(check("entry.rs", "use crate::{CivilDay, Date, Error, day};"), Vec::<String>::new());
    assert_eq!(check("error.rs", "fn f() { crate::text!(); }"), Vec::<String>::new());
    assert_eq!(
        check("entry.rs", "use crate::Day;"),
        [
            "entry.rs:1: `entry` imports `crate::Day`, which no module of ARROWS defines; it may import only value, error"
        ]
    );
}

#[test]
fn tests_comments_and_strings_are_ignored() {
    for text in [
        "#[cfg(test)]\nmod tests { use crate::view::View; }",
        "#[cfg(test)]\n#[allow(dead_code)]\npub(crate) mod tests { use crate::view::View; }",
        "#[cfg(test)]\nuse crate::{view::View, value::Date};\nfn f() {}",
        "#[cfg(test)]\nfn f() -> crate::view::View { todo!() }",
        "/// See [`crate::view::View`].\nstruct S; // crate::view::View",
        "/* use crate::view; /* nested */ use crate::view; */",
        "const S: &str = r#\"use crate::view;\"#; const C: char = '\"';",
        "pub(in crate::entry) fn f<'a>(x: &'a str) {}",
    ] {
        assert_eq!(check("entry.rs", text), Vec::<String>::new(), "{text}");
    }
    let after = "#[cfg(test)]\nuse crate::{view::View};\nuse crate::view::Other;";
    assert_eq!(check("entry.rs", after).len(), 1);
}

#[test]
fn files_of_test_modules_are_ignored() {
    let file = |name: &str, text: &str| File { name: name.to_owned(), text: text.to_owned() };
    let files = [
        file("entry/laws.rs", "use crate::view::View;"),
        file("entry/mod.rs", "#[cfg(test)]\nmod laws;\nmod fact;"),
        file("entry/fact.rs", "use crate::view::View;"),
        file("lib.rs", LIB),
    ];
    let (_, lines) = violations(&files, &TEST_ARROWS).unwrap();
    assert_eq!(lines, ["entry/fact.rs:1: `entry` imports `crate::view::View`; it may import only value, error"]);
}

#[test]
fn table_and_modules_must_agree() {
    let files = [File { name: "lib.rs".to_owned(), text: "mod value;\nmod extra;".to_owned() }];
    let (_, lines) = violations(&files, &[("value", &[]), ("view", &["value"])]).unwrap();
    assert_eq!(
        lines,
        ["lib.rs: the module `extra` is missing in ARROWS", "lib.rs: there is no module `view`, but ARROWS lists it",]
    );
}

#[test]
fn modules_import_only_modules_above_them() {
    for (position, (module, may)) in ARROWS.iter().enumerate() {
        for imported in *may {
            assert!(ARROWS[..position].iter().any(|(name, _)| name == imported), "{module} imports {imported}");
        }
    }
}

#[test]
fn unreadable_file_is_an_error() {
    let files = [File { name: "value.rs".to_owned(), text: "fn f() {\n )".to_owned() }];
    let message = violations(&files, &TEST_ARROWS).unwrap_err();
    assert!(message.starts_with("crates/servanda-core/src/value.rs:2: "), "{message}");
}
