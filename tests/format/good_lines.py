"""The good lines.

Facts about the world are real and have sources. Texts that only test the format say `format test`.
The moments of recording are invented.
"""

from spelling import batch, entry, seal, sha256, spell

HAGUE, TPP, TEST = "jp/hague-convention", "jp/tpp", "format-test/everything"
DIET = "https://www.shugiin.go.jp/internet/itdb_gian.nsf/html/gian/keika/"
TREATY = "国際的な子の奪取の民事上の側面に関する条約の締結について承認を求めるの件"
DIET_180, DIET_181, DIET_183 = (
    {"language": "ja", "publisher": "衆議院", "quotation": TREATY, "title": f"議案審議経過情報（第{session}回国会）",
     "url": f"{DIET}{page}.htm"}
    for session, page in ((180, "1DB091E"), (181, "1DB2B5E"), (183, "1DB429A")))
VOA = {"language": "en", "publisher": "Voice of America", "title": "U.S. - Japan Alliance Remains Cornerstone",
       "url": "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html"}
FILLER = {"title": "format test: a source", "url": "https://example.org/"}
EVERY_SOURCE_MEMBER = {"archive": "format test: an archive", "archived": "https://example.org/archived",
                       "identifier": "doi:10.5555/12345678", "language": "en", "page": "4", "published": "2013-01",
                       "publisher": "format test: a publisher", "quotation": "format test: a quotation", **FILLER}


def page(title, url, **more):
    return {"title": title, "url": url, **more}


# ---- A procedure with every member of every part ----

def titled(text):
    return {"en": f"format test: {text}", "ja": f"書式試験（{text}）"}


def status(name, phase, **more):
    return {"id": name, "phase": phase, "title": titled(name), **more}


def step(origins, target, **more):
    return {"basis": f"format test: basis of {target}", "from": origins, "title": titled(target), "to": target, **more}


def clock(name, during, starts, target, fires, rule, **more):
    return {"basis": f"format test: basis of {name}", "fires": fires, "id": name, "rule": rule, "starts": starts,
            "title": titled(name), "to": target, "while": during, **more}


THIRTY_DAYS = {"count": 30, "except_recess_of": "jp/diet-sessions", "first_day_counts": True}
PROCEDURE = {
    "clocks": [
        clock("thirty-days", ["submitted"], ["submitted"], "approved", "start", {"days": THIRTY_DAYS},
              cancelled_by=["carried-over"], presumed=True),
        clock("dissolution", ["submitted"], ["submitted"], "dropped", "end",
              {"close": {"calendar": "jp/diet-sessions", "ended_by": "dissolution", "of": "containing"}}),
        clock("close-of-the-next", ["carried-over"], ["carried-over"], "dropped", "end",
              {"close": {"calendar": "jp/diet-sessions", "of": "next"}}),
        clock("third-month", ["accepted"], ["accepted"], "in-force", "start", {"first-of-month": {"count": 3}}),
        clock("sixty-full-days", ["accepted"], ["accepted"], "in-force", "start", {"full-days": {"count": 60}}),
        clock("a-year", ["accepted"], ["accepted"], "in-force", "start", {"months": {"count": 12}}),
        clock("its-own-rule", ["accepted"], ["accepted"], "in-force", "start", "given"),
    ],
    "id": "format-test/treaty",
    "initial": "considered",
    "references": [FILLER],
    "statuses": [
        status("considered", "planned"), status("submitted", "active"), status("carried-over", "stalled"),
        status("dropped", "failed"), status("approved", "active", decided=True), status("accepted", "active"),
        status("in-force", "achieved", final=True), status("replaced", "superseded", final=True),
        status("withdrawn", "failed", final=True, abandoned=True),
    ],
    "title": {"en": "format test: a treaty", "ja": "書式試験（条約）", "zh-hant": "格式測試（條約）"},
    "transitions": [
        step(["considered", "dropped"], "submitted", sources=1, taken_by=["jp"]),
        step(["submitted"], "carried-over"),
        step(["submitted", "carried-over"], "approved", sources=1),
        step(["approved"], "accepted"),
        step(["in-force"], "replaced", reopening=True),
        step(["considered", "submitted"], "withdrawn"),
        step(["withdrawn"], "considered", reopening=True),
    ],
    "version": 1,
}
PIN = {"digest": sha256(spell(PROCEDURE)), "id": PROCEDURE["id"], "version": 1}


# ---- Facts of 18 January 2013 and after ----

def register(title, obligation, by, text, source, **more):
    return {"register": {"by": by, "made": "2013-01-18", "obligation": obligation, "procedure": PIN, "title": title,
                         "words": {"source": source, "text": text}, **more}}


def definitions():
    japan = {"id": "jp", "identifiers": [{"scheme": "iso-3166-1", "value": "JP"}, {"scheme": "wikidata", "value": "Q17"}],
             "names": {"en": "Japan", "ja": "日本"}}
    states = {"id": "us", "identifiers": [{"scheme": "wikidata", "value": "Q30"}],
              "names": {"en": "United States of America", "ja": "アメリカ合衆国"}}
    sessions = [  # Diet sessions: number, kind, convened, closed, ended by, basis of the dates
        (180, "regular", "2012-01-24", "2012-09-08", "term-end", "published"),
        (181, "extraordinary", "2012-10-29", "2012-11-16", "dissolution", "published"),
        (182, "special", "2012-12-26", "2012-12-28", "term-end", "published"),
        (183, "regular", "2013-01-28", "2013-06-26", "term-end", "published"),
        (184, "extraordinary", "2013-08-02", "2013-08-07", "term-end", "recalled"),
        (185, "extraordinary", "2013-10-15", "2013-12-08", "term-end", "published"),
        (186, "regular", "2014-01-24", "2014-06-22", "term-end", "published"),
        (187, "extraordinary", "2014-09-29", "2014-11-21", "dissolution", "published"),
    ]
    members = ("number", "kind", "convened", "closed", "ended_by", "basis")
    diet = {"id": "jp/diet-sessions", "periods": [dict(zip(members, session)) for session in sessions],
            "through": "2014-11-21", "title": {"en": "Sessions of the Diet", "ja": "国会会期"}}
    terms = {"id": "format-test/terms", "source": EVERY_SOURCE_MEMBER, "through": "2013-12-31", "title": titled("terms"),
             "periods": [
                 {"basis": "recalled", "closed": "2013-03-31", "convened": "2013-01-01", "number": 1, "kind": "format-test",
                  "recesses": [{"first": "2013-02-01", "last": "2013-02-10"}, {"first": "2013-03-01", "last": "2013-03-01"}]},
                 {"basis": "published", "convened": "2013-04-01", "number": 3, "scheduled": "2014-03-31"}]}
    topic = {"id": "children", "names": {"en": "children", "ja": "子ども", "ar": "أطفال"}}
    return [
        ("a party with names in two languages and identifiers", seal(entry("2013-01-19", {"define": {"party": japan}}))),
        ("another party", seal(entry("2013-01-19", {"define": {"party": states}}))),
        ("a calendar of eight periods", seal(entry("2014-11-22", {"define": {"calendar": diet}}))),
        ("a calendar with recesses, a scheduled close, an open period and every member of a source",
         seal(entry("2013-12-31", {"define": {"calendar": terms}}))),
        ("a calendar without periods",
         seal(entry("2013-12-31", {"define": {"calendar": {"id": "format-test/empty", "periods": [], "through": "2013-12-31",
                                                           "title": {"en": "format test: no periods"}}}}))),
        ("a topic with names in three scripts", seal(entry("2013-12-31", {"define": {"topic": topic}}))),
    ]


def convention():
    dropped = {"note": "Submitted to the 180th Diet and carried over; dropped when the House of Representatives was dissolved.",
               "on": "2012-11-16", "sources": [DIET_180, DIET_181], "status": "dropped"}
    hague = register("The 1980 Hague Abduction Convention, brought before the Diet", "consideration", ["jp"], "will consider",
                     VOA, opening=dropped, to=["us"], topics=["children", "treaties"])
    cabinet = page("Cabinet OKs bills for Hague treaty", "https://www.japantimes.co.jp/news/2013/03/16/national/"
                   "cabinet-oks-bills-for-hague-treaty/", publisher="The Japan Times", published="2013-03-16", language="en")
    submit = {"advance": {"by": "jp", "note": "Treaty no. 1 of the 183rd Diet: 「条約第1号」", "sources": [DIET_183, cabinet],
                          "to": "submitted"}}
    together = batch([
        entry("2013-03-16T01:00:00.000000Z", {"define": {"procedure": PROCEDURE}}),
        entry("2013-03-16T01:00:00.000001Z", hague, HAGUE),
        entry("2013-03-16T01:00:00.000002Z", submit, HAGUE, "2013-03-15"),
    ])
    approve = seal(entry("2013-05-23", {"advance": {"sources": [DIET_183], "to": "approved"}}, HAGUE, "2013-05-22"))
    mofa = page("Ministry of Foreign Affairs of Japan, press release of 24 January 2014",
                "https://www.mofa.go.jp/press/release/press18e_000032.html", publisher="Ministry of Foreign Affairs of Japan")
    accept = seal(entry("2014-01-25", {"advance": {"sources": [mofa], "to": "accepted"}}, HAGUE, "2014-01-24"))
    deposit = {"deposit": {"by": "jp", "instrument": "acceptance", "note": "Deposited at The Hague.", "sources": [mofa]}}
    embassy = page("Embassy of Japan in the Netherlands, on the Hague Convention",
                   "https://www.nl.emb-japan.go.jp/j/policy/hague_convention.html", language="ja")
    force = page("Ministry of Foreign Affairs of Japan, press release on the entry into force",
                 "https://www.mofa.go.jp/mofaj/press/release/press4_000804.html", language="ja")
    reworded = {"entry": together[2]["id"], "note": "Approved by the Cabinet and submitted on the same day."}
    return [
        ("a batch of three: 1, a procedure with every member of every part", together[0]),
        ("a batch of three: 2, a commitment that opens at a status with sources", together[1]),
        ("a batch of three: 3, an advance with a note, sources and who took it", together[2]),
        ("an advance", approve),
        ("another advance", accept),
        ("a deposit after an entry of the same day",
         seal(entry("2014-01-25T01:00:00.000001Z", deposit, HAGUE, "2014-01-24", after=accept["id"]))),
        ("an advance to the status that a clock gave",
         seal(entry("2014-04-02", {"advance": {"sources": [force], "to": "in-force"}}, HAGUE, "2014-04-01"))),
        ("a step that was published before it was recorded",
         seal(entry("2014-04-02T01:00:00.000001Z", {"remark": {"title": "format test: a remark"}}, HAGUE, "2014-04-01",
                    published="2014-04"))),
        ("a citation", seal(entry("2014-04-03", {"cite": {"entry": approve["id"], "note": "format test: a note on a citation",
                                                          "sources": [embassy]}}, HAGUE))),
        ("an attestation", seal(entry("2014-04-03", {"attest": {
            "note": "format test: this attests that the record is complete", "sources": [FILLER]}}, HAGUE, "2014-04-01"))),
        ("an attestation without members", seal(entry("2014-04-04", {"attest": {}}, "format-test/other", "2014-04"))),
        ("an amendment of a note", seal(entry("2014-04-05", {"amend": reworded}, HAGUE))),
        ("an amendment of title and topics", seal(entry("2014-04-06", {"amend": {
            "title": "The 1980 Hague Abduction Convention", "topics": ["treaties"]}}, HAGUE))),
        ("an amendment of titles and identifiers", seal(entry("2014-04-07", {"amend": {
            "identifiers": [{"scheme": "format-test", "value": "AB_2013.1 a"}, {"scheme": "format-test", "value": "คำสัญญา/1"}],
            "language": "en", "titles": {"ja": TREATY}}}, HAGUE))),
        ("an amendment that removes titles and identifiers", seal(entry("2014-04-08", {"amend": {
            "identifiers": [], "titles": {}, "topics": []}}, HAGUE))),
    ]


def others():
    invited = ("the United States has invited Prime Minister Shinzo Abe to visit Washington for talks with President Barack "
               "Obama in the third week of February")
    times = page("U.S. warns China to steer clear of Senkakus", "https://www.japantimes.co.jp/news/2013/01/20/national/"
                 "politics-diplomacy/u-s-warns-china-to-steer-clear-of-senkakus/", publisher="The Japan Times")
    bases = ("The United States will work toward lessening the impact of its military on host communities through base "
             "realignment.")
    islands = "The United States does not take a position on the sovereignty of the islands"
    obama = [page("The Japan Times, 24 April 2014", "https://www.japantimes.co.jp/news/2014/04/24/national/"
                  "obama-tells-abe-security-treaty-covers-senkakus/"),
             page("US Pacific Command, on the treaty commitment to Japan",
                  "https://www.pacom.mil/Media/News/Article/564126/obama-us-treaty-commitment-to-japan-is-absolute/")]
    canada = page("Government of Canada, timeline of the CPTPP",
                  "https://international.gc.ca/trade-commerce/trade-agreements-accords-commerciaux/agr-acc/cptpp-ptpgp/"
                  "timeline_negotiations-chronologie_negociations.aspx?lang=eng", language="en")
    notified = page("外務省 報道発表", "https://www.mofa.go.jp/mofaj/press/release/press4_004187.html", language="ja")
    return [
        ("a commitment of consideration", seal(entry("2013-01-20", register(
            "Participation in the Trans-Pacific Partnership", "consideration", ["jp"],
            "Japan will consider participation in the Trans-Pacific Partnership", VOA), TPP))),
        ("a commitment of result, due in a month", seal(entry("2013-01-21", register(
            "A visit of Prime Minister Abe to Washington", "result", ["us"], invited, times, to=["jp"], deadline="2013-02"),
            "us/abe-visit"))),
        ("a commitment of conduct", seal(entry("2013-01-21", register(
            "Less burden on host communities", "conduct", ["us", "jp"], bases, VOA), "us-jp/base-realignment"))),
        ("a commitment of position", seal(entry("2013-01-21", register(
            "No position on the sovereignty of the Senkaku Islands", "position", ["us"], islands, VOA), "us/senkaku"))),
        ("a remark with two sources", seal(entry("2014-04-25", {"remark": {
            "note": "Article 5 of the security treaty covers the islands; no position on sovereignty.", "sources": obama,
            "title": "President Obama, in Tokyo, restates the position"}}, "us/senkaku", "2014-04-24"))),
        ("a deposit without its instrument's name", seal(entry("2017-01-21", {"deposit": {
            "by": "jp", "note": "New Zealand is the depositary.", "sources": [notified]}}, TPP, "2017-01-20"))),
        ("a link to a successor, with its day", seal(entry("2018-12-31", {"link": {
            "note": "CPTPP entered into force.", "relation": "successor", "sources": [canada], "to": "jp/cptpp"}}, TPP,
            "2018-12-30"))),
        ("a link without a day", seal(entry("2019-01-01", {"link": {"relation": "related", "to": TPP}}, HAGUE))),
        *((f"the relation {relation}", seal(entry("2019-01-02", {"link": {"relation": relation, "to": TEST}},
                                                  "format-test/other")))
          for relation in ("duplicate-of", "replaces", "split-from", "merged-into")),
    ]


# ---- The format's corners ----

def test_remark(at, commitment=TEST, on="2013-01-18", title="format test: a remark", more=None, **members):
    return seal(entry(at, {"remark": {"title": title, **members}}, commitment, on, **(more or {})))


def treaty_in_full():
    """The rule of a treaty with every possible member."""
    sixty, third_month = {"days": {"count": 60}}, {"first-of-month": {"count": 3}}
    rule = {
        "basis": "format test: the article", "deposits": 6, "rule": sixty, "treaty": {
            "acceding": {"basis": "format test: on accession", "note": "format test: a note"},
            "general": [
                {"basis": "format test: six, or half of the signatories", "deposits": 6, "or_percent_of_signatories": 50,
                 "rule": sixty},
                {"all_signatories": True, "basis": "format test: all signatories", "rule": sixty},
                {"basis": "format test: a share", "deposits": 6, "period": {"met": "within", "months": 24}, "rule": sixty,
                 "share": {"at_least": "85.5", "of": "format test: a total"}},
                {"basis": "format test: the same, later", "period": {"met": "after", "months": 24}, "rule": sixty,
                 "share": {"at_least": "85.5", "of": "format test: a total"}}],
            "id": "format-test", "later": {"basis": "format test: later", "rule": third_month},
            "leaving": {"basis": "format test: leaving", "not_before_months": 36, "terms": {"months": 60, "notice_months": 6}},
            "organizations": {"basis": "format test: organizations", "parties": [{"id": "eu", "names": ["European Union"]}]},
            "references": [FILLER], "signatories": {"count": 2, "parties": [{"id": "jp"}, {"id": "us", "names": ["USA"]}]},
            "signed": "2016-02-04", "title": {"en": "format test"}}}
    return register("format test: a treaty's rule", "result", ["jp"], "format test: the words", FILLER,
                    rules={"entry-into-force": rule})


def everything():
    rules = {name: {"basis": f"format test: basis of {name}", "rule": rule} for name, rule in (
        ("close-containing", {"close": {"calendar": "jp/diet-sessions", "of": "containing"}}),
        ("close-next", {"close": {"calendar": "jp/diet-sessions", "ended_by": "term-end", "of": "next"}}),
        ("close-prorogation", {"close": {"calendar": "jp/diet-sessions", "ended_by": "prorogation", "of": "next"}}),
        ("days", {"days": {"count": 1, "first_day_counts": True}}),
        ("days-within", {"days": {"count": 21, "within_periods_of": "jp/diet-sessions"}}),
        ("first-of-month", {"first-of-month": {"count": 1}}),
        ("first-of-month-after-days", {"first-of-month-after-days": {"count": 60}}),
        ("full-days", {"full-days": THIRTY_DAYS}),
        ("months", {"months": {"count": 12}}), ("weeks", {"weeks": {"count": 6}}), ("years", {"years": {"count": 1}}))}
    rules["its-own-rule"] = {"basis": "format test: sixty days after the sixth deposit", "deposits": 6,
                             "rule": {"days": {"count": 60}}}
    opening = {"note": "format test: a note on the opening", "on": "2012", "sources": [EVERY_SOURCE_MEMBER], "status": "submitted"}
    whole = register("format test: a commitment with every member", "result", ["jp", "us"], "format test: the words",
                     EVERY_SOURCE_MEMBER, deadline="2013-12-31", opening=opening, part_of="us-jp/base-realignment", rules=rules,
                     to=["us", "jp"], topics=["format-test", "format-test/second"], language="en",
                     identifiers=[{"scheme": "format-test", "value": "AB_2013.1"}, {"scheme": "format-test/second", "value": "=1 \"2\""}],
                     titles={"ja": "書式試験", "de-ch": "Formatprüfung"})
    whole["register"]["words"] |= {"language": "en", "translations": {"ja": "書式試験の言葉"}}
    roughly = register("format test: a commitment with imprecise dates", "result", ["jp"], "format test: the words", FILLER,
                       made="2012", deadline="[2013-11-01..2013-11-30]", opening={
                           "clocks_not_started": ["entry-into-force"], "clocks_started": {"thirty-days": "2012-06"},
                           "on": "[2012-05-28..2012-06-03]", "status": "submitted"})
    bill = {"register": {"by": ["jp"], "made": "2013-01-18", "procedure": PIN, "title": "format test: a bill, without a promise"}}
    pledge = {"define": {"procedure": {
        "id": "format-test/pledge", "initial": "not-rated", "statuses": [
            status("not-rated", "planned", unrated=True,
                   description={"en": "format test: not rated\nformat test: a second paragraph", "ja": "書式試験"}), status("partly-kept", "achieved", final=True, partly=True)],
        "title": {"en": "format test: a pledge"}, "transitions": [{
            "basis": "format test: practice", "from": ["not-rated"], "title": {"en": "format test: kept in part"},
            "to": "partly-kept"}], "version": 1}}}
    withdrawn = test_remark("2013-01-23", title="format test: a remark to retract")
    mistaken = seal(entry("2013-01-23", {"define": {"party": {"id": "format-test/party", "names": {"en": "format test"}}}}))
    return [
        ("a commitment with every member and each kind of rule", seal(entry("2013-01-22", whole, TEST))),
        ("a commitment with imprecise dates, and clocks before its opening", seal(entry("2013-01-22", roughly, "format-test/roughly"))),
        ("a matter without a promise", seal(entry("2013-01-22", bill, "format-test/bill"))),
        ("a procedure with a status that is not rated and one that is partly kept", seal(entry("2013-01-22", pledge))),
        ("a treaty's rule in full", seal(entry("2013-01-22", treaty_in_full(), "format-test/treaty"))),
        ("an advance with only a status", seal(entry("2013-01-22", {"advance": {"to": "approved"}}, TEST, "2013-01-22"))),
        ("a deposit with a share, and an instrument", seal(entry("2013-01-23", {"deposit": {
            "by": "us", "instrument": "format-test", "note": "format test: a share", "share": "0.50"}}, TEST, "2013-01-22"))),
        ("a share of 30 characters", seal(entry("2013-01-23", {"deposit": {
            "by": "jp", "share": "12.345678901234567890123456789"}}, TEST, "2013-01-23"))),
        ("a new deadline, with a note and a source", seal(entry("2013-01-24", {"reschedule": {
            "deadline": "2014-02-28", "note": "format test: rescheduled", "sources": [FILLER]}}, TEST, "2013-01-24"))),
        ("a new deadline, a year", seal(entry("2013-01-25", {"reschedule": {"deadline": "2015"}}, TEST, "2013-01-25"))),
        ("a remark", withdrawn),
        ("a retraction", seal(entry("2013-01-24", {"retract": {
            "entry": withdrawn["id"], "reason": "format test: retracted"}}, TEST))),
        ("a definition", mistaken),
        ("a retraction of a definition, without a commitment", seal(entry("2013-01-24", {"retract": {
            "entry": mistaken["id"], "reason": "format test: retracted"}}))),
    ]


def bodies():
    """Bodies that are responsible, in the registration and by later facts."""
    named = [{"body": "jp/foreign-ministry", "role": "lead"}, {"body": "jp/justice-ministry"}]
    return [
        ("a commitment with two responsible bodies", seal(entry("2013-02-06", register(
            "format test: responsible bodies", "result", ["jp"], "format test: the words", FILLER, responsible=named),
            "format-test/bodies"))),
        ("an assignment with every member", seal(entry("2013-02-07", {"assign": {
            "body": "jp/cabinet-office", "note": "format test: assigned", "role": "supporting", "sources": [FILLER],
            "until": "2014"}}, "format-test/bodies", "2013-02"))),
        ("an assignment of a body alone", seal(entry("2013-02-07", {"assign": {"body": "jp/cabinet-office"}},
                                                     "format-test/bodies", "[2013-02-01..2013-02-05]"))),
        ("the end of an assignment with every member", seal(entry("2013-02-07", {"unassign": {
            "body": "jp/foreign-ministry", "note": "format test: no longer", "role": "lead", "sources": [FILLER]}},
            "format-test/bodies", "2013-02-06"))),
        ("the end of an assignment in every role", seal(entry("2013-02-07", {"unassign": {"body": "jp/justice-ministry"}},
                                                              "format-test/bodies", "2013"))),
    ]


def targets():
    """A target in numbers, and measurements."""
    def promised(name, on, target):
        return seal(entry(on, register(f"format test: {name}", "result", ["jp"], "format test: the words", FILLER,
                                       target=target), f"format-test/{name}"))
    return [
        ("a commitment with a target and its date", promised("homes", "2013-02-08", {
            "date": "2015-12", "unit": "homes", "value": "1000"})),
        ("a target without a date, with a fraction", promised("output", "2013-02-08", {"unit": "% of 1990", "value": "74.5"})),
        ("a target of zero", promised("camps", "2013-02-08", {"unit": "収容所", "value": "0"})),
        ("a measurement with every member", seal(entry("2013-02-09", {"measure": {
            "note": "format test: counted", "sources": [FILLER], "value": "120.50"}}, "format-test/homes", "2013-02"))),
        ("a measurement of a value alone", seal(entry("2013-02-09", {"measure": {"value": "0"}}, "format-test/homes",
                                                      "2013-02-08"))),
    ]


def repins():
    """A commitment moves to another procedure."""
    other = {"digest": sha256("format test: another procedure"), "id": "format-test/other", "version": 2}
    return [
        ("a repin with every member", seal(entry("2013-02-10", {"repin": {
            "procedure": other, "reason": "format test: the procedure was reformed",
            "statuses": {"accepted": "agreed", "submitted": "tabled"}}}, "format-test/homes"))),
        ("a repin without a table of statuses", seal(entry("2013-02-10", {"repin": {
            "procedure": {**other, "version": 3}, "reason": "format test: a clock was missing"}}, "format-test/homes"))),
    ]


def times():
    return [
        ("a month", test_remark("2013-02-01", on="2013-01")),
        ("a year", test_remark("2013-02-01", on="2012")),
        ("one unknown day of a range", test_remark("2013-02-05", on="[2013-01-30..2013-02-02]")),
        ("a range of two days", test_remark("2013-02-05", on="[2013-01-30..2013-01-31]")),
        ("a range of 65,536 days", test_remark("2013-02-05", on="[1833-08-29..2013-02-01]")),
        ("a commitment made in a month, due within a range", seal(entry("2013-02-05", register(
            "format test: made in a month", "result", ["jp"], "format test: the words", FILLER, made="2013-01",
            deadline="[2013-03-01..2013-03-05]"), "format-test/made"))),
        ("the 29th of February of a leap year", test_remark("2013-02-01", on="2012-02-29")),
        ("the 29th of February of a leap century", test_remark("2013-02-01", on="2000-02-29")),
        ("the first day and the first moment", test_remark("0001-01-01T00:00:00.000000Z", on="0001-01-01")),
        ("the last day and the last moment", test_remark("9999-12-31T23:59:59.999999Z", on="9999-12-31")),
    ]


def unknown():
    nested = 'format test'
    for _ in range(31):  # the entry itself is the first of 32
        nested = [nested]
    odd = {"array": [[], {}, [[[]]], [1, [2, [3]]]], "booleans": [True, False], "controls": "\x00\x01\b\t\n\x0b\f\r\x1f",
           "integers": [0, -1, 2**53 - 1, 1 - 2**53], "null": None,
           "not escaped": "/ \x7f \x80 \xa0 \u2028 \u2029 \ufeff \uffff \U0010ffff",
           "quotes": "\"double\" 'single' \\ backslash \\u0041"}
    keys = {"": 0, "\n": 1, " ": 2, "!": 3, "\"": 4, "#": 5, "-": 6, "A": 7, "Z": 8, "\\": 9, "]": 10, "_": 11, "a": 12,
            "a-": 13, "a1": 14, "aA": 15, "aa": 16, "b": 17, "\x7f": 18}
    source = {**FILLER, "x_confidence": "format test", "x_pages": [1, 2]}

    def define(later=None, **what):
        return seal(entry("2013-02-02", {"define": {**what, **(later or {})}}))

    procedure = {**PROCEDURE, "clocks": [{**PROCEDURE["clocks"][5], "rule": {"months": {"count": 12, "x_from": 1}, "x_unless": []}},
                                         *PROCEDURE["clocks"][:5]], "id": "format-test/later"}
    endless = {**PROCEDURE, "id": "format-test/endless", "initial": "format-test/nowhere"}
    unordered = {"id": "format-test/unordered", "periods": [{"basis": "recalled", "convened": "2013-01-01", "number": 2},
                                                            {"basis": "recalled", "convened": "2012-01-01", "number": 1}],
                 "through": "2013-12-31", "title": titled("unordered")}
    return [
        ("unknown members of an entry", test_remark("2013-02-02", more={"x_format_test": odd})),
        ("unknown members of a fact and of a source", test_remark("2013-02-02", sources=[source], x_format_test=odd)),
        ("keys in the order of their characters, not of their escapes", test_remark("2013-02-02", more={"x_format_test": keys})),
        ("unknown members of a batch and of its entries", *batch_with_unknown()[:1]),
        ("unknown members of a batch: 2", *batch_with_unknown()[1:]),
        ("unknown members of a definition", seal(entry("2013-02-02", {"define": {"party": {
            "id": "format-test/second", "names": {"en": "format test"}, "x_format_test": [True]}}}))),
        ("unknown members beside what is defined", define({"aaa": 1, "x_scope": "format test"}, party={
            "id": "format-test/scope", "names": {"en": "format test"}})),
        ("unknown members beside the word of a rule and in it", define(procedure=procedure)),
        ("a procedure that cannot be used, because it starts at no status", define(procedure=endless)),
        ("a calendar that cannot be used, because its periods are not in order", define(calendar=unordered)),
        ("a transition that needs no source, and says so", define(procedure={
            **PROCEDURE, "id": "format-test/no-source", "transitions": [
                {**PROCEDURE["transitions"][0], "sources": 0}, *PROCEDURE["transitions"][1:]]})),
        ("a commitment with no rules, which says so", seal(entry("2013-02-02", register(
            "format test: no rules", "result", ["jp"], "format test: the words", FILLER, rules={}), "format-test/no-rules"))),
        ("objects and arrays nested 32 deep", test_remark("2013-02-02", more={"x_format_test": nested})),
        ("brackets in a string are no nesting", test_remark("2013-02-02", more={"x_format_test": "[{" * 40 + "\\\""})),
        ("an unknown kind", seal(entry("2013-02-03", {"x-format-test": {"on": 1, "to": [None]}}, TEST, "2013-02-03"))),
        ("an unknown kind without commitment or day", seal(entry("2013-02-03", {"x-format-test": {}}))),
    ]


def batch_with_unknown():
    return batch([entry(f"2013-02-02T02:00:00.00000{nth}Z", {"remark": {"title": f"format test: {nth} of a batch"}}, TEST,
                       "2013-02-02") for nth in (1, 2)], x_format_test="kept")


def limits():
    def exactly(size, build):
        line = spell(build(""))
        return build("x" * (size - len(line.encode())))

    many = [{**FILLER, "url": f"https://example.org/{nth}"} for nth in range(1, 101)]
    quoted = "format test: \"quotes\", 'quotes', \\ and / in 「日本語」, עברית, 🇯🇵 and e\u0301"
    return [
        ("quotes, backslashes and many scripts", test_remark("2013-02-04", title=quoted, note=quoted)),
        ("a title of 300 characters outside the basic plane", test_remark("2013-02-04", title="書式試験: " + "𠮷" * 294)),
        ("a note of 100,000 characters", test_remark("2013-02-04", note="format test: 長" + "x" * 99_986)),
        ("a note and a quotation of several paragraphs", test_remark("2013-02-04", note="format test: one\n\ntwo\nthree", sources=[
            {**FILLER, "quotation": "format test: one\ntwo"}])),
        ("a source without a URL", test_remark("2013-02-04", sources=[{"title": "format test: a book"}])),
        ("100 sources", test_remark("2013-02-04", sources=many)),
        ("an opening with 99 sources, which with that of the words are 100", seal(entry("2013-02-04", register(
            "format test: 100 sources", "result", ["jp"], "format test: the words", FILLER,
            opening={"on": "2013-01", "sources": many[:99], "status": "submitted"}), "format-test/sources"))),
        ("a slug of 128 characters", test_remark("2013-02-04", commitment="format-test/" + "a-1/" * 28 + "abcd")),
        ("a URL of 2000 bytes", test_remark("2013-02-04", sources=[{**FILLER, "url": "https://example.org/" + "x" * 1980}])),
        ("URLs with a port, a query, a fragment and another script", test_remark("2013-02-04", sources=[
            {**FILLER, "url": "http://example.org:8080/?q=%20#x"}, {**FILLER, "url": "https://example.org/条約"}])),
        ("URLs of ftp and with a scheme in capitals", test_remark("2013-02-04", sources=[
            {**FILLER, "url": "ftp://example.org/a"}, {**FILLER, "url": "HTTPS://EXAMPLE.ORG/a"}])),
        ("a line of more than 64 KiB", exactly(70_000, lambda filler: test_remark(
            "2013-02-04", more={"x_format_test": f"format test: {filler}"}))),
        ("a definition of more than 64 KiB", exactly(70_000, lambda filler: seal(entry("2013-02-04", {"define": {"party": {
            "id": "format-test/large", "names": {"en": "format test: large"}, "x_format_test": filler}}})))),
    ]


def good_lines():
    """Pairs of a description and a line. The last line is a duplicate, which is allowed."""
    named = [*definitions(), *convention(), *others(), *everything(), *bodies(), *targets(), *repins(), *times(), *unknown(), *limits()]
    lines = [(name, spell(sealed)) for name, sealed in named]
    assert len({line for _, line in lines}) == len(lines), "two good lines are the same"
    return [*lines, ("an exact duplicate of the fourth line", lines[3][1])]
