"""Sources, quoted words, parties and topics."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import ClassVar

from . import _servanda
from ._value import Value
from ._words import Date


class Source(Value):
    """A publication in which a fact can be read, on the web or on paper.

    Functions that take a source also accept a bare URL. The title of that source is the host of the
    URL, because nothing else about the publication is known.

    >>> import servanda
    >>> servanda.Source("a script", "javascript:alert(1)")
    Traceback (most recent call last):
    ...
    servanda.InvalidError: "javascript:alert(1)" is not a URL: an address starts with https://, http:// or ftp://
    >>> servanda.Source("The new road", publisher="The Daily Paper", published="1998-05-03", page="4").url is None
    True
    """

    title: str
    """The title, of at most 300 characters."""
    url: str | None
    """The address: http, https or ftp. None for a publication that is not on the web."""
    publisher: str | None
    """The publisher."""
    published: Date | None
    """The date of publication."""
    page: str | None
    """The page or pages, such as ``12-15``."""
    archive: str | None
    """The archive or library that keeps it, with the shelf mark."""
    identifier: str | None
    """An identifier, such as ``doi:10.5555/12345678`` or the number of a gazette."""
    language: str | None
    """The language of the publication, such as ``ja``."""
    quotation: str | None
    """A short quotation that supports the fact."""
    archived: str | None
    """The address of a copy in an archive."""

    __match_args__ = (
        "title",
        "url",
        "publisher",
        "published",
        "page",
        "archive",
        "identifier",
        "language",
        "quotation",
        "archived",
    )

    def __init__(
        self,
        title: str,
        url: str | None = None,
        *,
        publisher: str | None = None,
        published: datetime.date | str | None = None,
        page: str | None = None,
        archive: str | None = None,
        identifier: str | None = None,
        language: str | None = None,
        quotation: str | None = None,
        archived: str | None = None,
    ) -> None:
        """Raises `InvalidError` (``invalid-title``, ``invalid-url``, …)."""
        json = _servanda.source(
            title, url, publisher, published, page, archive, identifier, language, quotation, archived
        )
        self.__dict__["_json"] = json


class Words(Value):
    """The exact words of a commitment, with their source."""

    text: str
    """The words."""
    source: Source
    """The publication in which they can be read."""
    language: str | None
    """The language of the words, such as ``ja``."""
    translations: Mapping[str, str]
    """The words in other languages, by language."""

    __match_args__ = ("text", "source", "language", "translations")

    def __init__(
        self,
        text: str,
        source: Source | str,
        *,
        language: str | None = None,
        translations: Mapping[str, str] | None = None,
    ) -> None:
        """Raises `InvalidError` (``invalid-note``, ``invalid-url``, ``invalid-language``)."""
        self.__dict__["_json"] = _servanda.words(text, source, language, dict(translations or {}))


class Identifier(Value):
    """The identifier of a party or a commitment in an external scheme.

    >>> import servanda
    >>> str(servanda.Identifier("wikidata", "Q17"))
    'wikidata=Q17'
    """

    scheme: str
    """The scheme, such as ``iso-3166-1`` or ``wikidata``."""
    value: str
    """The identifier in that scheme, such as ``JP`` or ``Q17``."""

    __match_args__ = ("scheme", "value")

    def __init__(self, scheme: str, value: str) -> None:
        """Raises `InvalidError` (``invalid-slug``, ``invalid-title``)."""
        self.__dict__["_json"] = _servanda.identifier(scheme, value)

    def __str__(self) -> str:
        return f"{self.scheme}={self.value}"


Identifiers = Mapping[str, str] | Sequence[Identifier | tuple[str, str] | str]
"""Identifiers as arguments: values by scheme, or a sequence of `Identifier`, of pairs of scheme and
value, or of texts such as ``"wikidata=Q17"``."""


class Party(Value):
    """A government, an institution or a person that makes or receives a commitment.

    >>> import servanda
    >>> japan = servanda.Party("jp", {"en": "Japan", "ja": "日本"}, identifiers={"iso-3166-1": "JP"})
    >>> japan.names["ja"], japan.identifiers[0].value
    ('日本', 'JP')
    """

    id: str
    """The id, such as ``jp`` or ``jp-diet``."""
    names: Mapping[str, str]
    """The names by language. There is at least one."""
    identifiers: tuple[Identifier, ...]
    """The identifiers in external schemes, such as ISO 3166 and Wikidata."""

    _kind: ClassVar[str] = "party"
    __match_args__ = ("id", "names", "identifiers")

    def __init__(self, id: str, names: Mapping[str, str], *, identifiers: Identifiers = ()) -> None:
        """Raises `InvalidError` (``invalid-slug``, ``invalid-language``, ``invalid-title``)."""
        self.__dict__["_json"] = _servanda.party(id, dict(names), identifiers)


class Topic(Value):
    """A topic with its names, in any script.

    >>> import servanda
    >>> servanda.Topic("children", {"en": "children", "ja": "子ども"}).names["ja"]
    '子ども'
    """

    id: str
    """The id, such as ``children``."""
    names: Mapping[str, str]
    """The names by language. There is at least one."""

    _kind: ClassVar[str] = "topic"
    __match_args__ = ("id", "names")

    def __init__(self, id: str, names: Mapping[str, str]) -> None:
        """Raises `InvalidError` (``invalid-slug``, ``invalid-language``, ``invalid-title``)."""
        self.__dict__["_json"] = _servanda.topic(id, dict(names))
