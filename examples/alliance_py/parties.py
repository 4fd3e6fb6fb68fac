"""The parties: two that gave their word, and the others that deposit instruments."""

from servanda import Party

from .desk import Desk

# Id, name in English and in Japanese. The code in ISO 3166 is the id in capitals.
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


def tell(desk: Desk) -> None:
    """Defines them all in one batch: all of them, or none."""
    parties = [
        Party(id, {"en": english, "ja": japanese}, identifiers={"iso-3166-1": id.upper()})
        for id, english, japanese in PARTIES
    ]
    desk.take("2013-01-18", *parties)
