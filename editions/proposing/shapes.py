"""How one story can stand on a page: alone, or with its picture above, under the headline or beside. Pure.

A shape has a width and stands in several heights: the picture's crop takes up what the text leaves. Every
module made here lies at column 1, row 1.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from editions.geometry import Rectangle
from editions.proposing.items import Headline, Item, Module, Needs, PictureRows, Weight

# White rows at the foot of a text that are no hole yet, and those below a story in one rectangle that the
# typesetter moves up to its headline.
SMALLEST_HOLE, MOST_MOVED = 2, 2
# Rows that stay white between a story and the next below it, and between a caption and the text below it.
GAP = 1
# Fewer rows of text below a headline or a picture look like a slip.
SHORTEST_LEG = 4


class Shape(NamedTuple):
    """One way a story can stand: modules by the height they take with the gap below them, one height after
    another.
    """

    width: int
    modules: dict[int, Module]


class _Copy(NamedTuple):
    """A story as one headline sets it."""

    item: Item
    style: str
    headline: Headline
    needs: Needs

    def module(
        self, frames: Sequence[Rectangle], picture: Rectangle | None, banner: Rectangle, hole: int
    ) -> Module | None:
        """The module, unless it would have a hole."""
        if not 0 <= hole <= SMALLEST_HOLE:
            return None
        return Module(self.item, self.style, self.headline.size, banner, tuple(frames), picture, hole)


class _Framed(NamedTuple):
    """A picture at the width it has in a shape, and the rows it may take."""

    width: int
    rows: PictureRows

    @property
    def crops(self) -> range:
        return range(self.rows.least, self.rows.most + 1)

    def heights(self, width: int, fixed: int) -> range:
        """The heights at which its crop can fill a module with so many fields of headline and text."""
        least, most = (fixed + self.width * rows for rows in (self.rows.least, self.rows.most))
        return range(-(-least // width), most // width + 2)

    def height(self, room: int, most: int) -> int | None:
        """How high it stands to take up `room` fields under a height of `most` rows: all of it, or with a gap and
        some text below. None where it cannot.
        """
        if self.rows.least <= most <= min(room // self.width, self.rows.most):
            return most
        high = min(room // self.width - GAP, self.rows.most)
        return high if high >= self.rows.least and most - high - GAP >= SHORTEST_LEG else None

    def crop(self, module: Module) -> Module:
        """The module with what is said about its crop."""
        if module.picture is None:
            return module
        return module._replace(crop=abs(module.picture.height / self.rows.whole - 1), coarse=self.rows.coarse)


_Copies = dict[int, _Copy]
_Built = Iterator[tuple[int, Module | None]]


def shapes_of(item: Item, needs: Needs, columns: int, rows: int) -> list[Shape]:
    """All shapes of the item on a grid of so many columns, none taller than so many rows."""
    found: list[Shape] = []
    for style in item.styles:
        copies = _copies(item, style, needs, columns)
        # What is there for its picture never goes without.
        if item.picture is None or item.weight != Weight.PICTURE:
            for width, copy in copies.items():
                found += _runs(width, _plain(copy, width), rows)
        if item.picture is not None:
            for width in range(1, columns + 1):
                found += _with_picture(copies, width, needs.picture_rows, rows)
    return found


def _copies(item: Item, style: str, needs: Needs, columns: int) -> _Copies:
    """The story by how many columns its headline has."""
    headlines = {across: needs.headline(item, style, across) for across in range(1, columns + 1)}
    return {across: _Copy(item, style, headline, needs) for across, headline in headlines.items() if headline}


def _with_picture(
    copies: _Copies, width: int, picture_rows: Callable[[Item, int], PictureRows], rows: int
) -> Iterator[Shape]:
    """The shapes of one width that take the picture along."""
    for part in range(1, width + 1):
        wide, narrow = copies.get(width), copies.get(width - part)
        ways: list[tuple[_Framed, _Built]] = []
        for copy, builders in ((wide, (_above, _under_headline, _beside)), (narrow, (_at_the_right,))):
            if copy is None:
                continue
            framed = _Framed(part, picture_rows(copy.item, part))
            ways += [(framed, builder(copy, framed, width)) for builder in builders]
        for framed, way in ways:
            yield from _runs(width, ((height, module and framed.crop(module)) for height, module in way), rows)


def _runs(width: int, built: _Built, rows: int) -> Iterator[Shape]:
    """Shapes of what was built by rising height, a new one after every height that does not work."""
    modules: dict[int, Module] = {}
    for height, module in built:
        if module is not None and height <= rows:
            modules[height + GAP] = module
        elif modules:
            yield Shape(width, modules)
            modules = {}
    if modules:
        yield Shape(width, modules)


def _plain(copy: _Copy, width: int) -> _Built:
    """Headline and text in one rectangle."""
    head, text = copy.headline.rows, copy.needs.text(copy.item, width)
    banner = Rectangle(1, 1, width, head)
    for more in range(MOST_MOVED + 1):
        height = head + text.rows + more
        module = copy.module([Rectangle(1, 1, width, height)], None, banner, text.white)
        yield height, module and module._replace(hole=module.hole + more)


def _above(copy: _Copy, framed: _Framed, width: int) -> _Built:
    """The picture over the whole width, headline and text below it."""
    if framed.width != width:
        return
    head, text = copy.headline.rows, copy.needs.text(copy.item, width)
    for high in framed.crops:
        frame = Rectangle(1, high + 1, width, head + text.rows)
        banner = Rectangle(1, high + 1, width, head)
        yield high + frame.height, copy.module([frame], Rectangle(1, 1, width, high), banner, text.white)


def _under_headline(copy: _Copy, framed: _Framed, width: int) -> _Built:
    """The headline, the picture over the whole width, the text."""
    head, text = copy.headline.rows, copy.needs.text(copy.item, width)
    if framed.width != width or text.rows < SHORTEST_LEG or not head:
        return
    banner = Rectangle(1, 1, width, head)
    for high in framed.crops:
        picture, below = Rectangle(1, head + 1, width, high), Rectangle(1, head + high + GAP + 1, width, text.rows)
        yield head + high + GAP + text.rows, copy.module([banner, below], picture, banner, text.white)


def _beside(copy: _Copy, framed: _Framed, width: int) -> _Built:
    """The headline over everything; below it the text, and the picture in the last columns, with text under it
    where there is any left.
    """
    head, part, rest = copy.headline.rows, framed.width, width - framed.width
    if not rest:
        return
    lines, text = copy.needs.lines(copy.item), copy.needs.text(copy.item, rest)
    banner = Rectangle(1, 1, width, head)
    for height in framed.heights(width, head * width + lines):
        below = height - head
        high = framed.height(width * below - lines, below)
        if high is None or below < SHORTEST_LEG or (high == below and below < text.rows):
            yield height, None
            continue
        frames, hole = [Rectangle(1, head + 1, rest, below)], below - text.rows + text.white
        if head:
            frames.insert(0, banner)
        if below > high:
            frames.append(Rectangle(rest + 1, head + high + GAP + 1, part, below - high - GAP))
            hole = -(-(width * below - part * (high + GAP) - lines) // part)
        yield height, copy.module(frames, Rectangle(rest + 1, head + 1, part, high), banner, hole)


def _at_the_right(copy: _Copy, framed: _Framed, width: int) -> _Built:
    """The story, and at its right the picture from the headline's height down; text under it where any is left."""
    head, part, rest = copy.headline.rows, framed.width, width - framed.width
    lines, text = copy.needs.lines(copy.item), copy.needs.text(copy.item, rest)
    banner = Rectangle(1, 1, rest, head)
    for height in framed.heights(width, head * rest + lines):
        room = width * height - head * rest - lines
        high = framed.height(room, height)
        if high is None or height - head < SHORTEST_LEG or (high == height and height - head < text.rows):
            yield height, None
            continue
        frames, hole = [Rectangle(1, 1, rest, height)], height - head - text.rows + text.white
        if height > high:
            frames.append(Rectangle(rest + 1, high + GAP + 1, part, height - high - GAP))
            hole = -(-(room - part * (high + GAP)) // part)
        yield height, copy.module(frames, Rectangle(rest + 1, 1, part, high), banner, hole)
