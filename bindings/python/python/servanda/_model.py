"""Parties, sources, and commitments: what people describe to a tracker."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar

from . import _servanda
from ._value import Value
from ._words import Date, Deadline, Ending, Obligation

if TYPE_CHECKING:
    from ._procedure import EntryIntoForce, Procedure


class Source(Value):
    """Where a fact can be read: a title and an address, and what else is known of the publication.

    >>> import servanda
    >>> servanda.Source("a script", "javascript:alert(1)")
    Traceback (most recent call last):
    ...
    servanda.InvalidError: "javascript:alert(1)" is not a URL: an address starts with http:// or https://
    """

    title: str
    """Its title, of at most 300 characters."""
    url: str
    """Its address: http or https."""
    publisher: str | None
    """Who published it."""
    published: Date | None
    """When it was published."""
    language: str | None
    """The language of the publication, such as ``ja``."""
    quotation: str | None
    """A short quotation that supports the fact."""
    archived: str | None
    """The address of a copy kept by an archive."""

    __match_args__ = ("title", "url", "publisher", "published", "language", "quotation", "archived")

    def __init__(
        self,
        title: str,
        url: str,
        *,
        publisher: str | None = None,
        published: datetime.date | str | None = None,
        language: str | None = None,
        quotation: str | None = None,
        archived: str | None = None,
    ) -> None:
        """Raises `InvalidError` (``invalid-title``, ``invalid-url``, …) for what is not well-formed."""
        written = _servanda.source(title, url, publisher, published, language, quotation, archived)
        self.__dict__["_json"] = written


class Words(Value):
    """The words of a commitment, exactly as they stand in their source."""

    text: str
    """The words."""
    source: Source
    """Where they can be read."""

    __match_args__ = ("text", "source")

    def __init__(self, text: str, source: Source) -> None:
        """Raises `InvalidError` (``invalid-note``) if the text is not well-formed."""
        self.__dict__["_json"] = _servanda.words(text, source)


class Identifier(Value, init=False):
    """A party's identifier in somebody else's scheme."""

    scheme: str
    """The scheme, such as ``iso-3166-1`` or ``wikidata``."""
    value: str
    """The identifier in that scheme, such as ``JP`` or ``Q17``."""

    __match_args__ = ("scheme", "value")


class Party(Value):
    """A government, an institution or a person who commits or to whom something is promised.

    >>> import servanda
    >>> japan = servanda.Party("jp", {"en": "Japan", "ja": "日本"}, identifiers={"iso-3166-1": "JP"})
    >>> japan.names["ja"], japan.identifiers[0].value
    ('日本', 'JP')
    """

    id: str
    """Its id, such as ``jp`` or ``jp-diet``."""
    names: Mapping[str, str]
    """Its names by language; at least one."""
    identifiers: tuple[Identifier, ...]
    """What others call it: ISO 3166, Wikidata and the like."""

    _kind: ClassVar[str] = "party"
    __match_args__ = ("id", "names", "identifiers")

    def __init__(self, id: str, names: Mapping[str, str], *, identifiers: Mapping[str, str] | None = None) -> None:
        """Raises `InvalidError` (``invalid-slug``, ``invalid-language``, ``invalid-title``)."""
        self.__dict__["_json"] = _servanda.party(id, dict(names), dict(identifiers or {}))


class ProcedureRef(Value, init=False):
    """Which procedure exactly a commitment goes through: a later edition of the same version cannot take its place."""

    id: str
    """The procedure's id."""
    version: int
    """Its version, from 1."""
    digest: str
    """The digest of its canonical JSON, such as ``sha256:…``."""

    __match_args__ = ("id", "version", "digest")


class Opening(Value):
    """The status at which a commitment's history opens, if not at the procedure's first on the day it was made."""

    status: str
    """The status."""
    on: Date
    """Since when it stood there."""
    sources: tuple[Source, ...]
    """The evidence."""
    note: str | None
    """A note on it."""

    __match_args__ = ("status", "on", "sources", "note")

    def __init__(
        self, status: str, *, on: datetime.date | str, sources: Sequence[Source] = (), note: str | None = None
    ) -> None:
        """Raises `InvalidError` (``invalid-slug``, ``invalid-date``, ``invalid-note``)."""
        self.__dict__["_json"] = _servanda.opening(status, on, sources, note)


class Rule(Value):
    """When a clock fires after its start.

    >>> import servanda
    >>> lapse = servanda.Rule.full_days(30, first_day_counts=True, except_recess_of="jp-diet")
    >>> str(lapse)
    'once 30 days have run, the first day counted, recess of jp-diet not counted'
    """

    kind: str
    """Which of the rules it is, such as ``full-days``; ``given`` where a commitment's own registration says."""
    count: int | None
    """How many days or months, from 1."""
    first_day_counts: bool
    """Whether the day of the start is day one."""
    except_recess_of: str | None
    """The calendar whose days of recess are not counted."""
    calendar: str | None
    """The calendar of whose period the close is waited for."""
    ended_by: Ending | None
    """Only if the period ends in this way; if it ends otherwise the clock never fires."""
    of: str | None
    """Which period: the one ``containing`` the day of the start, or the ``next``."""

    __match_args__ = ("kind", "count")

    def __init__(self, kind: str, **members: object) -> None:
        """The rule with this kind and these members; the class methods say which there are.

        Raises `InvalidError` (``invalid-field``) if there is no such rule.
        """
        given = {name: value for name, value in members.items() if value is not None and value is not False}
        self.__dict__["_json"] = _servanda.rule(json.dumps({kind: given} if members else kind))

    if not TYPE_CHECKING:

        def __getattr__(self, name):
            if name != "_members":
                return super().__getattr__(name)
            # In JSON it is its kind alone, or its kind is the name of its only member.
            read = json.loads(self._json)
            kind, members = (read, {}) if isinstance(read, str) else next(iter(read.items()))
            self.__dict__[name] = {"kind": kind, **members}
            return self.__dict__[name]

    @classmethod
    def _from(cls, members: object) -> Rule:
        return cls._of(_servanda.canonical(json.dumps(members)))

    @classmethod
    def days(cls, count: int, *, first_day_counts: bool = False, except_recess_of: str | None = None) -> Rule:
        """On the n-th day counted."""
        return cls("days", count=count, first_day_counts=first_day_counts, except_recess_of=except_recess_of)

    @classmethod
    def full_days(cls, count: int, *, first_day_counts: bool = False, except_recess_of: str | None = None) -> Rule:
        """Once n full days have run: on the day after the n-th day counted."""
        return cls("full-days", count=count, first_day_counts=first_day_counts, except_recess_of=except_recess_of)

    @classmethod
    def months(cls, count: int) -> Rule:
        """On the same day of the month n months later, or on that month's last day if it is shorter."""
        return cls("months", count=count)

    @classmethod
    def first_of_month(cls, count: int) -> Rule:
        """On the first day of the n-th calendar month after that of the start."""
        return cls("first-of-month", count=count)

    @classmethod
    def close(cls, calendar: str, *, of: str = "containing", ended_by: Ending | str | None = None) -> Rule:
        """On the day a period of a calendar closes: the one ``containing`` the day of the start, or the ``next``."""
        return cls("close", calendar=calendar, of=of, ended_by=ended_by)

    def __str__(self) -> str:
        return _servanda.rule_text(self._json)


class ClockRule(Value):
    """A clock's rule as the commitment itself has it, such as a treaty's own article on its entry into force."""

    basis: str
    """Where the rule stands, such as an article of the treaty."""
    rule: Rule
    """When the clock fires after its start."""
    deposits: int | None
    """How many parties must have deposited their instruments before the clock starts, on the day of the last of them."""
    treaty: EntryIntoForce | None
    """The treaty's own article in full, of which `deposits` and `rule` are then the first alternative."""

    __match_args__ = ("basis", "rule", "deposits", "treaty")

    def __init__(self, basis: str, rule: Rule, *, deposits: int | None = None) -> None:
        """Raises `InvalidError` (``invalid-title``). Where it is that of a treaty, use `EntryIntoForce.given`."""
        self.__dict__["_json"] = _servanda.given_rule(basis, rule, deposits)


class Commitment(Value):
    """One undertaking: the exact words with their source, who gave them to whom, and the procedure it has to go through.

    >>> import servanda
    >>> from datetime import date
    >>> editorial = servanda.Source(
    ...     "U.S. - Japan Alliance Remains Cornerstone",
    ...     "https://editorials.voa.gov/amp/us-japan-alliance-remains-cornerstone/1590413.html",
    ... )
    >>> tpp = servanda.Commitment(
    ...     "jp/tpp",
    ...     "Participation in the Trans-Pacific Partnership",
    ...     procedure="trade-agreement",
    ...     by="jp",
    ...     to="us",
    ...     made=date(2013, 1, 18),
    ...     obligation="consideration",
    ...     words=servanda.Words("will consider", editorial),
    ... )
    >>> tpp.obligation, tpp.procedure.version
    (<Obligation.CONSIDERATION: 'consideration'>, 1)
    """

    id: str
    """Its id, such as ``jp/hague-convention``."""
    title: str
    """What it is about."""
    procedure: ProcedureRef
    """The procedure it is pinned to."""
    by: tuple[str, ...]
    """Who commits; at least one party."""
    made: datetime.date
    """The day the word was given."""
    obligation: Obligation
    """The legal weight of the words."""
    words: Words
    """The words used, with their source."""
    to: tuple[str, ...]
    """To whom."""
    deadline: Deadline | None
    """By when, if a day, month or year was named."""
    topics: tuple[str, ...]
    """What it can be found under."""
    part_of: str | None
    """The commitment of which this is one piece."""
    opening: Opening | None
    """The status at which its history opens, if it has a past."""
    rules: Mapping[str, ClockRule]
    """The rules of those of the procedure's clocks that leave their rule to the commitment, by the clock's id."""

    __match_args__ = ("id", "title", "procedure", "by", "made", "obligation", "words")

    def __init__(
        self,
        id: str,
        title: str,
        *,
        procedure: str | Procedure | ProcedureRef,
        by: str | Sequence[str],
        made: datetime.date | str,
        obligation: Obligation | str,
        words: Words,
        to: str | Sequence[str] = (),
        deadline: datetime.date | str | None = None,
        topics: str | Sequence[str] = (),
        part_of: str | None = None,
        opening: Opening | None = None,
        rules: Mapping[str, ClockRule] | None = None,
    ) -> None:
        """`procedure` is the id of a built-in one, a `Procedure` of one's own or of a ledger, or a `ProcedureRef`.

        Raises `InvalidError` (``invalid-slug``, ``invalid-title``, ``invalid-day``, ``unknown-word``, …) for what is not well-formed, and
        `UnknownError` (``no-procedure``) if no built-in procedure has that id.
        """
        self.__dict__["_json"] = _servanda.commitment(
            id,
            title,
            procedure,
            [by] if isinstance(by, str) else by,
            made,
            obligation,
            words,
            [to] if isinstance(to, str) else to,
            deadline,
            [topics] if isinstance(topics, str) else topics,
            part_of,
            opening,
            dict(rules or {}),
        )

    @classmethod
    def from_toml(cls, text: str, *, file: str = "commitment.toml", procedures: Sequence[Procedure] = ()) -> Commitment:
        """A commitment from a TOML file. `procedures` are those it can name beside the built-in ones, such as `View.procedures` gives.

        Raises `InvalidError` (``commitment-refused``) with everything that is wrong, by line.
        """
        return cls._of(_servanda.commitment_from_toml(file, text, procedures))
