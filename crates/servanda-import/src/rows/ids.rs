//! Ids from titles and identifiers.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The maximum length of an id that is made from a text.
const MAX_LENGTH: usize = 80;

/// Makes a part of an id from a text: in lower case, without diacritics, with hyphens between the
/// words. `None` if the text has no Latin letters and no digits.
pub(crate) fn slug_of(text: &str) -> Option<String> {
    let mut slug = String::with_capacity(text.len());
    let letters = text.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase);
    for letter in letters {
        match letter {
            'a'..='z' | '0'..='9' => slug.push(letter),
            // An apostrophe stands inside a word.
            '\'' | '’' | 'ʼ' => {}
            _ => match without_stroke(letter) {
                Some(plain) => slug.push_str(plain),
                None if slug.is_empty() || slug.ends_with('-') => {}
                None => slug.push('-'),
            },
        }
    }
    if slug.len() > MAX_LENGTH {
        // Cut between words, if there are several.
        let cut = slug.get(..=MAX_LENGTH).and_then(|start| start.rfind('-')).unwrap_or(MAX_LENGTH);
        slug.truncate(cut);
    }
    let end = slug.trim_end_matches('-').len();
    slug.truncate(end);
    (!slug.is_empty()).then_some(slug)
}

/// Letters that have no decomposition into a plain letter and a mark.
fn without_stroke(letter: char) -> Option<&'static str> {
    Some(match letter {
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ł' => "l",
        'ħ' => "h",
        'ı' => "i",
        'ŧ' => "t",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_made_of_titles() {
        let cases = [
            ("A visit of Prime Minister Abe", Some("a-visit-of-prime-minister-abe")),
            ("Où ? Ça dépend…", Some("ou-ca-depend")),
            ("Straße & Bahn: 3 Łódź", Some("strasse-bahn-3-lodz")),
            ("The people’s house", Some("the-peoples-house")),
            ("ｆｕｌｌ　ｗｉｄｔｈ", Some("full-width")),
            ("Promise #12.3/A", Some("promise-12-3-a")),
            ("安倍総理の訪米", None),
            (" — ", None),
        ];
        for (title, slug) in cases {
            assert_eq!(slug_of(title).as_deref(), slug, "{title}");
        }
    }

    #[test]
    fn long_titles_are_cut_between_words() {
        let slug = slug_of(&"word ".repeat(40)).unwrap();
        assert!(slug.len() <= MAX_LENGTH && slug.ends_with("-word"), "{slug}");
        assert_eq!(slug_of(&"x".repeat(100)).unwrap().len(), MAX_LENGTH);
    }
}
