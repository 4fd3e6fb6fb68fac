//! Tests of the words of the interface.

use std::collections::BTreeSet;
use std::path::Path;

use super::*;

fn keys(language: Interface) -> BTreeSet<String> {
    Words::of(language).words.into_keys().collect()
}

#[test]
fn all_languages_have_all_words() {
    let english = keys(Interface::English);
    assert!(english.len() > 100);
    for language in Interface::ALL {
        assert_eq!(keys(language), english, "{language:?}");
    }
}

#[test]
fn the_same_sentence_has_the_same_gaps_in_all_languages() {
    fn gaps(sentence: &str) -> BTreeSet<String> {
        let gap = |piece: &str| piece.split_once('}').map(|(gap, _)| gap.to_owned());
        sentence.split('{').skip(1).filter_map(gap).collect()
    }
    let english = Words::of(Interface::English);
    for language in Interface::ALL {
        for (key, sentence) in Words::of(language).words {
            if !key.starts_with("date.") {
                assert_eq!(gaps(&sentence), gaps(english.t(&key)), "{key} in {language:?}");
            }
        }
    }
}

/// The keys that a text asks for with `t("…")`, `filled("…", …)` or `count("…", …)`.
fn asked(text: &str) -> BTreeSet<String> {
    let mut asked = BTreeSet::new();
    for (start, plural) in [(".t(\"", ""), (".filled(\"", ""), (".count(\"", ".other")] {
        for (at, _) in text.match_indices(start) {
            let key = text[at + start.len()..].split('"').next().unwrap_or_default();
            if !key.contains('{') {
                asked.insert(format!("{key}{plural}"));
            }
        }
    }
    asked
}

fn files(folder: &Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "html") {
            texts.push(std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn every_word_that_a_page_asks_for_exists() {
    let english = keys(Interface::English);
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut texts = Vec::new();
    for folder in ["templates", "model", "pages", "data", "feeds"] {
        if source.join(folder).is_dir() {
            files(&source.join(folder), &mut texts);
        }
    }
    let asked: BTreeSet<String> = texts.iter().flat_map(|text| asked(text)).collect();
    assert!(asked.len() > 50);
    let missing: Vec<&String> = asked.difference(&english).collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn numbers_and_nouns_follow_the_language() {
    let counted = |language, count| Words::of(language).count("count.commitments", count);
    assert_eq!(counted(Interface::English, 1), "1 commitment");
    assert_eq!(counted(Interface::English, 0), "0 commitments");
    assert_eq!(counted(Interface::English, 12_345), "12,345 commitments");
}
