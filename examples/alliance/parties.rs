//! The parties: the two that made the commitments, and the others that deposit instruments.

use servanda::{Batch, Party, Result};

use super::desk::Desk;

/// The id, the ISO 3166 code, and the names in English and Japanese.
const PARTIES: [(&str, &str, &str, &str); 12] = [
    ("jp", "JP", "Japan", "日本"),
    ("us", "US", "United States of America", "アメリカ合衆国"),
    ("au", "AU", "Australia", "オーストラリア"),
    ("bn", "BN", "Brunei Darussalam", "ブルネイ"),
    ("ca", "CA", "Canada", "カナダ"),
    ("cl", "CL", "Chile", "チリ"),
    ("mx", "MX", "Mexico", "メキシコ"),
    ("my", "MY", "Malaysia", "マレーシア"),
    ("nz", "NZ", "New Zealand", "ニュージーランド"),
    ("pe", "PE", "Peru", "ペルー"),
    ("sg", "SG", "Singapore", "シンガポール"),
    ("vn", "VN", "Viet Nam", "ベトナム"),
];

/// Defines all parties in one batch.
pub(crate) fn define(desk: &mut Desk) -> Result<()> {
    let mut parties = Batch::new();
    for (id, code, english, japanese) in PARTIES {
        let party = Party::new(id, "en", english)?.named("ja", japanese)?.identified_by("iso-3166-1", code)?;
        parties = parties.and(party);
    }
    desk.add("2013-01-18", parties)
}
