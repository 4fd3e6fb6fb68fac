"""The base class of all values: frozen objects over the JSON that the core writes."""

from __future__ import annotations

import datetime
import json
import sys
import types
from collections.abc import Callable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, ClassVar, Generic, TypeVar, Union, get_args, get_origin

from . import _servanda
from ._docs import member_doc
from ._words import Date

if TYPE_CHECKING:
    from typing_extensions import Self, dataclass_transform
else:

    def dataclass_transform(**_: object) -> Callable[[Any], Any]:
        return lambda decorated: decorated


_Reader = Callable[[Any], Any]


@dataclass_transform(frozen_default=True, kw_only_default=True)
class Value:
    """A frozen value, with the members of its JSON as attributes.

    Two values of one class are equal if their JSON is equal. Values can be hashed, copied, pickled
    and matched by `match`. Days are `datetime.date`. A date that may be imprecise is a
    `datetime.date` if its day is known, and a `Date` otherwise; `Date(value)` has the first and the
    last day of both. Moments are aware `datetime.datetime` in UTC with microseconds, and lists are
    tuples.

    >>> import copy, pickle, servanda
    >>> source = servanda.Source("Remarks", "https://example.org/remarks")
    >>> pickle.loads(pickle.dumps(source)) == copy.deepcopy(source) == source
    True
    >>> source.to_json()
    '{"title":"Remarks","url":"https://example.org/remarks"}'
    """

    _json: str
    _members: Mapping[str, Any]
    _defined_in: ClassVar[str]
    """The module that defines the class. `__module__` is the module where users find it."""
    _names: ClassVar[Mapping[str, str]] = {}
    """The JSON names of the members that have another name in Python."""
    _readers: ClassVar[Mapping[str, _Reader]] = {}
    """The readers of the members whose type is not enough to read them."""
    __match_args__: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, *, init: bool = True) -> None:
        super().__init_subclass__()
        cls._defined_in = cls.__module__
        for name in vars(cls).get("__annotations__", ()):
            if not name.startswith("_"):
                setattr(cls, name, _Member(cls, name))

    @classmethod
    def _of(cls, text: str) -> Self:
        """Makes a value from its JSON, which the core wrote."""
        value = object.__new__(cls)
        value.__dict__["_json"] = text
        return value

    @classmethod
    def _from(cls, members: Mapping[str, Any]) -> Self:
        """Makes a value from its members, which are part of the JSON of another value."""
        value = object.__new__(cls)
        value.__dict__["_members"] = members
        return value

    if not TYPE_CHECKING:

        def __getattr__(self, name: str) -> Any:
            # Called once for each of the two, because the result is kept in `__dict__`.
            if name == "_json":
                found: Any = _servanda.canonical(json.dumps(self._members))
            elif name == "_members":
                found = json.loads(self._json)
            else:
                raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")
            self.__dict__[name] = found
            return found

    def _read(self, name: str, reader: _Reader) -> Any:
        return reader(self._members.get(self._names.get(name, name)))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; its {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen; its {name} cannot be deleted")

    def to_json(self) -> str:
        """The canonical JSON (RFC 8785), byte for byte the same as in every other language."""
        return self._json

    def to_dict(self) -> dict[str, Any]:
        """The JSON as dictionaries, lists, strings, numbers, booleans and None."""
        members: dict[str, Any] = json.loads(self._json)
        return members

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return self._json == other._json

    def __hash__(self) -> int:
        return hash((type(self), self._json))

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (type(self), self._json)

    def __copy__(self) -> Self:
        return self

    def __deepcopy__(self, memo: object) -> Self:
        return self

    def __repr__(self) -> str:
        shown = ((name, getattr(self, name)) for name in self.__match_args__)
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in shown)})"


class _Member(property):
    # A member of a value class. The first access reads it from the JSON and caches it. `help()`
    # shows the string below the annotation as its documentation.

    def __init__(self, cls: type[Value], name: str) -> None:
        def read(value: Value) -> Any:
            cached = value.__dict__
            if name not in cached:
                cached[name] = value._read(name, _readers_of(type(value))[name])
            return cached[name]

        super().__init__(read)
        self._owner, self._name = cls, name

    def _get_doc(self) -> str | None:
        values = (base for base in self._owner.__mro__ if issubclass(base, Value))
        docs = (member_doc(base, base._defined_in, self._name) for base in values if base is not Value)
        return next(filter(None, docs), None)

    # `property` sets this to None in `__init__`.
    __doc__ = property(_get_doc, lambda self, doc: None)  # type: ignore[assignment]


T = TypeVar("T")


class Container(Value, Generic[T], init=False):
    """A value that holds values of another type."""

    _item: Any
    __match_args__: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def _containing(cls, item: Any, members: Mapping[str, Any]) -> Self:
        value = cls._from(members)
        value.__dict__["_item"] = item
        return value

    def _read(self, name: str, reader: _Reader) -> Any:
        hint = _hints_of(type(self))[name]
        return _reader(self._item if isinstance(hint, TypeVar) else hint[self._item])(self._members.get(name))

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self)._containing, (self._item, self.to_dict())


def _restore(cls: type[Value], text: str) -> Value:
    return cls._of(text)


_READERS: dict[type, dict[str, _Reader]] = {}


def _readers_of(cls: type[Value]) -> dict[str, _Reader]:
    """The reader of each member of a class. They are built on first use."""
    readers = _READERS.get(cls)
    if readers is None:
        hints = _hints_of(cls)
        readers = {name: _reader(hint) for name, hint in hints.items()}
        readers.update(cls._readers)
        _READERS[cls] = readers
    return readers


def _hints_of(cls: type[Value]) -> dict[str, Any]:
    """The types of the members of a class."""
    hints = {}
    for base in reversed(cls.__mro__):
        if issubclass(base, Value) and base is not Value:
            names = vars(sys.modules[base._defined_in])
            members = ((name, text) for name, text in base.__annotations__.items() if name[0] != "_")
            hints.update({name: eval(text, names) for name, text in members})
    return hints


def _reader(hint: Any) -> _Reader:
    """The function that reads a part of JSON as a value of a type."""
    if isinstance(hint, TypeVar) or getattr(hint, "__parameters__", None):
        return _unread
    origin = get_origin(hint)
    if origin is Union or origin is types.UnionType:
        args = [arg for arg in get_args(hint) if arg is not type(None)]
        inner, *others = [_date] if args == [datetime.date, Date] else [_reader(arg) for arg in args]
        return _unread if others else lambda part: None if part is None else inner(part)
    if origin is tuple:
        element = _reader(get_args(hint)[0])
        return lambda part: tuple(element(one) for one in part or ())
    if origin is Mapping:
        item = _reader(get_args(hint)[1])
        return lambda part: types.MappingProxyType({key: item(one) for key, one in (part or {}).items()})
    if isinstance(origin, type) and issubclass(origin, Container):
        [item_hint] = get_args(hint)
        return lambda part: origin._containing(item_hint, part or {})
    if hint is datetime.date:
        return datetime.date.fromisoformat
    if hint is datetime.datetime:
        return _moment
    if hint is bool:
        return bool
    if isinstance(hint, type) and issubclass(hint, Value):
        return hint._from
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if isinstance(hint, type) and issubclass(hint, str) and hint is not str:
        return lambda part: str.__new__(hint, part)
    return lambda part: part


def _unread(part: Any) -> Any:
    # The class reads this member in its own `_read`, because the type is not enough.
    return part


def _date(text: str) -> datetime.date | Date:
    is_day = len(text) == len("2013-02-28")
    return datetime.date.fromisoformat(text) if is_day else str.__new__(Date, text)


def _moment(text: str) -> datetime.datetime:
    # Python 3.10 does not read the Z.
    return datetime.datetime.fromisoformat(text[:-1]).replace(tzinfo=datetime.timezone.utc)
