"""The bad lines, each with exactly one fault.

The id of a line is correct unless the fault is in the id. If the line is not canonical, the id is that
of the canonical form if there is one, otherwise that of the bytes as written.
"""

import base64
import json

from good_lines import FILLER, PIN
from spelling import batch, entry, seal, sha256, spell

COMMITMENT, DAY = "format-test/bad", "2013-01-18"
SLOT = '"@@"'  # is replaced by the value in another form


def remark(more=None, **members):
    return entry("2013-02-01", {"remark": {"title": "format test: a remark", **members}}, COMMITMENT, DAY, **(more or {}))


def advance(**members):
    return entry("2013-02-01", {"advance": {"to": "submitted", **members}}, COMMITMENT, DAY)


def deposit(**members):
    return entry("2013-02-01", {"deposit": {"by": "jp", **members}}, COMMITMENT, DAY)


def define(**what):
    return entry("2013-02-01", {"define": what})


def register(without=(), **members):
    body = {"by": ["jp"], "made": DAY, "obligation": "result", "procedure": PIN, "title": "format test: a commitment",
            "words": {"source": FILLER, "text": "format test: the words"}, **members}
    return entry("2013-02-01", {"register": {name: value for name, value in body.items() if name not in without}}, COMMITMENT)


def changed(base, without=(), **members):
    """The entry with some members changed, added or removed."""
    return {name: value for name, value in {**base, **members}.items() if name not in without}


def line_of(base):
    return spell(seal(base))


def spelled(value, means=None):
    """A line with a value in another form. `means` is the canonical form, if there is one."""
    base = remark({"x_format_test": "@@"})
    id = sha256(spell(base).replace(SLOT, means or value))
    return spell({**base, "id": id}).replace(SLOT, value)


def case(name, code, line, **more):
    return {"name": name, "code": code, **({"line": line} if isinstance(line, str) else
                                           {"base64": base64.b64encode(line).decode()}), **more}


def field(name, path, base):
    return case(name, "invalid-field", line_of(base), field=path)


def repeated(name, code, base, text, times, **more):
    """A case with a long text. The token @@ in the line stands for the text."""
    right = sha256(spell(base).replace("@@", text * times))
    return case(name, code, spell({**base, "id": right}), repeat={"token": "@@", "with": text, "times": times}, **more)


# ---- Bytes ----

def files():
    good = line_of(remark())
    raw = good.encode()
    filler = remark({"x_format_test": "@@"})
    size = len(line_of(filler)) - len("@@")
    party = define(party={"id": "format-test/large", "names": {"en": "format test"}, "x_format_test": "@@"})
    return [
        case("a byte that UTF-8 does not have", "not-utf8", raw.replace(b"a remark", b"a \xffemark") + b"\n"),
        case("a character cut off", "not-utf8", raw.replace(b"a remark", b"a remark\xe6\x97") + b"\n"),
        case("half of a surrogate pair in UTF-8", "not-utf8", raw.replace(b"a remark", b"a \xed\xa0\x80") + b"\n"),
        case("a slash written in two bytes", "not-utf8", raw.replace(b"bad\"", b"bad\xc0\xaf\"") + b"\n"),
        case("Latin-1", "not-utf8", "é".encode("latin-1").join((raw[:-2], raw[-2:])) + b"\n"),
        case("a byte order mark", "byte-order-mark", "\ufeff" + good),
        case("CRLF", "carriage-return", good + "\r"),
        case("a carriage return within the line", "carriage-return", good.replace(',"id"', ',\r"id"')),
        case("a last line cut off", "torn-line", raw[:-20]),
        case("a last line cut off in a character", "torn-line", line_of(remark(note="日本語")).encode().split("本".encode()[1:])[0]),
        case("a last line that lost its beginning", "torn-line", raw[20:]),
        case("an empty line", "empty-line", ""),
        case("git's marker before one side", "conflict-marker", "<<<<<<< HEAD"),
        case("git's marker before the common version", "conflict-marker", "||||||| 1f2e3d4"),
        case("git's marker between two sides", "conflict-marker", "======="),
        case("git's marker after the other side", "conflict-marker", ">>>>>>> a branch"),
        case("a line like a marker, of eight characters", "not-json", "========"),
        case("an empty line between two good ones", "empty-line", raw + b"\n\n" + raw + b"\n"),
        repeated("a line of 1,048,577 bytes", "line-too-long", filler, "x", 1_048_577 - size),
        repeated("a line of 1,200,000 bytes", "line-too-long", filler, "語", 400_000),
        repeated("a definition of more than 1 MiB", "line-too-long", party, "x",
                 1_048_577 - len(line_of(party)) + len("@@")),
    ]


# ---- JSON and its spelling ----

def syntax():
    good = line_of(remark())
    return [
        case("not JSON at all", "not-json", "format test"),
        case("an object that does not end", "not-json", good[:-1]),
        case("a comma too many", "not-json", good[:-1] + ",}"),
        case("a comma too few", "not-json", good.replace(',"on"', '"on"')),
        case("two entries on a line", "not-json", good + good),
        case("something after the entry", "not-json", good + "#"),
        case("a comment", "not-json", "/* format test */" + good),
        case("single quotes", "not-json", good.replace('"desk"', "'desk'")),
        case("a key without quotes", "not-json", good.replace('"on"', "on")),
        case("a tab in a string, not escaped", "not-json", spelled('"a\tb"')),
        case("an escape that JSON does not have", "not-json", spelled('"\\x41"')),
        case("a unicode escape cut off", "not-json", spelled('"\\u12"')),
        case("a leading zero", "not-json", spelled("01")),
        case("a leading plus", "not-json", spelled("+1")),
        case("a lone minus", "not-json", spelled("-")),
        case("NaN", "not-json", spelled("NaN")),
        case("Infinity", "not-json", spelled("-Infinity")),
        case("True", "not-json", spelled("True")),
        case("an array", "not-an-object", "[]"),
        case("an entry in an array", "not-an-object", f"[{good}]"),
        case("a string", "not-an-object", '"format test"'),
        case("a number", "not-an-object", "42"),
        case("null", "not-an-object", "null"),
        case("a fraction", "float", spelled("1.5")),
        case("a whole number with a point", "float", spelled("1.0")),
        case("a whole number with an exponent", "float", spelled("1e3")),
        case("a capital exponent", "float", spelled("-1E-3")),
        case("a number that no float holds", "float", spelled("1e400")),
        case("2^53", "integer-too-large", spelled("9007199254740992")),
        case("-2^53", "integer-too-large", spelled("-9007199254740992")),
        case("2^64", "integer-too-large", spelled("18446744073709551616")),
        case("an integer of 5000 digits", "integer-too-large", spelled("9" * 5000)),
        case("a key twice", "duplicate-key", spelled('{"a":1,"a":1}')),
        case("a key twice, with other values", "duplicate-key", spelled('{"a":1,"a":2}')),
        case("a member of the entry twice", "duplicate-key", good.replace(',"on"', f',"on":"{DAY}","on"')),
        case("a key in another script", "key-not-ascii", spelled('{"鍵":1}')),
        case("a key with an accent, deep down", "key-not-ascii", spelled('[{"a":{"clé":1}}]')),
        case("arrays nested 33 deep", "too-deep", spelled("[" * 32 + "]" * 32)),
        case("objects nested 33 deep", "too-deep", spelled('{"a":' * 32 + "0" + "}" * 32)),
        case("arrays nested 5000 deep", "too-deep", spelled("[" * 5000 + "]" * 5000)),
        case("a high surrogate alone", "lone-surrogate", spelled('"\\ud83d"')),
        case("a low surrogate alone", "lone-surrogate", spelled('"\\udc00"')),
        case("surrogates the wrong way round", "lone-surrogate", spelled('"\\udc00\\ud83d"')),
    ]


def spelling():
    good = line_of(remark())
    entry_ = json.loads(good)
    backwards = {name: entry_[name] for name in reversed(sorted(entry_))}
    return [
        case("a space after a colon", "not-canonical", good.replace('"on":', '"on": ')),
        case("a space after a comma", "not-canonical", good.replace(',"on"', ', "on"')),
        case("a space before the entry", "not-canonical", " " + good),
        case("a space after the entry", "not-canonical", good + " "),
        case("a tab between members", "not-canonical", good.replace(',"on"', ',\t"on"')),
        case("a space in an empty array", "not-canonical", spelled("[ ]", "[]")),
        case("a space, with the id of the line as it stands", "not-canonical", spelled("[ ]")),
        case("members in another order", "not-canonical", json.dumps(backwards, separators=(",", ":"))),
        case("keys of an unknown member in another order", "not-canonical", spelled('{"b":1,"a":2}', '{"a":2,"b":1}')),
        case("lower case before capitals", "not-canonical", spelled('{"a":1,"B":2}', '{"B":2,"a":1}')),
        case("keys in another order, with the id of the line as it stands", "not-canonical", spelled('{"b":1,"a":2}')),
        case("a letter escaped", "not-canonical", spelled('"\\u0061"', '"a"')),
        case("a letter of another script escaped", "not-canonical", spelled('"\\u65e5"', '"日"')),
        case("a surrogate pair escaped", "not-canonical", spelled('"\\ud83c\\uddef"', '"🇯"')),
        case("a slash escaped", "not-canonical", spelled('"\\/"', '"/"')),
        case("DEL escaped", "not-canonical", spelled('"\\u007f"', '"\x7f"')),
        case("a line feed in the long escape", "not-canonical", spelled('"\\u000a"', '"\\n"')),
        case("an escape in capitals", "not-canonical", spelled('"\\u001F"', '"\\u001f"')),
        case("a key escaped", "not-canonical", spelled('{"\\u0061":1}', '{"a":1}')),
        case("minus zero", "not-canonical", spelled("-0", "0")),
    ]


# ---- Ids ----

def ids():
    right = seal(remark())
    flipped = right["id"][:-1] + ("0" if right["id"][-1] != "0" else "1")
    two = batch([remark(), remark()])
    loose = {**two[0], "id": sha256(spell(remark()))}
    return [
        case("an id with another last digit", "wrong-id", spell({**right, "id": flipped})),
        case("a text changed after sealing", "wrong-id", spell({**right, "recorded_by": "other-desk"})),
        case("an unknown member added after sealing", "wrong-id", spell({**right, "x_format_test": 1})),
        case("the id of the entry without its batch", "wrong-id", spell(loose)),
        field_of_id("no id", None),
        field_of_id("an id in capitals", right["id"].upper().replace("SHA256", "sha256")),
        field_of_id("an id without its algorithm", right["id"].removeprefix("sha256:")),
        field_of_id("an id that is too short", right["id"][:-1]),
        field_of_id("an id of another algorithm", "sha512:" + right["id"].removeprefix("sha256:")),
    ]


def field_of_id(name, id):
    return case(name, "invalid-field", spell(remark() if id is None else {**remark(), "id": id}), field="id")


# ---- Fields ----

def members_of_an_entry():
    cited, sealed = {"entry": sha256("format test"), "sources": [FILLER]}, sha256("format test")
    cite = entry("2013-02-01", {"cite": cited}, COMMITMENT)
    retract = entry("2013-02-01", {"retract": {"entry": sealed, "reason": "format test"}}, COMMITMENT)
    amend = entry("2013-02-01", {"amend": {"title": "format test"}}, COMMITMENT)
    party = define(party={"id": "format-test", "names": {"en": "format test"}})

    def in_batch(**members):
        return remark({"batch": {"nth": 1, "of": 3, **members}})

    return [
        field("an advance without its day", "on", changed(advance(), without=["on"])),
        field("a remark without its day", "on", changed(remark(), without=["on"])),
        field("a day on a citation", "on", changed(cite, on=DAY)),
        field("a day on a retraction", "on", changed(retract, on=DAY)),
        field("a day on an amendment", "on", changed(amend, on=DAY)),
        field("a day on a registration", "on", changed(register(), on=DAY)),
        field("a day on a definition", "on", changed(party, on=DAY)),
        field("no commitment", "commitment", changed(advance(), without=["commitment"])),
        field("a commitment on a definition", "commitment", changed(party, commitment=COMMITMENT)),
        field("no fact", "fact", changed(advance(), without=["fact"])),
        field("an empty fact", "fact", changed(advance(), fact={})),
        field("two facts in one entry", "fact",
              changed(advance(), fact={"advance": {"to": "submitted"}, "remark": {"title": "format test"}})),
        field("a known and an unknown fact in one entry", "fact",
              changed(advance(), fact={"advance": {"to": "submitted"}, "x-format-test": {}})),
        field("a fact that is a string", "fact", changed(advance(), fact="advance")),
        field("a body that is an array", "fact.advance", changed(advance(), fact={"advance": []})),
        field("an unknown fact that is a string", "fact.x-format-test", changed(advance(), fact={"x-format-test": "format test"})),
        field("nobody recorded it", "recorded_by", changed(advance(), without=["recorded_by"])),
        field("somebody recorded it whose name is no slug", "recorded_by", changed(advance(), recorded_by="The Desk")),
        field("no moment", "recorded_at", changed(advance(), without=["recorded_at"])),
        field("null for an optional member of the entry", "after", changed(advance(), after=None)),
        field("an `after` that is no id", "after", changed(advance(), after="the-other")),
        field("published on no date", "published", changed(advance(), published="last year")),
        field("a definition that was published elsewhere", "published", changed(party, published="2013-01-18")),
        field("a batch without its size", "batch.of", remark({"batch": {"nth": 1}})),
        field("the first of a batch, with one before it", "batch.previous", in_batch(previous=sealed)),
        field("the second of a batch, with none before it", "batch.previous", in_batch(nth=2)),
        field("a batch of one", "batch.of", in_batch(of=1)),
        field("a batch of 10,001", "batch.of", in_batch(of=10_001)),
        field("the zeroth of a batch", "batch.nth", in_batch(nth=0, previous=sealed)),
        field("the fourth of a batch of three", "batch.nth", in_batch(nth=4, previous=sealed)),
        field("a place in a batch as a string", "batch.nth", in_batch(nth="1")),
        field("a place in a batch as a boolean", "batch.nth", in_batch(nth=True)),
    ]


def times():
    days = {"the 29th of February of a common year": "2013-02-29", "the 29th of February of a common century": "1900-02-29",
            "month 13": "2013-13-01", "month 0": "2013-00", "the 31st of April": "2013-04-31", "day 0": "2013-04-00",
            "year 0": "0000-01-01", "year 0, alone": "0000", "year 10000": "10000-01-01", "a month of one digit": "2013-1",
            "a day of one digit": "2013-01-1", "a day without hyphens": "20130118", "a day with slashes": "2013/01/18",
            "a moment for a day": "2013-01-18T00:00:00.000000Z", "a day with a space": "2013-01-18 ",
            "a week": "2013-W03", "digits of another script": "２０１３-01-18", "no day at all": ""}
    moments = {"a moment with an offset": "2013-02-01T01:00:00.000000+00:00", "milliseconds": "2013-02-01T01:00:00.000Z",
               "no fraction of a second": "2013-02-01T01:00:00Z", "nanoseconds": "2013-02-01T01:00:00.000000000Z",
               "a moment without its zone": "2013-02-01T01:00:00.000000", "a space for the T": "2013-02-01 01:00:00.000000Z",
               "lower-case letters": "2013-02-01t01:00:00.000000z", "hour 24": "2013-02-01T24:00:00.000000Z",
               "minute 60": "2013-02-01T01:60:00.000000Z", "a leap second": "2012-06-30T23:59:60.000000Z",
               "a moment of a day that is none": "2013-02-29T01:00:00.000000Z", "a moment of year 0": "0000-01-01T00:00:00.000000Z",
               "a day for a moment": "2013-02-01"}
    return [
        *(field(name, "on", changed(remark(), on=day)) for name, day in days.items()),
        *(field(name, "recorded_at", changed(remark(), recorded_at=moment)) for name, moment in moments.items()),
        field("a year as a number", "on", changed(remark(), on=2013)),
        field("microseconds as a number", "recorded_at", changed(remark(), recorded_at=1_359_680_400_000_000)),
        field("a month that does not exist as the date made", "fact.register.made", register(made="2013-13")),
        field("a range that ends before it begins", "on", changed(remark(), on="[2013-02-14..2013-02-10]")),
        field("a range of one day", "on", changed(remark(), on="[2013-02-14..2013-02-14]")),
        field("a range of months", "on", changed(remark(), on="[2013-02..2013-03]")),
        field("a range of 65,537 days", "on", changed(remark(), on="[1800-01-01..1979-06-08]")),
        field("an open range", "on", changed(remark(), on="[2013-02-14..]")),
        field("a deadline that is no date", "fact.register.deadline", register(deadline="2013-02-30")),
        field("a publication day that is none", "fact.remark.sources[0].published",
              remark(sources=[{**FILLER, "published": "2013-02-29"}])),
    ]


def values():
    def source(**members):
        return remark(sources=[changed(FILLER, **members)])

    urls = {"a javascript: URL": "javascript:alert(1)", "a gopher: URL": "gopher://example.org/", "a URL without its scheme": "example.org",
            "a URL without a host": "https://", "a URL with a path and no host": "https:///x",
            "a URL with a space": "https://example.org/a b", "a URL with an escaped line feed": "https://example.org/\n",
            "a URL of 2001 bytes": "https://example.org/" + "x" * 1981,
            "a URL of 2000 characters and more bytes": "https://example.org/" + "é" + "x" * 1979,
            "a URL after a space": " https://example.org/", "an empty URL": ""}
    titles = {"a control character in a title": "format test: \x00", "a tab in a title": "format\ttest",
              "DEL in a title": "format test: \x7f", "a control character of the second block": "format test: \x85",
              "an empty title": "", "a blank title": "   ", "a title of ideographic spaces": "\u3000\u00a0\u2003"}
    slugs = {"a capital in a slug": "Submitted", "an empty slug": "", "a slug with a space": "not submitted",
             "a slug with an underscore": "not_submitted", "a slug that starts with a hyphen": "-submitted",
             "a slug that ends with a hyphen": "submitted-", "a slug with two hyphens": "not--submitted",
             "a slug that starts with a slash": "/submitted", "a slug that ends with a slash": "submitted/",
             "a slug with an empty segment": "not//submitted", "a slug in another script": "提出",
             "a slug with an escaped line feed": "submitted\n", "a slug of 129 characters": "a" * 129}
    shares = {"a share as a float would write it": ".5", "a share with a superfluous zero": "00.5", "a negative share": "-0.5",
              "a share with a point and no more": "1.", "a share with an exponent": "1e3", "a share in percent": "50%",
              "a share of 31 characters": "0." + "1" * 29}
    return [
        *(field(name, "fact.remark.sources[0].url", source(url=url)) for name, url in urls.items()),
        *(field(name, "fact.remark.title", remark(title=title)) for name, title in titles.items()),
        *(field(name, "fact.advance.to", advance(to=slug)) for name, slug in slugs.items()),
        *(field(name, "fact.deposit.share", deposit(share=share)) for name, share in shares.items()),
        field("a share as a number", "fact.deposit.share", deposit(share=1)),
        field("a title of 301 characters", "fact.remark.title", remark(title="format test: " + "x" * 288)),
        field("a title of 301 characters outside the basic plane", "fact.remark.title", remark(title="𠮷" * 301)),
        field("a line feed in a title", "fact.remark.title", remark(title="format\ntest")),
        repeated("a note of 100,001 characters", "invalid-field", remark(note="@@"), "x", 100_001, field="fact.remark.note"),
        field("a carriage return in a note", "fact.remark.note", remark(note="format\r\ntest")),
        field("a tab in a note", "fact.remark.note", remark(note="format\ttest")),
        field("a blank note", "fact.remark.note", remark(note=" ")),
        field("a note of line feeds", "fact.remark.note", remark(note="\n\n")),
        field("a title that is a number", "fact.remark.title", remark(title=2013)),
        field("a source without its title", "fact.remark.sources[0].title", source(without=["title"])),
        field("a source with a URL that is null", "fact.remark.sources[1].url", remark(sources=[FILLER, {**FILLER, "url": None}])),
        field("a page that is a number", "fact.remark.sources[0].page", source(page=4)),
        field("a line feed in an identifier", "fact.remark.sources[0].identifier", source(identifier="doi:10.5555/1\n")),
        field("a source that is a list", "fact.remark.sources[0]", remark(sources=[["format test", "https://example.org/"]])),
        field("a source that is a string", "fact.remark.sources[0]", remark(sources=["https://example.org/"])),
        field("sources that are an object", "fact.remark.sources", remark(sources=FILLER)),
        field("101 sources", "fact.remark.sources", remark(sources=[FILLER] * 101)),
        field("101 sources with that of the words", "fact.register.opening.sources",
              register(opening={"on": "2012", "sources": [FILLER] * 100, "status": "submitted"})),
        field("a language with a region in capitals", "fact.remark.sources[0].language", source(language="en-US")),
        field("a language of nine letters", "fact.remark.sources[0].language", source(language="sometimes")),
        field("a language that begins with a digit", "fact.remark.sources[0].language", source(language="1-en")),
        field("a language with a slash", "fact.remark.sources[0].language", source(language="en/us")),
        field("null for a note", "fact.remark.note", remark(note=None)),
        field("null for sources", "fact.remark.sources", remark(sources=None)),
    ]


def facts():
    def fact(kind, on=None, **members):
        return entry("2013-02-01", {kind: members}, COMMITMENT, on)

    id, names = sha256("format test"), {"en": "format test"}
    procedure = {"id": "format-test", "initial": "a", "statuses": [{"id": "a", "phase": "planned", "title": names}],
                 "title": names, "transitions": [], "version": 1}
    status, calendar = procedure["statuses"][0], {"id": "format-test", "periods": [], "through": DAY, "title": names}
    period = {"basis": "published", "convened": DAY, "number": 1}

    def given(rule):
        return register(rules={"a": {"basis": "format test", "rule": rule}})

    def of_treaty(**members):
        sixty = {"days": {"count": 60}}
        treaty = {"general": [{"basis": "format test", "deposits": 2, "rule": sixty}], "id": "format-test", "title": names}
        rule = {"basis": "format test", "deposits": 2, "rule": sixty, "treaty": changed(treaty, **members)}
        return register(rules={"a": rule})

    return [
        field("an advance to nowhere", "fact.advance.to", changed(advance(), fact={"advance": {}})),
        field("a deposit by nobody", "fact.deposit.by", changed(deposit(), fact={"deposit": {}})),
        field("a citation of nothing", "fact.cite.entry", fact("cite", sources=[FILLER])),
        field("a citation without sources", "fact.cite.sources", fact("cite", entry=id)),
        field("a new deadline that is none", "fact.reschedule.deadline", fact("reschedule", on=DAY)),
        field("an amendment that changes nothing", "fact.amend", fact("amend")),
        field("an amendment of a note of no entry", "fact.amend.entry", fact("amend", note="format test")),
        field("an amendment of an entry without a note", "fact.amend.note", fact("amend", entry=id, title="format test")),
        field("a responsible body without its id", "fact.register.responsible[0].body", register(responsible=[{"role": "lead"}])),
        field("a responsible body that is a string", "fact.register.responsible[0]", register(responsible=["jp/cabinet-office"])),
        field("a role with a space", "fact.register.responsible[0].role",
              register(responsible=[{"body": "jp", "role": "in the lead"}])),
        field("an assignment of nobody", "fact.assign.body", fact("assign", on=DAY, role="lead")),
        field("an assignment without its day", "on", fact("assign", body="jp")),
        field("an assignment until a day that is none", "fact.assign.until", fact("assign", on=DAY, body="jp", until="2013-02-30")),
        field("an assignment with 101 sources", "fact.assign.sources", fact("assign", on=DAY, body="jp", sources=[FILLER] * 101)),
        field("the end of nobody's assignment", "fact.unassign.body", fact("unassign", on=DAY)),
        field("the end of an assignment without its day", "on", fact("unassign", body="jp")),
        field("the end of an assignment, with a blank note", "fact.unassign.note", fact("unassign", on=DAY, body="jp", note=" ")),
        field("a target without a unit", "fact.register.target.unit", register(target={"value": "1000"})),
        field("a target without a value", "fact.register.target.value", register(target={"unit": "homes"})),
        field("a target that is a float", "fact.register.target.value", register(target={"unit": "homes", "value": "1e3"})),
        field("a target by a day that is none", "fact.register.target.date",
              register(target={"date": "2013-02-30", "unit": "homes", "value": "1000"})),
        field("a measurement without its value", "fact.measure.value", fact("measure", on=DAY)),
        field("a measurement that is a number", "fact.measure.value", fact("measure", on=DAY, value=12)),
        field("a measurement below zero", "fact.measure.value", fact("measure", on=DAY, value="-1")),
        field("a measurement without its day", "on", fact("measure", value="12")),
        field("a repin without its procedure", "fact.repin.procedure", fact("repin", reason="format test")),
        field("a repin to version 0", "fact.repin.procedure.version",
              fact("repin", reason="format test", procedure={"digest": id, "id": "format-test/other", "version": 0})),
        field("a repin without a reason", "fact.repin.reason",
              fact("repin", procedure={"digest": id, "id": "format-test/other", "version": 1})),
        field("a repin to a status that is none", "fact.repin.statuses.done",
              fact("repin", reason="format test", procedure={"digest": id, "id": "format-test/other", "version": 1},
                   statuses={"done": "In force"})),
        field("a repin with a day", "on",
              fact("repin", on=DAY, reason="format test", procedure={"digest": id, "id": "format-test/other", "version": 1})),
        field("a relation that is none", "fact.link.relation", fact("link", relation="cousin", to="format-test/other")),
        field("a retraction without a reason", "fact.retract.reason", fact("retract", entry=id)),
        field("a retraction of what is no id", "fact.retract.entry", fact("retract", entry="x", reason="format test")),
        field("a commitment by nobody", "fact.register.by", register(by=[])),
        field("a commitment without words", "fact.register.words", register(without=["words"])),
        field("a commitment without an obligation", "fact.register.obligation", register(without=["obligation"])),
        field("the start of a clock that is no date", "fact.register.opening.clocks_started.thirty-days", register(
            opening={"clocks_started": {"thirty-days": "2012-13"}, "on": "2012", "status": "submitted"})),
        field("words without a source", "fact.register.words.source", register(words={"text": "format test"})),
        field("an obligation that is none", "fact.register.obligation", register(obligation="promise")),
        field("a procedure of version 0", "fact.register.procedure.version", register(procedure={**PIN, "version": 0})),
        field("a procedure without its digest", "fact.register.procedure.digest", register(procedure=changed(PIN, without=["digest"]))),
        field("an opening without a status", "fact.register.opening.status", register(opening={"on": "2012"})),
        field("an opening without a day", "fact.register.opening.on", register(opening={"status": "submitted"})),
        field("a given rule that leaves it to the commitment", "fact.register.rules.a.rule", given("given")),
        field("a rule that is none", "fact.register.rules.a.rule", given({"fortnights": {"count": 1}})),
        field("a rule without its count", "fact.register.rules.a.rule.days.count", given({"days": {}})),
        field("a rule that counts days in two ways", "fact.register.rules.a.rule",
              given({"days": {"count": 1, "except_recess_of": "a", "within_periods_of": "b"}})),
        field("a rule that counts to 0", "fact.register.rules.a.rule", given({"days": {"count": 0}})),
        field("a count of 2^32", "fact.register.rules.a.rule.days.count", given({"days": {"count": 2**32}})),
        field("a treaty that waits for 101 per cent", "fact.register.rules.a.treaty", of_treaty(
            general=[{"basis": "format test", "deposits": 2, "or_percent_of_signatories": 101, "rule": {"days": {"count": 60}}}],
            signatories={"count": 2})),
        field("a treaty that waits for signatories that it does not count", "fact.register.rules.a.treaty", of_treaty(
            general=[{"basis": "format test", "deposits": 2, "or_percent_of_signatories": 50, "rule": {"days": {"count": 60}}}])),
        field("two rules in one", "fact.register.rules.a.rule", given({"days": {"count": 1}, "months": {"count": 1}})),
        field("a treaty's rule without conditions", "fact.register.rules.a.treaty.general", of_treaty(without=["general"])),
        field("a treaty's rule that is not the one beside it", "fact.register.rules.a.treaty", of_treaty(general=[
            {"basis": "format test", "deposits": 3, "rule": {"days": {"count": 60}}}])),
        field("a share of a treaty that is no decimal", "fact.register.rules.a.treaty.general[0].share.at_least", of_treaty(general=[
            {"basis": "format test", "deposits": 2, "rule": {"days": {"count": 60}}, "share": {"at_least": "1e2", "of": "x"}}])),
        field("a treaty's rule with 101 references", "fact.register.rules.a.treaty.references", of_treaty(references=[FILLER] * 101)),
        field("a definition of nothing", "fact.define", define()),
        field("two definitions in one", "fact.define", define(party={"id": "a", "names": names}, calendar=calendar)),
        field("a party without a name", "fact.define.party.names", define(party={"id": "a", "names": {}})),
        field("a name in a language that is no tag", "fact.define.party.names.EN", define(party={"id": "a", "names": {"EN": "x"}})),
        field("an identifier without its scheme", "fact.define.party.identifiers[0].scheme",
              define(party={"id": "a", "identifiers": [{"value": "Q17"}], "names": names})),
        field("an identifier of a commitment that is blank", "fact.register.identifiers[0].value",
              register(identifiers=[{"scheme": "format-test", "value": " "}])),
        field("an identifier of a commitment whose scheme is no slug", "fact.amend.identifiers[0].scheme",
              fact("amend", identifiers=[{"scheme": "Format Test", "value": "1"}])),
        field("identifiers that are an object", "fact.register.identifiers", register(identifiers={"format-test": "1"})),
        field("the language of a title that is no tag", "fact.register.language", register(language="de-CH")),
        field("a title in a language that is no tag", "fact.register.titles.German", register(titles={"German": "x"})),
        field("a blank title in another language", "fact.amend.titles.de", fact("amend", titles={"de": " "})),
        field("words in a language that is no tag", "fact.register.words.language",
              register(words={"language": "EN", "source": FILLER, "text": "format test"})),
        field("translated words that are a list", "fact.register.words.translations",
              register(words={"source": FILLER, "text": "format test", "translations": ["x"]})),
        field("a topic without a name", "fact.define.topic.names", define(topic={"id": "a", "names": {}})),
        field("a topic whose id is no slug", "fact.define.topic.id", define(topic={"id": "教育", "names": names})),
        field("a calendar without its last day", "fact.define.calendar.through", define(calendar=changed(calendar, without=["through"]))),
        field("a period whose basis is none", "fact.define.calendar.periods[0].basis",
              define(calendar={**calendar, "periods": [{**period, "basis": "guessed"}]})),
        field("a period without a number", "fact.define.calendar.periods[0].number",
              define(calendar={**calendar, "periods": [changed(period, without=["number"])]})),
        field("a procedure with 101 references", "fact.define.procedure.references",
              define(procedure={**procedure, "references": [FILLER] * 101})),
        field("a procedure without an initial status", "fact.define.procedure.initial",
              define(procedure=changed(procedure, without=["initial"]))),
        field("a phase that is none", "fact.define.procedure.statuses[0].phase",
              define(procedure={**procedure, "statuses": [{**status, "phase": "done"}]})),
        field("a transition without its basis", "fact.define.procedure.transitions[0].basis",
              define(procedure={**procedure, "transitions": [{"from": ["a"], "title": names, "to": "a"}]})),
        field("a clock that fires at noon", "fact.define.procedure.clocks[0].fires",
              define(procedure={**procedure, "clocks": [{
                  "basis": "format test", "fires": "noon", "id": "a", "rule": {"days": {"count": 1}}, "starts": ["a"],
                  "title": names, "to": "a", "while": ["a"]}]})),
    ]


def bad_cases():
    cases = [*files(), *syntax(), *spelling(), *ids(), *members_of_an_entry(), *times(), *values(), *facts()]
    assert len({each["name"] for each in cases}) == len(cases), "two bad cases have the same name"
    return cases
