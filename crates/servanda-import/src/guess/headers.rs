//! The words that people use for columns, in English, German, French and Japanese.

/// A field of a mapping, with the words for its column.
pub(super) struct Header {
    /// The key in `[columns]`.
    pub(super) field: &'static str,
    pub(super) words: &'static [&'static str],
}

/// The fields in the order in which a mapping names them. Words are folded.
pub(super) const HEADERS: &[Header] = &[
    Header {
        field: "id",
        words: &[
            "id", "key", "slug", "code", "kürzel", "clé", "番号", "no", "nr", "number", "nummer", "numéro", "n°", "#",
        ],
    },
    Header {
        field: "identifier",
        words: &[
            "identifier",
            "external id",
            "reference number",
            "file number",
            "kennung",
            "aktenzeichen",
            "identifiant",
            "numéro de référence",
            "識別子",
            "整理番号",
            "公約番号",
        ],
    },
    Header {
        field: "title",
        words: &[
            "title",
            "promise",
            "pledge",
            "commitment",
            "name",
            "headline",
            "measure",
            "action",
            "goal",
            "titel",
            "versprechen",
            "wahlversprechen",
            "zusage",
            "vorhaben",
            "maßnahme",
            "ziel",
            "titre",
            "promesse",
            "engagement",
            "mesure",
            "intitulé",
            "objectif",
            "公約",
            "約束",
            "件名",
            "表題",
            "タイトル",
            "施策",
            "政策",
            "項目",
            "取組",
            "事業名",
        ],
    },
    Header {
        field: "by",
        words: &[
            "by",
            "party",
            "politician",
            "made by",
            "promised by",
            "promiser",
            "who",
            "government",
            "person",
            "actor",
            "partei",
            "politiker",
            "politikerin",
            "von",
            "versprochen von",
            "regierung",
            "parti",
            "par",
            "élu",
            "auteur",
            "gouvernement",
            "promis par",
            "政党",
            "党",
            "党派",
            "会派",
            "議員",
            "主体",
            "発言者",
            "約束した人",
        ],
    },
    Header {
        field: "to",
        words: &[
            "to",
            "recipient",
            "audience",
            "promised to",
            "empfänger",
            "an",
            "destinataire",
            "à",
            "相手",
            "対象",
            "相手方",
        ],
    },
    Header {
        field: "made",
        words: &[
            "made",
            "made on",
            "promised",
            "promised on",
            "date made",
            "date promised",
            "promise date",
            "date of promise",
            "announced",
            "announced on",
            "versprochen",
            "versprochen am",
            "zugesagt am",
            "angekündigt am",
            "datum des versprechens",
            "promis le",
            "annoncé le",
            "date de la promesse",
            "date de l'engagement",
            "公約日",
            "約束日",
            "表明日",
            "発表日",
        ],
    },
    Header {
        field: "deadline",
        words: &[
            "deadline",
            "due",
            "due date",
            "due by",
            "target date",
            "by when",
            "frist",
            "termin",
            "fällig",
            "fällig am",
            "zieldatum",
            "bis wann",
            "échéance",
            "délai",
            "date limite",
            "date butoir",
            "期限",
            "締切",
            "締め切り",
            "達成期限",
            "目標年度",
            "目標期限",
        ],
    },
    Header {
        field: "topics",
        words: &[
            "topic",
            "topics",
            "category",
            "categories",
            "theme",
            "area",
            "policy area",
            "sector",
            "subject",
            "tags",
            "issue",
            "thema",
            "themen",
            "themenfeld",
            "bereich",
            "politikfeld",
            "kategorie",
            "thème",
            "thèmes",
            "domaine",
            "catégorie",
            "secteur",
            "分野",
            "分類",
            "テーマ",
            "カテゴリ",
            "カテゴリー",
            "政策分野",
        ],
    },
    Header {
        field: "words",
        words: &[
            "words",
            "wording",
            "exact words",
            "quote",
            "quotation",
            "full text",
            "promise text",
            "wortlaut",
            "zitat",
            "volltext",
            "citation",
            "libellé",
            "texte",
            "原文",
            "文言",
            "本文",
            "公約文",
        ],
    },
    Header {
        field: "status",
        words: &[
            "status",
            "rating",
            "verdict",
            "ruling",
            "state",
            "stage",
            "progress",
            "outcome",
            "result",
            "stand",
            "zustand",
            "bewertung",
            "umsetzungsstand",
            "statut",
            "état",
            "avancement",
            "évaluation",
            "résultat",
            "状態",
            "状況",
            "進捗",
            "進捗状況",
            "達成状況",
            "達成度",
            "評価",
            "判定",
            "ステータス",
            "現状",
        ],
    },
    Header {
        field: "on",
        words: &[
            "on",
            "date",
            "status date",
            "date of status",
            "rated on",
            "updated",
            "last updated",
            "last update",
            "as of",
            "since",
            "datum",
            "stand vom",
            "stand am",
            "aktualisiert",
            "aktualisiert am",
            "letzte änderung",
            "seit",
            "date du statut",
            "mise à jour",
            "date de mise à jour",
            "mis à jour",
            "depuis",
            "日付",
            "年月日",
            "更新日",
            "最終更新",
            "最終更新日",
            "評価日",
            "時点",
        ],
    },
    Header {
        field: "sources",
        words: &[
            "source",
            "sources",
            "url",
            "urls",
            "link",
            "links",
            "evidence",
            "reference",
            "references",
            "proof",
            "quelle",
            "quellen",
            "beleg",
            "belege",
            "nachweis",
            "lien",
            "liens",
            "preuve",
            "preuves",
            "référence",
            "références",
            "出典",
            "典拠",
            "根拠",
            "情報源",
            "リンク",
            "資料",
            "参照",
        ],
    },
    Header {
        field: "source_title",
        words: &[
            "source title",
            "title of source",
            "titel der quelle",
            "quellentitel",
            "titre de la source",
            "出典名",
            "資料名",
        ],
    },
    Header {
        field: "source_publisher",
        words: &["publisher", "outlet", "medium", "herausgeber", "éditeur", "média", "発行元", "発行者", "媒体"],
    },
    Header {
        field: "source_date",
        words: &[
            "source date",
            "date of source",
            "published",
            "published on",
            "veröffentlicht",
            "datum der quelle",
            "date de la source",
            "publié le",
            "発行日",
            "掲載日",
        ],
    },
    Header {
        field: "note",
        words: &[
            "note",
            "notes",
            "comment",
            "comments",
            "remark",
            "remarks",
            "explanation",
            "details",
            "justification",
            "notiz",
            "notizen",
            "anmerkung",
            "anmerkungen",
            "bemerkung",
            "kommentar",
            "erläuterung",
            "begründung",
            "remarque",
            "remarques",
            "commentaire",
            "commentaires",
            "explication",
            "備考",
            "注記",
            "メモ",
            "コメント",
            "説明",
        ],
    },
    Header {
        field: "part_of",
        words: &["part of", "parent", "belongs to", "teil von", "gehört zu", "partie de", "親", "上位", "上位項目"],
    },
    Header {
        field: "reason",
        words: &[
            "reason",
            "reason for change",
            "correction",
            "änderungsgrund",
            "grund der änderung",
            "motif",
            "motif de la correction",
            "訂正理由",
            "変更理由",
        ],
    },
    Header {
        field: "recorded_at",
        words: &[
            "recorded",
            "recorded at",
            "entered",
            "added",
            "timestamp",
            "erfasst",
            "erfasst am",
            "eingetragen",
            "saisi le",
            "ajouté le",
            "登録日",
            "登録日時",
            "記録日",
            "入力日",
        ],
    },
];

/// Words for the body that is in charge.
pub(super) const RESPONSIBLE: &[&str] = &[
    "responsible",
    "ministry",
    "department",
    "responsible ministry",
    "responsible body",
    "lead",
    "agency",
    "zuständig",
    "zuständigkeit",
    "ministerium",
    "ressort",
    "federführung",
    "ministère",
    "responsable",
    "担当",
    "所管",
    "担当課",
    "担当省庁",
    "担当部署",
    "所管省庁",
];

/// How well the name of a column fits a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// The word is in the name.
    Part,
    /// The word is the name.
    Whole,
}

/// Returns how well the name of a column fits a list of words.
pub(super) fn fit(name: &str, words: &[&str]) -> Option<Fit> {
    let name = folded(name);
    if words.contains(&name.as_str()) {
        return Some(Fit::Whole);
    }
    let parts: Vec<&str> = name.split(' ').collect();
    let is_part = |word: &&str| match word.is_ascii() {
        true => word.len() > 2 && !word.contains(' ') && parts.contains(word),
        false if word.chars().all(|letter| letter > '\u{3000}') => word.chars().count() > 1 && name.contains(*word),
        false => parts.contains(word),
    };
    words.iter().any(is_part).then_some(Fit::Part)
}

/// Writes the name of a column in lower case, with single spaces instead of punctuation.
pub(super) fn folded(name: &str) -> String {
    let spaced = name.chars().map(|letter| match letter {
        '_' | '-' | '.' | ':' | '/' | '(' | ')' | '[' | ']' | '?' | '*' | '（' | '）' | '・' => ' ',
        letter => letter,
    });
    let lower: String = spaced.flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_stands_for_two_fields() {
        let mut all: Vec<&str> =
            HEADERS.iter().flat_map(|header| header.words).copied().chain(RESPONSIBLE.iter().copied()).collect();
        for word in &all {
            assert_eq!(&folded(word), word);
        }
        all.sort_unstable();
        let repeated: Vec<&[&str]> = all.windows(2).filter(|pair| pair[0] == pair[1]).collect();
        assert!(repeated.is_empty(), "{repeated:?}");
    }

    #[test]
    fn a_name_fits_a_word_as_a_whole_or_in_part() {
        assert_eq!(fit("Due_date", &["due date"]), Some(Fit::Whole));
        assert_eq!(fit("Current status (2024)", &["status"]), Some(Fit::Part));
        assert_eq!(fit("Statusbericht", &["status"]), None);
        assert_eq!(fit("公約の進捗状況", &["進捗状況"]), Some(Fit::Part));
        assert_eq!(fit("Town", &["to", "on"]), None);
    }
}
