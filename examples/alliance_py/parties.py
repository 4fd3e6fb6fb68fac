"""The parties: the two that made the commitments, and the others that deposit instruments."""

from servanda import Party

from .desk import Desk

# The id, and the names in English and Japanese. The ISO 3166 code is the id in capitals.
PARTIES = [
    ("jp", "Japan", "日本"),
    ("us", "United States of America", "アメリカ合衆国"),
    ("au", "Australia", "オーストラリア"),
    ("bn", "Brunei Darussalam", "ブルネイ"),
    ("ca", "Canada", "カナダ"),
    ("cl", "Chile", "チリ"),
    ("mx", "Mexico", "メキシコ"),
    ("my", "Malaysia", "マレーシア"),
    ("nz", "New Zealand", "ニュージーランド"),
    ("pe", "Peru", "ペルー"),
    ("sg", "Singapore", "シンガポール"),
    ("vn", "Viet Nam", "ベトナム"),
]


def record(desk: Desk) -> None:
    """Defines all parties in one batch."""
    parties = [
        Party(id, {"en": english, "ja": japanese}, identifiers={"iso-3166-1": id.upper()})
        for id, english, japanese in PARTIES
    ]
    desk.add("2013-01-18", *parties)
