// The parties: two that gave their word, and the others that deposit instruments.

import Servanda

/// Code in ISO 3166, name in English and in Japanese. The id is the code in lower case.
private let all = [
    ("JP", "Japan", "日本"),
    ("US", "United States of America", "アメリカ合衆国"),
    ("AU", "Australia", "オーストラリア"),
    ("BN", "Brunei Darussalam", "ブルネイ"),
    ("CA", "Canada", "カナダ"),
    ("CL", "Chile", "チリ"),
    ("MX", "Mexico", "メキシコ"),
    ("MY", "Malaysia", "マレーシア"),
    ("NZ", "New Zealand", "ニュージーランド"),
    ("PE", "Peru", "ペルー"),
    ("SG", "Singapore", "シンガポール"),
    ("VN", "Viet Nam", "ベトナム"),
]

/// Defines them all in one batch: all of them, or none.
func parties(_ desk: Desk) throws {
    let drafts = all.map { code, english, japanese in
        Draft.define(
            Party(
                id: code.lowercased(), names: ["en": english, "ja": japanese],
                identifiers: [Identifier(scheme: "iso-3166-1", value: code)]))
    }
    try desk.take(on: "2013-01-18", drafts)
}
