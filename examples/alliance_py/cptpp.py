"""The CPTPP, successor of the TPP: in force sixty days after the sixth notification."""

from servanda import Commitment, Opening, Source, Words, builtin

from .desk import Desk
from .sources import CPTPP_TIMELINE, diet_record, foreign_ministry, page

ID = "jp/cptpp"
IN_THE_DIET = "jp/cptpp-in-the-diet"

# The signatories other than Japan.
OTHERS = ["au", "bn", "ca", "cl", "mx", "my", "nz", "pe", "sg", "vn"]

# The parties that notified after the sixth, for which it entered into force later.
LATER = [
    ("2019-01-14", "Viet Nam"),
    ("2021-09-19", "Peru"),
    ("2022-11-29", "Malaysia"),
    ("2023-02-21", "Chile (by one source on 20 February)"),
    ("2023-07-12", "Brunei Darussalam"),
]

# The resolution of the signatories.
WORDS = Words(
    "REALISE expeditiously the benefits of the TPP through this Agreement and their strategic and economic significance",
    page(
        "Vietnam Worker Defenders",
        "CPTPP, preamble (copy of the text)",
        "https://vietnamworkerdefenders.net/cptpp/",
    ),
)
JAPAN_NOTIFIES = foreign_ministry(
    "Notification of the completion of domestic procedures (CPTPP)", "mofaj/press/release/press4_006218.html"
)


def record(desk: Desk) -> None:
    agreement = Commitment(
        ID,
        "The CPTPP, successor of the Trans-Pacific Partnership",
        procedure="trade-agreement",
        by="jp",
        to=OTHERS,
        made="2018-03-08",
        obligation="result",
        words=WORDS,
        topics="trade",
        opening=Opening("concluded", on="2018-01-23", sources=[CPTPP_TIMELINE]),
        # All of article 3, with the rule for a party that notifies after the sixth.
        rules={"entry-into-force": builtin.treaty("cptpp").clock_rule()},
    )
    desk.register("2018-03-08", agreement)
    desk.advance(ID, "signed", "2018-03-08", CPTPP_TIMELINE, note="In Santiago.")

    _in_the_diet(desk)
    _notifications(desk)


def _in_the_diet(desk: Desk) -> None:
    record = diet_record("196th", "11", "1DC88D2")
    treaty = Commitment(
        IN_THE_DIET,
        "The CPTPP in the Diet",
        procedure="diet-treaty-approval",
        by="jp",
        to=OTHERS,
        made="2018-03-08",
        obligation="result",
        words=WORDS,
        part_of=ID,
        topics="trade",
        opening=Opening("submitted", on="2018-03-27", sources=[record]),
    )
    desk.register("2018-03-27", treaty)
    desk.advance(IN_THE_DIET, "lower-first-referred", "2018-04-17", record)
    desk.advance(IN_THE_DIET, "lower-first-reported", "2018-05-18", record)
    desk.advance(IN_THE_DIET, "lower-first-passed", "2018-05-18", record)
    desk.advance(IN_THE_DIET, "upper-second-referred", "2018-06-01", record)
    desk.advance(IN_THE_DIET, "upper-second-reported", "2018-06-12", record)
    desk.advance(IN_THE_DIET, "approved-by-both-houses", "2018-06-13", record)
    desk.attest(IN_THE_DIET, "2018-06-13", record, note="The record of the House has every step through both houses.")
    desk.advance(IN_THE_DIET, "deposited", "2018-07-06", JAPAN_NOTIFIES)
    # The notifications of the other parties are recorded for the whole. Here the entry into force
    # is recorded as a step.
    desk.advance(IN_THE_DIET, "in-force", "2018-12-30", CPTPP_TIMELINE)

    desk.advance(ID, "approved", "2018-06-13", record)


def _notifications(desk: Desk) -> None:
    """The sixth notification starts the clock, so no entry has to record the entry into force."""

    def notification(party: str, on: str, *sources: Source, note: str | None = None) -> None:
        desk.deposit(ID, party, on, CPTPP_TIMELINE, *sources, instrument="notification", note=note)

    new_zealand = page(
        "New Zealand Foreign Affairs and Trade",
        "Comprehensive and Progressive Agreement for Trans-Pacific Partnership",
        "https://www.mfat.govt.nz/en/about-us/who-we-are/treaties/comprehensive-and-progressive-agreement-for-tpp/",
    )
    notification("mx", "2018-06-28")
    notification("jp", "2018-07-06", JAPAN_NOTIFIES)
    desk.advance(
        ID,
        "notified",
        "2018-07-06",
        JAPAN_NOTIFIES,
        note="By decision of the Cabinet on the same day. The second party to notify, after Mexico.",
    )
    notification("sg", "2018-07-19")
    notification("nz", "2018-10-25")
    notification("ca", "2018-10-29")
    notification("au", "2018-10-31", note="The sixth.")
    notification("vn", "2018-11-15")
    notification("pe", "2021-07-21", new_zealand)
    notification("my", "2022-09-30", new_zealand, note="One source gives 1 October 2022.")
    notification("cl", "2022-12-23")
    notification("bn", "2023-05-13")

    for day, party in LATER:
        desk.remark(ID, f"It enters into force for {party}", day, CPTPP_TIMELINE)
