//! The words that trackers use for the status of a promise.
//!
//! Each vocabulary has the page on which it was read. The words stand for statuses of the built-in
//! procedure `pledge`. The ids and the names of the statuses of every procedure are known besides.

/// The words of one tracker, or of several that share them.
struct Vocabulary {
    /// The page on which the words were read.
    #[cfg_attr(not(test), expect(dead_code, reason = "the evidence for the words"))]
    source: &'static str,
    words: &'static [(&'static str, &'static str)],
}

const VOCABULARIES: &[Vocabulary] = &[
    Vocabulary {
        // PolitiFact's meters. "No Action" was renamed to "Not Yet Rated" in 2009, as
        // https://www.politifact.com/article/2009/oct/27/new-obameter-category-not-yet-rated/ says.
        source: "https://projects.tampabay.com/projects/2017/politifact/obameter/about",
        words: &[
            ("promise kept", "kept"),
            ("compromise", "compromise"),
            ("promise broken", "broken"),
            ("stalled", "stalled"),
            ("in the works", "in-the-works"),
            ("not yet rated", "not-rated"),
            ("no action", "not-rated"),
        ],
    },
    Vocabulary {
        source: "https://pledgetracker.co/how-we-track-campaign-promises/",
        words: &[("promise not done", "broken")],
    },
    Vocabulary {
        // The Polimeter of Université Laval in English.
        source: "https://www.ulaval.ca/en/about-us/media-centre/press-releases/press-releases-2020/\
                 launch-trudeau-polimetre-20-minority-government-343-promises-track",
        words: &[
            ("kept", "kept"),
            ("fulfilled", "kept"),
            ("in the works", "in-the-works"),
            ("broken", "broken"),
            ("not yet rated", "not-rated"),
        ],
    },
    Vocabulary {
        source: "https://www.polimeter.org/en/trudeau/promises/3.11.03",
        words: &[("partially kept", "partly-kept")],
    },
    Vocabulary {
        // The Polimètre in French. « En suspens » is "not yet rated" in its English version.
        source: "https://www.lesoleil.com/2021/06/17/\
                 la-caq-serait-en-voie-de-realiser-81--de-ses-promesses-electorales-327071458201e7b92fd74fc662a96b62/",
        words: &[
            ("réalisée", "kept"),
            ("partiellement réalisée", "partly-kept"),
            ("en voie de réalisation", "in-the-works"),
            ("en suspens", "not-rated"),
            ("rompue", "broken"),
        ],
    },
    Vocabulary {
        // The tracker luipresident.fr.
        source: "http://lelab.europe1.fr/\
                 pour-le-patron-des-senateurs-ps-hollande-na-pas-renie-ses-promesses-puisque-personne-ne-sen-souvient-2863886",
        words: &[
            ("tenue", "kept"),
            ("en partie tenue", "partly-kept"),
            ("partiellement tenue", "partly-kept"),
            ("en cours", "in-the-works"),
            ("brisée", "broken"),
        ],
    },
    Vocabulary {
        // The Koalitionstracker of FragDenStaat.
        source: "https://www.handelsblatt.com/politik/deutschland/\
                 regierungsarbeit-ampel-bilanz-erst-knapp-zwei-prozent-der-vorhaben-umgesetzt/28178172.html",
        words: &[("umgesetzt", "kept"), ("begonnen", "in-the-works"), ("zurückgestellt", "stalled")],
    },
    Vocabulary {
        // The Koalitionstracker of the Süddeutsche Zeitung.
        source: "https://www.dwdl.de/nachrichten/67066/datenjournalismusprojekt_sz_prft_grokoversprechen/",
        words: &[
            ("umgesetzt", "kept"),
            ("teilweise", "partly-kept"),
            ("teilweise umgesetzt", "partly-kept"),
            ("in arbeit", "in-the-works"),
        ],
    },
    Vocabulary {
        source: "https://www.sueddeutsche.de/politik/bundesregierung-aufgaben-grosse-koalition-1.3959524",
        words: &[("gebrochen", "broken"), ("kompromiss", "compromise")],
    },
    Vocabulary {
        // Baltimore's 100 Days of Action.
        source: "https://directory.civictech.guide/listing-category/promise-trackers",
        words: &[("completed", "kept"), ("in progress", "in-the-works"), ("not yet started", "not-started")],
    },
    Vocabulary {
        // Pledged, of Australia.
        source: "https://pledged.au/methodology",
        words: &[("delivered", "kept"), ("partial", "partly-kept"), ("broken", "broken")],
    },
    Vocabulary {
        // The levels by which a group of the Tokyo assembly rates itself.
        source: "https://go2senkyo.com/articles/2021/06/28/60310.html",
        words: &[("実現", "kept"), ("一部実現", "partly-kept")],
    },
    Vocabulary {
        source: "https://tomin1st.jp/news/archives/1621", words: &[("達成済み", "kept"), ("達成", "kept")]
    },
    Vocabulary {
        // The Liberal Democratic Party on its own pledges of 2005.
        source: "https://knt68.hatenadiary.org/entry/20060801/p1",
        words: &[("取り組み中", "in-the-works")],
    },
    Vocabulary {
        // The mayor of Hiratsuka on the pledges of 2003.
        source: "https://www.city.hiratsuka.kanagawa.jp/press/pres20060039.html",
        words: &[("実施", "kept"), ("着手", "in-the-works")],
    },
];

/// Common words that need no page. Each is a translation of the name of a status or of its phase.
const COMMON: &[(&str, &str)] = &[
    ("done", "kept"),
    ("achieved", "kept"),
    ("implemented", "kept"),
    ("complete", "kept"),
    ("finished", "kept"),
    ("partly kept", "partly-kept"),
    ("partially fulfilled", "partly-kept"),
    ("partially implemented", "partly-kept"),
    ("in part", "partly-kept"),
    ("ongoing", "in-the-works"),
    ("under way", "in-the-works"),
    ("underway", "in-the-works"),
    ("started", "in-the-works"),
    ("on hold", "stalled"),
    ("delayed", "stalled"),
    ("blocked", "stalled"),
    ("not started", "not-started"),
    ("not done", "broken"),
    ("not kept", "broken"),
    ("abandoned", "broken"),
    ("failed", "broken"),
    ("unrated", "not-rated"),
    ("not rated", "not-rated"),
    ("superseded", "replaced"),
    ("gehalten", "kept"),
    ("erfüllt", "kept"),
    ("erledigt", "kept"),
    ("abgeschlossen", "kept"),
    ("teilweise erfüllt", "partly-kept"),
    ("teilweise gehalten", "partly-kept"),
    ("in umsetzung", "in-the-works"),
    ("in bearbeitung", "in-the-works"),
    ("laufend", "in-the-works"),
    ("gestoppt", "stalled"),
    ("ruht", "stalled"),
    ("nicht begonnen", "not-started"),
    ("noch nicht begonnen", "not-started"),
    ("offen", "not-started"),
    ("nicht umgesetzt", "broken"),
    ("nicht erfüllt", "broken"),
    ("gescheitert", "broken"),
    ("nicht bewertet", "not-rated"),
    ("ersetzt", "replaced"),
    ("tenu", "kept"),
    ("réalisé", "kept"),
    ("terminé", "kept"),
    ("accompli", "kept"),
    ("partiellement réalisé", "partly-kept"),
    ("compromis", "compromise"),
    ("en pause", "stalled"),
    ("bloqué", "stalled"),
    ("non commencé", "not-started"),
    ("pas commencé", "not-started"),
    ("non tenue", "broken"),
    ("non tenu", "broken"),
    ("rompu", "broken"),
    ("abandonné", "broken"),
    ("non évalué", "not-rated"),
    ("remplacé", "replaced"),
    ("完了", "kept"),
    ("実施済", "kept"),
    ("実施済み", "kept"),
    ("一部達成", "partly-kept"),
    ("一部実施", "partly-kept"),
    ("進行中", "in-the-works"),
    ("実施中", "in-the-works"),
    ("着手済", "in-the-works"),
    ("停滞", "stalled"),
    ("保留", "stalled"),
    ("中断", "stalled"),
    ("未着手", "not-started"),
    ("未実施", "not-started"),
    ("断念", "broken"),
    ("中止", "broken"),
    ("撤回", "broken"),
    ("未評価", "not-rated"),
];

/// Words that need a second look: an editor has to say what they mean.
const AMBIGUOUS: &[(&str, &str)] = &[
    ("kept in part or in the works", "it stands for both partly-kept and in-the-works"),
    ("en voie de réalisation ou partiellement réalisée", "it stands for both in-the-works and partly-kept"),
    ("未達成", "it can mean not yet reached, or missed for good"),
    ("en suspens", "in the Polimètre it is not yet rated; elsewhere it can mean stalled"),
    ("no action", "PolitiFact wrote it until 2009 for promises that it had not looked at"),
    ("not done", "it can mean not yet done"),
    ("nicht umgesetzt", "it can mean not yet"),
    ("offen", "it can mean not started, or not rated"),
    ("partial", "it can mean kept in part, or under way"),
    ("実施", "it can mean done, or being done"),
];

/// Returns the status of the procedure `pledge` that a word stands for, if it is folded.
pub(super) fn status_of(word: &str) -> Option<&'static str> {
    let listed = VOCABULARIES.iter().flat_map(|vocabulary| vocabulary.words).chain(COMMON);
    listed.copied().find(|(known, _)| same(known, word)).map(|(_, status)| status)
}

/// Returns why an editor has to look at a word.
pub(super) fn doubt_about(word: &str) -> Option<&'static str> {
    AMBIGUOUS.iter().find(|(known, _)| same(known, word)).map(|(_, doubt)| *doubt)
}

/// Whether two folded words are the same, apart from the plural and the feminine of French.
fn same(known: &str, word: &str) -> bool {
    known == word
        || (word.chars().count() > 3 && word.strip_suffix('s') == Some(known))
        || word.strip_suffix("es") == Some(known)
        || word.strip_suffix('e') == Some(known)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_for_a_status_of_the_procedure() {
        let pledge =
            servanda::builtin::procedures().into_iter().find(|procedure| procedure.id.as_str() == "pledge").unwrap();
        let known = |status: &str| pledge.statuses.iter().any(|known| known.id.as_str() == status);
        for (word, status) in VOCABULARIES.iter().flat_map(|vocabulary| vocabulary.words).chain(COMMON) {
            assert!(known(status), "{word}: {status}");
            assert_eq!(status_of(word), Some(*status), "two vocabularies disagree about {word}");
            assert_eq!(&word.to_lowercase(), word);
        }
        assert!(VOCABULARIES.iter().all(|vocabulary| vocabulary.source.starts_with("http")));
    }

    #[test]
    fn plurals_are_the_same_word() {
        assert_eq!(status_of("promises kept"), None);
        assert_eq!(status_of("réalisées"), Some("kept"));
        assert_eq!(status_of("tenues"), Some("kept"));
        assert_eq!(status_of("en voie de réalisation"), Some("in-the-works"));
    }
}
