"""Pictures of answers."""

from __future__ import annotations


class Picture:
    """A picture of an answer, as SVG and as text. A notebook shows the SVG, and `print` the text.

    The SVG is one element without scripts, style attributes and references to anything outside.

    >>> import servanda
    >>> print(servanda.memory("desk").view().tally())
    0 commitments
    >>> servanda.memory("desk").view().tally().svg[:4]
    '<svg'
    """

    __slots__ = ("svg", "text")

    svg: str
    """The picture as SVG."""
    text: str
    """The picture as lines of text."""

    def __init__(self) -> None:
        raise TypeError("pictures come from a view: view.timeline(...)")

    @classmethod
    def _of(cls, made: tuple[str, str]) -> Picture:
        picture = object.__new__(cls)
        picture.svg, picture.text = made
        return picture

    def __str__(self) -> str:
        return self.text.removesuffix("\n")

    def _repr_svg_(self) -> str:
        return self.svg

    def _repr_html_(self) -> str:
        return self.svg
