#!/usr/bin/env python3
"""Check a Servanda ledger without Servanda.

    python3 check.py LEDGER...                  check every line of each ledger
    python3 check.py --expect DIGEST LEDGER...  and that each ledger has this digest
    python3 check.py --vectors DIR              run the golden vectors of the format

A ledger is JSON Lines, one entry per line. This program reads it with a JSON library and a hash
function, and shares no code with Servanda, so you can check a ledger without trusting Servanda. It
checks the format: the canonical form of each line, its id, the members of each known kind of fact and
their values, and the digest of the ledger. It also reports incomplete batches. It does not check
whether a procedure allows a step, because that is not part of the format.

For a valid ledger it prints the number of distinct entries and the digest; for a damaged one, each
bad line with its fault. It exits with 0 if the ledger is valid, 1 if it is not, and 2 if the
arguments are wrong or a file cannot be read.
"""

import argparse
import base64
import hashlib
import json
import re
import sys
from datetime import date as Date, datetime as DateTime
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

LINE = 1_048_576   # bytes in a line, without its line feed
DEPTH = 32         # nesting depth of objects and arrays; the entry is the first
INTEGER = 2**53    # integers are between -2^53 and 2^53, exclusive
CONFLICT_MARKER = re.compile(rb"(<{7}|\|{7}|={7}|>{7})([ \r]|$)")
LARGEST = 2**32 - 1                    # the largest number with a meaning, such as a count of days


class Problem(NamedTuple):
    code: str
    text: str
    field: str = ""

    def __str__(self):
        return f"{self.code}: {self.field}{' ' if self.field else ''}{self.text}"


class Refused(Exception):
    """A line that cannot be read as an entry at all."""

    def __init__(self, code, text):
        self.problem = Problem(code, text)


# ---- Canonical JSON: RFC 8785, without floats and with ASCII keys ----

ESCAPES = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def canonical(value):
    """The canonical JSON of a value. Keys are ASCII, so sorting strings gives the order of RFC 8785."""
    if isinstance(value, dict):
        return "{" + ",".join(f"{canonical(key)}:{canonical(value[key])}" for key in sorted(value)) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    if isinstance(value, str):
        return '"' + re.sub(r'[\x00-\x1f"\\]', lambda c: ESCAPES.get(c[0]) or f"\\u{ord(c[0]):04x}", value) + '"'
    return json.dumps(value)  # an integer, a boolean or null


def digest(text):
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def without(entry, *names):
    return {name: value for name, value in entry.items() if name not in names}


def members(pairs):
    """Build one JSON object. Refuse a key that is not ASCII or occurs twice."""
    found = {}
    for key, value in pairs:
        if not key.isascii():
            raise Refused("key-not-ascii", f"the key {ascii(key)} is not ASCII")
        if key in found:
            raise Refused("duplicate-key", f"the key {key!r} occurs twice in one object")
        found[key] = value
    return found


def integer(spelling):
    if len(spelling) > 17 or abs(int(spelling)) >= INTEGER:
        raise Refused("integer-too-large", f"{spelling[:40]} is not between -2^53 and 2^53")
    return int(spelling)


def no_float(spelling):
    raise Refused("float", f"{spelling[:40]} is not an integer")


def no_constant(spelling):
    raise Refused("not-json", f"{spelling} is not JSON")


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


def depth(text):
    """The nesting depth, counted before parsing so that no line can exhaust the parser."""
    deepest = now = 0
    for bracket in re.findall(r"[\[\]{}]", re.sub(r'"(?:[^"\\]|\\.)*"', "", text)):
        now += 1 if bracket in "[{" else -1
        deepest = max(deepest, now)
    return deepest


def read_line(raw):
    """The entry on a line (bytes without the line feed), if the line is canonical."""
    if not raw.strip(b" \t"):
        raise Refused("empty-line", "the line is empty")
    if CONFLICT_MARKER.match(raw):
        raise Refused("conflict-marker", "git left this marker: keep the lines of both sides, and delete the markers")
    if raw.startswith(b"\xef\xbb\xbf"):
        raise Refused("byte-order-mark", "the line starts with a byte order mark")
    if b"\r" in raw:
        raise Refused("carriage-return", "lines end with a line feed alone")
    if len(raw) > LINE:
        raise Refused("line-too-long", f"{len(raw)} bytes, but no line may have more than {LINE}")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Refused("not-utf8", f"byte {error.start + 1} is not UTF-8") from None
    if depth(text) > DEPTH:
        raise Refused("too-deep", f"objects and arrays are nested more than {DEPTH} deep")
    try:
        entry = json.loads(text, object_pairs_hook=members, parse_int=integer, parse_float=no_float,
                           parse_constant=no_constant)
    except ValueError as error:
        raise Refused("not-json", str(error)) from None
    if any("\ud800" <= char <= "\udfff" for string in strings(entry) for char in string):
        raise Refused("lone-surrogate", "a string contains half of a surrogate pair")
    if not isinstance(entry, dict):
        raise Refused("not-an-object", "an entry is a JSON object")
    if canonical(entry) != text:
        raise Refused("not-canonical", "the line is not canonical JSON (RFC 8785)")
    return entry


# ---- Values: a shape is a function that yields the problems of the value at a path ----

def shape(expected):
    """A shape from a test. A value that does not pass is not `expected`."""
    def make(test):
        def check(value, at):
            if not test(value):
                yield Problem("invalid-field", f"is not {expected}", at)
        return check
    return make


def pattern(regex, expected, most=None):
    return shape(expected)(lambda value: isinstance(value, str) and re.fullmatch(regex, value) is not None
                           and (most is None or len(value) <= most))


def text(most, control):
    return shape(f"text of 1 to {most} characters, not blank, without control characters")(
        lambda value: isinstance(value, str) and len(value) <= most and value.strip() != ""
        and not re.search(control, value))


def number(least, most=LARGEST):
    return shape(f"an integer from {least} to {most}")(
        lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most)


def word(*words):
    return shape("one of " + ", ".join(words))(lambda value: isinstance(value, str) and value in words)


def exists(kind, regex, value):
    """Whether the groups of digits in a value are a real day or moment, from the year 1 to 9999."""
    found = re.fullmatch(regex, value) if isinstance(value, str) else None
    try:
        return found is not None and bool(kind(*(int(group or 1) for group in found.groups())))
    except ValueError:
        return False


def is_url(value):
    return (isinstance(value, str) and re.match(r"(?i:https?|ftp)://[^/?#:]", value) is not None
            and not re.search(r"[\s\x00-\x1f\x7f-\x9f]", value) and len(value.encode()) <= 2000)


slug = pattern(r"[a-z0-9]+(-[a-z0-9]+)*(/[a-z0-9]+(-[a-z0-9]+)*)*", "a slug of at most 128 characters", 128)
lang = pattern(r"[a-z]{2,8}(-[a-z0-9]{1,8})*", "a language tag in lower case of at most 35 characters", 35)
sha256 = pattern(r"sha256:[0-9a-f]{64}", "`sha256:` and 64 hexadecimal digits in lower case")
decimal = pattern(r"(0|[1-9][0-9]*)(\.[0-9]+)?", "a decimal number of at most 30 characters", 30)
title = text(300, r"[\x00-\x1f\x7f-\x9f]")
note = text(100_000, r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")  # paragraphs end with a line feed
url = shape("an http, https or ftp URL of at most 2000 bytes")(is_url)
flag = shape("true or false")(lambda value: isinstance(value, bool))
body = shape("an object")(lambda value: isinstance(value, dict))

DAY, TIME = "([0-9]{4})-([0-9]{2})-([0-9]{2})", "T([0-9]{2}):([0-9]{2}):([0-9]{2})[.]([0-9]{6})Z"
day = shape("a real day, YYYY-MM-DD")(lambda value: exists(Date, DAY, value))


def is_range(value):
    """Whether a value is one unknown day of a range, as in EDTF."""
    found = re.fullmatch(rf"\[({DAY})[.][.]({DAY})\]", value) if isinstance(value, str) else None
    if found is None or not all(exists(Date, DAY, day) for day in (found[1], found[5])):
        return False
    return 0 < (Date.fromisoformat(found[5]) - Date.fromisoformat(found[1])).days <= 65_535


date = shape("a real day, month or year, or a range of days")(lambda value: is_range(value) or exists(
    Date, r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value))
moment = shape("a moment, YYYY-MM-DDTHH:MM:SS.ffffffZ")(lambda value: exists(DateTime, DAY + TIME, value))


def dates(value, at):
    """The dates on which clocks started, by the ids of the clocks."""
    yield from mapping(slug, date)(value, at)


def listing(item, least=0, most=None):
    """An array."""
    def check(value, at):
        if not isinstance(value, list):
            yield Problem("invalid-field", "is not an array", at)
        elif len(value) < least:
            yield Problem("invalid-field", "is empty", at)
        elif most is not None and len(value) > most:
            yield Problem("invalid-field", f"has more than {most} items", at)
        else:
            for index, inner in enumerate(value):
                yield from item(inner, f"{at}[{index}]")
    return check


def mapping(key, item, least=0):
    def check(value, at):
        if not isinstance(value, dict) or len(value) < least:
            yield Problem("invalid-field", "is not an object with members" if least else "is not an object", at)
        else:
            for name, inner in value.items():
                yield from key(name, f"{at}.{name}")
                yield from item(inner, f"{at}.{name}")
    return check


def record(shapes):
    """An object with these members; `?` marks optional ones. Other members are accepted."""
    def check(value, at):
        if not isinstance(value, dict):
            yield Problem("invalid-field", "is not an object", at)
            return
        for name, inner in shapes.items():
            path = f"{at}.{name}".strip(".?")
            if name.rstrip("?") in value:
                yield from inner(value[name.rstrip("?")], path)
            elif not name.endswith("?"):
                yield Problem("invalid-field", "is missing", path)
    return check


def one_known(shapes):
    """An object with exactly one of these members, which says what it is. Other members are accepted."""
    def check(value, at):
        found = [name for name in shapes if name in value] if isinstance(value, dict) else []
        if len(found) == 1:
            yield from shapes[found[0]](value[found[0]], f"{at}.{found[0]}")
        else:
            yield Problem("invalid-field", f"does not have exactly one of {', '.join(shapes)}", at)
    return check


# ---- The format: the members of an entry. This part can be read as a reference. ----

TITLES = mapping(lang, title, least=1)
SOURCE = record({"archive?": title, "archived?": url, "identifier?": title, "language?": lang, "page?": title,
                 "published?": date, "publisher?": title, "quotation?": note, "title": title, "url?": url})
SOURCES = listing(SOURCE, most=100)

ENDING = word("term-end", "dissolution", "prorogation")
DAYS = record({"count": number(0), "except_recess_of?": slug, "first_day_counts?": flag, "within_periods_of?": slug})
COUNT = record({"count": number(0)})
CLOSE = record({"calendar": slug, "ended_by?": ENDING, "of": word("containing", "next")})
RULES = {"days": DAYS, "full-days": DAYS, "weeks": COUNT, "months": COUNT, "years": COUNT, "first-of-month": COUNT,
         "first-of-month-after-days": COUNT, "close": CLOSE}


def counting_rule(value, at):
    """A rule, which counts from 1 and in one way if it counts."""
    problems = list(one_known(RULES)(value, at))
    yield from problems
    if not problems and any(value[kind].get("count") == 0 for kind in RULES if kind in value):
        yield Problem("invalid-field", "counts to 0", at)
    if not problems and any({"except_recess_of", "within_periods_of"} <= set(value.get(kind, ())) for kind in ("days", "full-days")):
        yield Problem("invalid-field", "counts days in two ways", at)


RULE = counting_rule

IDENTIFIERS = listing(record({"scheme": slug, "value": title}))
PARTY = record({"id": slug, "identifiers?": IDENTIFIERS, "names": TITLES})
TOPIC = record({"id": slug, "names": TITLES})
PERIOD = record({"basis": word("published", "recalled"), "closed?": day, "convened": day,
                 "ended_by?": ENDING, "kind?": slug, "number": number(1),
                 "recesses?": listing(record({"first": day, "last": day})), "scheduled?": day})
CALENDAR = record({"id": slug, "periods": listing(PERIOD), "source?": SOURCE, "through": day, "title": TITLES})
STATUS = record({"abandoned?": flag, "decided?": flag, "description?": mapping(lang, note), "final?": flag, "id": slug, "partly?": flag, "title": TITLES,
                 "unrated?": flag,
                 "phase": word("planned", "active", "stalled", "achieved", "failed", "superseded")})
TRANSITION = record({"basis": title, "from": listing(slug, least=1), "reopening?": flag, "sources?": number(0),
                     "taken_by?": listing(slug), "title": TITLES, "to": slug})
CLOCK = record({"basis": title, "cancelled_by?": listing(slug), "fires": word("start", "end"), "id": slug,
                "presumed?": flag, "rule": lambda value, at: () if value == "given" else RULE(value, at),
                "starts": listing(slug, least=1), "title": TITLES, "to": slug,
                "while": listing(slug, least=1)})
PROCEDURE = record({"clocks?": listing(CLOCK), "id": slug, "initial": slug, "references?": SOURCES,
                    "statuses": listing(STATUS), "title": TITLES,
                    "transitions": listing(TRANSITION), "version": number(1)})

JOINING = record({"basis": title, "note?": title, "rule?": RULE})
KNOWN = listing(record({"id": slug, "names?": listing(title)}))
ALTERNATIVE = record({"all_signatories?": flag, "basis": title, "deposits?": number(1), "or_percent_of_signatories?": number(1),
                      "period?": record({"met": word("within", "after"), "months": number(1)}), "rule": RULE,
                      "share?": record({"at_least": decimal, "of": title})})
TREATY = record({"acceding?": JOINING, "general": listing(ALTERNATIVE, least=1), "id": slug, "later?": JOINING,
                 "leaving?": record({"basis": title, "not_before_months?": number(0), "rule?": RULE,
                                     "terms?": record({"months": number(1), "notice_months": number(0)})}),
                 "organizations?": record({"basis": title, "parties": KNOWN}), "references?": SOURCES,
                 "signatories?": record({"count": number(1), "parties?": KNOWN}), "signed?": day, "title": TITLES})


def said(rule):
    """A rule without members of a later version, and with the value of a missing flag."""
    (kind,) = [name for name in RULES if name in rule]
    days = ("count", "except_recess_of", "within_periods_of")
    known = {"days": days, "full-days": days, "close": ("calendar", "ended_by", "of")}.get(kind, ("count",))
    return kind, [rule[kind].get(name) for name in known], rule[kind].get("first_day_counts", False)


def asks_a_calendar(rule):
    members = [name for kind in ("days", "full-days") for name in rule.get(kind, {})]
    return "close" in rule or "except_recess_of" in members or "within_periods_of" in members


def plain(name):
    """A name of a party without capitals, spaces and points."""
    words = "".join(char if char.isalnum() or char == "/" else " " for char in name).split()
    return " ".join(words).lower() or name


def treaty_faults(treaty):
    """What makes the rule of a treaty impossible to apply."""
    signatories, rules = treaty.get("signatories", {}), []
    for alternative in treaty["general"]:
        counts = "deposits" in alternative or "or_percent_of_signatories" in alternative
        of_all = alternative.get("all_signatories", False)
        rules.append(alternative["rule"])
        if not counts and not of_all and "share" not in alternative:
            yield "has no condition"
        if of_all and counts:
            yield "asks for all signatories and for a number of them"
        if (of_all or "or_percent_of_signatories" in alternative) and not signatories:
            yield "needs the number of signatories"
        if "share" in alternative and not 0 < Decimal(alternative["share"]["at_least"]) <= 100:
            yield "has a share that is not above 0 and at most 100"
        if alternative.get("or_percent_of_signatories", 1) > 100:
            yield "asks for more than 100 per cent"
        if "period" in alternative and "signed" not in treaty:
            yield "has a period from signature, and no day of signature"
    for joining in (treaty[name] for name in ("later", "acceding") if name in treaty):
        rules += [joining["rule"]] if "rule" in joining else []
        if "rule" not in joining and "note" not in joining:
            yield "has neither a rule nor a note"
    if "leaving" in treaty:
        leaving = treaty["leaving"]
        rules += [leaving["rule"]] if "rule" in leaving else []
        if ("rule" in leaving) == ("terms" in leaving):
            yield "has no rule and no terms, or both"
        if "terms" in leaving and leaving["terms"]["notice_months"] > leaving["terms"]["months"]:
            yield "has a notice longer than its terms"
    if any(asks_a_calendar(rule) for rule in rules):
        yield "asks a calendar"
    if signatories.get("parties") and len(signatories["parties"]) != signatories["count"]:
        yield "counts other signatories than it lists"
    names = [name for party in signatories.get("parties", [])
             for name in {party["id"], *map(plain, party.get("names", []))}]
    if len(names) != len(set(names)):
        yield "has two signatories of one name"


def given_rule(value, at):
    """The rule of a clock. The full rule of a treaty begins with the rule and deposits next to it."""
    problems = list(record({"basis": title, "deposits?": number(1), "rule": RULE, "treaty?": TREATY})(value, at))
    yield from problems
    if not problems and "treaty" in value:
        first = value["treaty"]["general"][0]
        faults = list(treaty_faults(value["treaty"]))
        if first.get("deposits") != value.get("deposits") or said(first["rule"]) != said(value["rule"]):
            faults.append("does not begin with the rule and the deposits next to it")
        if faults:
            yield Problem("invalid-field", faults[0], f"{at}.treaty")


REGISTERED = record({
    "by": listing(slug, least=1), "deadline?": date, "identifiers?": IDENTIFIERS, "language?": lang, "made": date,
    "obligation?": word("result", "conduct", "consideration", "position"),
    # An entry has at most 100 sources, and the source of the words is one of them.
    "opening?": record({"clocks_not_started?": listing(slug), "clocks_started?": dates, "note?": note, "on": date,
                        "sources?": listing(SOURCE, most=99), "status": slug}),
    "part_of?": slug, "procedure": record({"digest": sha256, "id": slug, "version": number(1)}),
    "responsible?": listing(record({"body": slug, "role?": slug})),
    "rules?": mapping(slug, given_rule), "target?": record({"date?": date, "unit": title, "value": decimal}),
    "title": title, "titles?": mapping(lang, title), "to?": listing(slug), "topics?": listing(slug),
    "words?": record({"language?": lang, "source": SOURCE, "text": note, "translations?": mapping(lang, note)})})


def register(value, at):
    """A commitment has words and an obligation; a matter without a promise has neither."""
    yield from REGISTERED(value, at)
    for name, other in ("words", "obligation"), ("obligation", "words"):
        if isinstance(value, dict) and other in value and name not in value:
            yield Problem("invalid-field", "is missing", f"{at}.{name}")


def amend(value, at):
    """New titles, identifiers or topics, or a new note of one entry."""
    changes = {"identifiers?": IDENTIFIERS, "language?": lang, "title?": title, "titles?": mapping(lang, title),
               "topics?": listing(slug)}
    yield from record({"entry?": sha256, "note?": note, **changes})(value, at)
    if isinstance(value, dict):
        if not value.keys() & {"entry", "note", *(name.rstrip("?") for name in changes)}:
            yield Problem("invalid-field", "changes nothing", at)
        for name, other in ("entry", "note"), ("note", "entry"):
            if name in value and other not in value:
                yield Problem("invalid-field", f"is missing; `{name}` needs it", f"{at}.{other}")


RELATION = word("successor", "related", "duplicate-of", "replaces", "split-from", "merged-into")
FACTS = {
    "register": register,
    "advance": record({"by?": slug, "note?": note, "sources?": SOURCES, "to": slug}),
    "deposit": record({"by": slug, "instrument?": slug, "note?": note, "share?": decimal, "sources?": SOURCES}),
    "cite": record({"entry": sha256, "note?": note, "sources": listing(SOURCE, least=1, most=100)}),
    "remark": record({"note?": note, "sources?": SOURCES, "title": title}),
    "attest": record({"note?": note, "sources?": SOURCES}),
    "reschedule": record({"deadline": date, "note?": note, "sources?": SOURCES}),
    "amend": amend,
    "assign": record({"body": slug, "note?": note, "role?": slug, "sources?": SOURCES, "until?": date}),
    "measure": record({"note?": note, "sources?": SOURCES, "value": decimal}),
    "repin": record({"procedure": record({"digest": sha256, "id": slug, "version": number(1)}), "reason": note,
                     "statuses?": mapping(slug, slug)}),
    "unassign": record({"body": slug, "note?": note, "role?": slug, "sources?": SOURCES}),
    "link": record({"note?": note, "relation": RELATION, "sources?": SOURCES, "to": slug}),
    "retract": record({"entry": sha256, "reason": note}),
    "define": one_known({"party": PARTY, "procedure": PROCEDURE, "calendar": CALENDAR, "topic": TOPIC}),
}
# An unknown kind needs neither a commitment nor a day.
NEEDS_COMMITMENT = set(FACTS) - {"define", "retract"}
NEEDS_DAY = {"advance", "deposit", "remark", "attest", "reschedule", "assign", "unassign", "measure"}
HAS_NO_DAY = {"register", "cite", "amend", "repin", "retract", "define"}

def fact(value, at):
    """One member, whose name is the kind. The value of an unknown kind is any object."""
    if isinstance(value, dict) and len(value) == 1:
        (kind,) = value
        yield from FACTS.get(kind, body)(value[kind], f"{at}.{kind}")
    else:
        yield Problem("invalid-field", "is not an object with exactly one member, the kind", at)


BATCH = record({"nth": number(1, 10_000), "of": number(2, 10_000), "previous?": sha256})
ENTRY = record({"after?": sha256, "batch?": BATCH, "commitment?": slug, "fact": fact, "id": sha256, "on?": date,
                "published?": date, "recorded_at": moment, "recorded_by": slug})


def check_entry(entry):
    problems = list(ENTRY(entry, ""))
    if not problems:
        (kind,) = entry["fact"]
        for name, needed, refused in (("commitment", NEEDS_COMMITMENT, {"define"}), ("on", NEEDS_DAY, HAS_NO_DAY)):
            if name not in entry and kind in needed:
                problems.append(Problem("invalid-field", f"is missing: `{kind}` needs it", name))
            if name in entry and kind in refused:
                problems.append(Problem("invalid-field", f"is not allowed with `{kind}`", name))
        if "published" in entry and "commitment" not in entry:
            problems.append(Problem("invalid-field", "is not allowed without `commitment`", "published"))
        if "batch" in entry and entry["batch"]["nth"] > entry["batch"]["of"]:
            problems.append(Problem("invalid-field", "is greater than `of`", "batch.nth"))
        elif "batch" in entry and ("previous" in entry["batch"]) != (entry["batch"]["nth"] > 1):
            problems.append(Problem("invalid-field", "must be in every entry of a batch except the first", "batch.previous"))
        if entry["id"] != digest(canonical(without(entry, "id"))):
            problems.append(Problem("wrong-id", f"{entry['id']} is not the id of this entry"))
    return problems


# ---- Ledgers ----

class Ledger(NamedTuple):
    entries: dict   # id -> (line number, entry), valid and distinct ones
    problems: list  # (line number, Problem)
    notes: list     # remarks that are not problems

    def digest(self):
        return digest("\n".join(sorted(self.entries)))


def check_ledger(data):
    """Check all lines of a ledger, given as bytes. A last line without a line feed may be complete."""
    ledger = Ledger({}, [], [])
    lines = data.split(b"\n")
    for nth, raw in enumerate(lines, 1):
        ended = nth < len(lines)
        if not raw and not ended:
            break
        try:
            entry = read_line(raw)
            problems = check_entry(entry)
        except Refused as refused:
            problems = [refused.problem]
        if not ended:
            problems = [problem if problem.code == "invalid-field"
                        else Problem("torn-line", f"the last line has no line feed and is incomplete ({problem})")
                        for problem in problems]
        ledger.problems.extend((nth, problem) for problem in problems)
        if not problems:
            ledger.entries.setdefault(entry["id"], (nth, entry))
    check_batches(ledger)
    return ledger


def check_batches(ledger):
    """Report each incomplete batch; its entries do not count yet."""
    entries = {id: entry for id, (_, entry) in ledger.entries.items()}
    marked = {id for id, entry in entries.items() if "batch" in entry}
    for last in [id for id in marked if entries[id]["batch"]["nth"] == entries[id]["batch"]["of"]]:
        chain = [last]
        while chain and "previous" in entries[chain[-1]]["batch"]:
            previous = entries[chain[-1]]["batch"]["previous"]
            chain = [*chain, previous] if follows(entries.get(previous), entries[chain[-1]]) else []
        marked -= set(chain)
    for id in sorted(marked):
        nth, of = entries[id]["batch"]["nth"], entries[id]["batch"]["of"]
        ledger.notes.append(f"entry {id} is number {nth} of a batch of {of} that is incomplete")


def follows(before, entry):
    """Whether `entry` comes directly after `before` in a batch."""
    if before is None or "batch" not in before or before["recorded_at"] >= entry["recorded_at"]:
        return False
    first, second = before["batch"], entry["batch"]
    return first["of"] == second["of"] and first["nth"] + 1 == second["nth"]


def check_file(path, expected):
    ledger = check_ledger(Path(path).read_bytes())
    for nth, problem in ledger.problems:
        print(f"{path}:{nth}: {problem}")
    for remark in ledger.notes:
        print(f"{path}: note: {remark}")
    if ledger.problems:
        bad = len({nth for nth, _ in ledger.problems})
        print(f"{path}: {bad} bad line{'s' if bad > 1 else ''}")
        return False
    print(f"{path}: {len(ledger.entries)} entries, {ledger.digest()}")
    if expected not in (None, ledger.digest()):
        print(f"{path}: the digest expected is {expected}")
        return False
    return True


# ---- Golden vectors ----

def bytes_of(case):
    """The bytes of a bad case. README.md explains the three forms."""
    if "base64" in case:
        return base64.b64decode(case["base64"])
    line = case["line"]
    if "repeat" in case:
        line = line.replace(case["repeat"]["token"], case["repeat"]["with"] * case["repeat"]["times"])
    return line.encode() + b"\n"


def vectors(folder):
    """Each vector as (name, failure), where the failure is empty if the vector passes."""
    good = json.loads((folder / "good.json").read_text("utf-8"))
    data = (folder / "good.jsonl").read_bytes()
    lines = data.splitlines(keepends=True)
    for nth, (name, line) in enumerate(zip(good["lines"], lines, strict=True), 1):
        yield f"good line {nth}, {name}", "; ".join(str(problem) for _, problem in check_ledger(line).problems)
    backwards = b"".join(reversed(lines))
    for name, whole in ("the ledger", data), ("the ledger backwards", backwards), ("no last line feed", data[:-1]):
        ledger = check_ledger(whole)
        found = [str(problem) for _, problem in ledger.problems] or [len(ledger.entries), ledger.digest()]
        yield name, "" if found == [good["entries"], good["digest"]] else f"found {found}"
    for case in json.loads((folder / "bad.json").read_text("utf-8")):
        found = [(problem.code, problem.field) for _, problem in check_ledger(bytes_of(case)).problems]
        yield f"bad line: {case['name']}", "" if found == [(case["code"], case.get("field", ""))] else f"found {found}"


def check_vectors(folder):
    failed = 0
    for count, (name, wrong) in enumerate(vectors(folder), 1):
        if wrong:
            failed += 1
            print(f"{name}: {wrong}")
    print(f"{count - failed} passed, {failed} failed")
    return not failed


def main():
    parser = argparse.ArgumentParser(description="Check Servanda ledgers: canonical form, ids, members and digests.")
    parser.add_argument("ledgers", nargs="*", metavar="LEDGER")
    parser.add_argument("--expect", metavar="DIGEST", help="the digest that each ledger must have")
    parser.add_argument("--vectors", metavar="DIR", type=Path, help="run the golden vectors of this folder instead")
    options = parser.parse_args()
    if bool(options.ledgers) == bool(options.vectors) or (options.vectors and options.expect):
        parser.error("give ledgers, or --vectors with a folder")
    try:
        if options.vectors:
            return 0 if check_vectors(options.vectors) else 1
        return 0 if all([check_file(path, options.expect) for path in options.ledgers]) else 1
    except OSError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main())
