"""Parties, sources and words: what people describe to a tracker."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import ClassVar

from . import _servanda
from ._value import Value
from ._words import Date


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
