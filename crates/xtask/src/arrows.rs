//! Checks that the modules of servanda-core import each other in one direction only.
//!
//! The check reads tokens, not types. It finds every path in non-test code that starts with
//! `crate::`, or with enough `super::` to reach another module, in `use` items and elsewhere. A
//! name that the crate root re-exports counts as an import of the module that defines it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

use crate::tools::root;

/// The folder with the checked code.
const SOURCE: &str = "crates/servanda-core/src";

/// The modules of servanda-core, and the modules that each may import. A module may only import
/// modules above it, so there are no cycles.
const ARROWS: [(&str, &[&str]); 13] = [
    ("value", &[]),
    ("procedure", &["value"]),
    ("treaty", &["value", "procedure"]),
    ("error", &["value", "procedure"]),
    ("entry", &["value", "procedure", "treaty", "error"]),
    ("facts", &["entry"]),
    ("format", &["value", "entry"]),
    ("files", &["value", "procedure", "treaty", "error", "entry"]),
    ("builtin", &["value", "procedure", "treaty", "error", "entry", "files"]),
    ("replay", &["value", "procedure", "treaty", "error", "entry"]),
    ("ledger", &["value", "procedure", "treaty", "error", "entry", "builtin", "replay"]),
    ("view", &["value", "procedure", "treaty", "error", "entry", "replay", "ledger"]),
    ("from_fields", &["value", "procedure", "treaty", "entry", "replay", "view"]),
];

/// Fails if an import in servanda-core goes against the arrows, and names each such import.
pub(crate) fn check() -> Result<(), String> {
    let root = root();
    let mut files = Vec::new();
    for path in rust_files(&root.join(SOURCE))? {
        let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        let name = path.strip_prefix(&root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
        let inside = name.strip_prefix(SOURCE).unwrap_or(&name).trim_start_matches('/').to_owned();
        files.push(File { name: inside, text });
    }
    let (imports, violations) = violations(&files, &ARROWS)?;
    if violations.is_empty() {
        println!("{imports} imports between {} modules, all in the allowed direction", ARROWS.len());
        Ok(())
    } else {
        let lines = violations.iter().map(|line| format!("{SOURCE}/{line}")).collect::<Vec<_>>().join("\n");
        Err(format!(
            "imports against the allowed direction\n{lines}\nmove the code, or change ARROWS in crates/xtask/src/arrows.rs"
        ))
    }
}

/// All files below a folder that end in `.rs`, sorted by path.
fn rust_files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    let mut entries = fs::read_dir(folder).map_err(wrong)?.collect::<Result<Vec<_>, _>>().map_err(wrong)?;
    entries.sort_by_key(fs::DirEntry::path);
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.path();
        if path.is_dir() {
            files.extend(rust_files(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(files)
}

/// A source file; `name` is its path inside the source folder.
struct File {
    name: String,
    text: String,
}

/// A path that leads to something at the crate root, such as `crate::ledger::Ledger`.
#[derive(Debug, PartialEq)]
struct Import {
    /// The module with the path, such as `["view", "agenda"]`.
    from: Vec<String>,
    line: usize,
    /// The names from the crate root on, as far as they are known: `["ledger", "Ledger"]`.
    path: Vec<String>,
}

/// The number of imports between modules, and a line for each that is not allowed.
fn violations(files: &[File], arrows: &[(&str, &[&str])]) -> Result<(usize, Vec<String>), String> {
    let mut imports = Vec::new();
    let mut test_modules = BTreeSet::new();
    let mut names = RootNames::default();
    for file in files {
        let tokens = file.text.parse::<TokenStream>().map_err(|error| {
            let start = error.span().start();
            format!("{SOURCE}/{}:{}: {error}", file.name, start.line)
        })?;
        if file.name == "lib.rs" {
            names = RootNames::read(tokens);
            continue;
        }
        let mut scan = Scan { module: module_of(&file.name), imports: Vec::new(), test_modules: Vec::new() };
        scan.tokens(tokens);
        test_modules.extend(scan.test_modules);
        imports.extend(scan.imports.into_iter().map(|import| (file, import)));
    }

    let mut lines = Vec::new();
    for module in names.modules.iter().filter(|module| allowed(arrows, module).is_none()) {
        lines.push(format!("lib.rs: the module `{module}` is missing in ARROWS"));
    }
    for (module, _) in arrows.iter().filter(|(module, _)| !names.modules.contains(*module)) {
        lines.push(format!("lib.rs: there is no module `{module}`, but ARROWS lists it"));
    }
    let mut count = 0;
    for (file, import) in &imports {
        let from = import.from.first().map(String::as_str).unwrap_or_default();
        let is_test = (1..=import.from.len()).any(|end| test_modules.contains(&import.from[..end]));
        let Some(may) = allowed(arrows, from).filter(|_| !is_test) else { continue };
        let why = match names.module(&import.path) {
            Target::Module(module) if module == from => continue,
            Target::Anything => continue,
            Target::Module(module) => {
                count += 1;
                if may.contains(&module.as_str()) {
                    continue;
                }
                String::new()
            }
            Target::Unknown => ", which no module of ARROWS defines".to_owned(),
        };
        let may = if may.is_empty() { "no other module".to_owned() } else { format!("only {}", may.join(", ")) };
        let path = import.path.join("::");
        lines
            .push(format!("{}:{}: `{from}` imports `crate::{path}`{why}; it may import {may}", file.name, import.line));
    }
    Ok((count, lines))
}

fn allowed<'a>(arrows: &[(&str, &'a [&'a str])], module: &str) -> Option<&'a [&'a str]> {
    arrows.iter().find(|(name, _)| *name == module).map(|(_, may)| *may)
}

/// The module that a file contains: `value/day.rs` and `value/day/mod.rs` contain `value::day`.
fn module_of(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').map(str::to_owned).collect()
}

/// The names in the crate root.
#[derive(Default)]
struct RootNames {
    modules: BTreeSet<String>,
    /// The module that defines a name which the root re-exports.
    reexports: BTreeMap<String, String>,
    /// The macros that the root defines.
    macros: BTreeSet<String>,
}

/// The item that a path from the crate root leads to.
enum Target {
    Module(String),
    /// An item of the root itself, which every module may use.
    Anything,
    Unknown,
}

impl RootNames {
    /// Reads `mod`, `use` and `macro_rules!` items of lib.rs.
    fn read(tokens: TokenStream) -> Self {
        let mut names = Self::default();
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut position = 0;
        while position < tokens.len() {
            let next = tokens.get(position + 1);
            match word(&tokens[position]).as_deref() {
                Some("mod") => names.modules.extend(next.and_then(word)),
                Some("macro_rules") => names.macros.extend(tokens.get(position + 2).and_then(word)),
                Some("use") => {
                    for (path, name, _) in use_tree(&tokens[position + 1..]) {
                        let path: Vec<String> =
                            path.into_iter().skip_while(|part| part == "crate" || part == "self").collect();
                        if let (Some(module), Some(name)) = (path.first(), name) {
                            names.reexports.insert(name, module.clone());
                        }
                    }
                }
                _ => {}
            }
            position += 1;
        }
        names
    }

    fn module(&self, path: &[String]) -> Target {
        let Some(name) = path.first() else { return Target::Unknown };
        if self.modules.contains(name) {
            return Target::Module(name.clone());
        }
        match self.reexports.get(name) {
            Some(module) if self.modules.contains(module) => Target::Module(module.clone()),
            _ if self.macros.contains(name) => Target::Anything,
            _ => Target::Unknown,
        }
    }
}

/// Collects the imports of one file.
struct Scan {
    module: Vec<String>,
    imports: Vec<Import>,
    /// The modules that are compiled for tests only and have files of their own.
    test_modules: Vec<Vec<String>>,
}

impl Scan {
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut position = 0;
        while position < tokens.len() {
            position = match &tokens[position] {
                TokenTree::Punct(punct) if punct.as_char() == '#' && is_cfg_test(tokens.get(position + 1)) => {
                    self.test_item(&tokens, position + 2)
                }
                TokenTree::Ident(ident) if ident == "mod" => self.inline_module(&tokens, position),
                TokenTree::Ident(ident) if ident == "crate" || ident == "super" || ident == "self" => {
                    self.path(&tokens, position)
                }
                TokenTree::Group(group) => {
                    self.tokens(group.stream());
                    position + 1
                }
                _ => position + 1,
            };
        }
    }

    /// Skips an item that is compiled for tests only. Returns the position after it.
    fn test_item(&mut self, tokens: &[TokenTree], start: usize) -> usize {
        let is_semicolon = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
        let is_body =
            |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        let is_use = tokens[start..].iter().take_while(|token| !is_semicolon(token) && !is_body(token));
        let is_use = is_use.into_iter().any(|token| word(token).as_deref() == Some("use"));
        let length = tokens[start..].iter().position(|token| is_semicolon(token) || (!is_use && is_body(token)));
        let end = length.map_or(tokens.len(), |length| start + length + 1);
        let item = &tokens[start..end];
        if item.last().is_some_and(is_semicolon)
            && let Some(at) = item.iter().position(|token| word(token).as_deref() == Some("mod"))
            && let Some(name) = item.get(at + 1).and_then(word)
        {
            self.test_modules.push([&self.module[..], &[name]].concat());
        }
        end
    }

    /// Scans `mod name { … }`. Returns the position after it.
    fn inline_module(&mut self, tokens: &[TokenTree], start: usize) -> usize {
        let Some(name) = tokens.get(start + 1).and_then(word) else { return start + 1 };
        if let Some(TokenTree::Group(body)) = tokens.get(start + 2) {
            self.module.push(name);
            self.tokens(body.stream());
            self.module.pop();
            return start + 3;
        }
        start + 2
    }

    /// Reads a path or a use tree that starts with `crate`, `super` or `self`. Returns the position
    /// from which to go on.
    fn path(&mut self, tokens: &[TokenTree], start: usize) -> usize {
        for (path, _, line) in use_tree(&tokens[start..]) {
            if let Some(path) = self.path_from_root(&path) {
                self.imports.push(Import { from: self.module.clone(), line, path });
            }
        }
        // Types in generic arguments and groups that are no part of the path are scanned as well.
        let mut position = start + 1;
        while is_path_separator(&tokens[position..]) {
            position += 2;
            match tokens.get(position) {
                Some(TokenTree::Ident(_)) => position += 1,
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => return position + 1,
                _ => return position,
            }
        }
        position
    }

    /// The path from the crate root on, or `None` if it does not lead there.
    fn path_from_root(&self, path: &[String]) -> Option<Vec<String>> {
        let mut module = self.module.clone();
        let mut rest = path;
        match rest.split_first()? {
            (first, others) if first == "crate" => (module, rest) = (Vec::new(), others),
            (first, others) if first == "self" => rest = others,
            _ => {}
        }
        while let Some((first, others)) = rest.split_first()
            && first == "super"
        {
            module.pop()?;
            rest = others;
        }
        (module.is_empty() && !rest.is_empty()).then(|| rest.to_vec())
    }
}

/// The paths of a use tree or of a plain path: each with the name it introduces (`None` for a glob
/// or a path of one word) and its line.
fn use_tree(tokens: &[TokenTree]) -> Vec<(Vec<String>, Option<String>, usize)> {
    let mut path = Vec::new();
    let mut position = 0;
    let mut line = tokens.first().map_or(0, |token| token.span().start().line);
    if is_path_separator(tokens) {
        position = 2;
    }
    loop {
        match tokens.get(position) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
                let trees = inner.split(is_comma).filter(|tree| !tree.is_empty()).flat_map(use_tree);
                let join = |(rest, name, line): (Vec<String>, Option<String>, usize)| match rest.as_slice() {
                    // `day::{self}` imports `day`.
                    [itself] if itself == "self" && !path.is_empty() => (path.clone(), path.last().cloned(), line),
                    _ => ([&path[..], &rest[..]].concat(), name, line),
                };
                return trees.map(join).collect();
            }
            Some(TokenTree::Punct(punct)) if punct.as_char() == '*' => {
                path.push("*".to_owned());
                return vec![(path, None, line)];
            }
            Some(token) => match word(token) {
                Some(name) => {
                    line = token.span().start().line;
                    path.push(name);
                }
                None => break,
            },
            None => break,
        }
        position += 1;
        if !is_path_separator(&tokens[position.min(tokens.len())..]) {
            break;
        }
        position += 2;
    }
    let renamed = tokens.get(position).and_then(word).filter(|word| word == "as");
    let name = match renamed {
        Some(_) => tokens.get(position + 1).and_then(word),
        None => path.last().cloned(),
    };
    if path.is_empty() { Vec::new() } else { vec![(path, name, line)] }
}

/// Whether the tokens start with `::`.
fn is_path_separator(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [TokenTree::Punct(first), TokenTree::Punct(second), ..]
        if first.as_char() == ':' && first.spacing() == Spacing::Joint && second.as_char() == ':')
}

/// Whether a token is the `[cfg(test)]` of an attribute.
fn is_cfg_test(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Group(group)) if group.stream().to_string().replace(' ', "") == "cfg(test)")
}

fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
