"""Two people's contents made one against the content that both began with. Pure.

Whoever alone changed something wins. Of the body this is said of its blocks: what one of the two changed, moved,
put in or took out stands. Two insertions at one place are both kept, theirs first; a block that both moved stays
where theirs is. Only where both made something different of the same field, block or list somebody has to choose.

`theirs` is what stands already, `mine` what is being saved.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from articles.text.body import elements
from articles.text.matching import Places, match_or_replace, moved

_PICTURE = re.compile(r'<img src="/desk/photos/(\d+)/preview"[^>]*>')
_TAG = re.compile(r"<[^>]*>")
# What a person in a byline and a picture of a story are known by.
_LISTS: Mapping[str, Callable[[Any], Hashable]] = {
    "bylines": lambda credit: credit["contributor"],
    "pictures": lambda picture: picture["photo"],
}


@dataclass(frozen=True)
class Conflict:
    """A field that both made something different of."""

    field: str
    base: Any
    theirs: Any
    mine: Any


@dataclass(frozen=True)
class Agreed:
    """A passage of the body that needs no choice."""

    html: str


@dataclass(frozen=True)
class Parted:
    """A block of the body that both made something different of; empty where somebody took it out."""

    base: str
    theirs: str
    mine: str


Passage = Agreed | Parted


@dataclass(frozen=True)
class Merge:
    """What became of a merge.

    `content` is everything merged that could be, with theirs where the two part. `conflicts` are the fields but
    for the body, whose `passages` lie side by side.
    """

    content: dict[str, Any]
    conflicts: tuple[Conflict, ...]
    passages: tuple[Passage, ...]

    @property
    def parts_in_body(self) -> bool:
        """Whether somebody has to choose in the body."""
        return any(isinstance(passage, Parted) for passage in self.passages)

    @property
    def is_clean(self) -> bool:
        """Whether nobody has to choose anything."""
        return not self.conflicts and not self.parts_in_body

    @property
    def content_with_mine(self) -> dict[str, Any]:
        """As `content`, with mine where the two part."""
        chosen = {conflict.field: conflict.mine for conflict in self.conflicts}
        return {**self.content, **chosen, "body": "".join(map(_mine, self.passages))}


def merge(base: Mapping[str, Any] | None, theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merge:
    """`theirs` and `mine` made one. Without a `base` everything in which the two differ is to be chosen."""
    if base is None:
        return _unmerged(theirs, mine)
    content, conflicts = dict(theirs), []
    for name in mine:
        if name != "body":
            value = _merged_field(name, base.get(name), theirs.get(name), mine[name])
            conflicts += [value] if isinstance(value, Conflict) else []
            content[name] = theirs.get(name) if isinstance(value, Conflict) else value
    passages = _merged_body(base["body"], theirs["body"], mine["body"])
    content["body"] = "".join(map(_theirs, passages))
    return Merge(content, tuple(conflicts), passages)


def _unmerged(theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merge:
    differing = [name for name in mine if name != "body" and mine[name] != theirs.get(name)]
    conflicts = tuple(Conflict(name, None, theirs.get(name), mine[name]) for name in differing)
    same = theirs["body"] == mine["body"]
    body: Passage = Agreed(theirs["body"]) if same else Parted("", theirs["body"], mine["body"])
    return Merge(dict(theirs), conflicts, (body,))


def _merged_field(name: str, base: Any, theirs: Any, mine: Any) -> Any:
    """The value that stands, or the conflict."""
    value = _one_of(base, theirs, mine)
    if not isinstance(value, _Strand):
        return value
    together = _merged_list(base, theirs, mine, _LISTS[name]) if name in _LISTS else None
    return Conflict(name, base, theirs, mine) if together is None else together


def _one_of(base: Any, theirs: Any, mine: Any) -> Any:
    """What stands of one thing; all three where both made something different of it."""
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else _Strand(base, theirs, mine)


# -- sequences: blocks of a body, items of a list


@dataclass(eq=False)
class _Strand:
    """One block or item through all three: None where it is not."""

    base: Any = None
    theirs: Any = None
    mine: Any = None


@dataclass
class _Sequence:
    """Strands as one of the two has them in order; `moved` are those that this one put elsewhere."""

    strands: list[_Strand] = field(default_factory=list)
    moved: set[int] = field(default_factory=set)


def _merged_list(base: Any, theirs: Any, mine: Any, key: Callable[[Any], Hashable]) -> list[Any] | None:
    """The items of both in order; None where both made something different of one."""
    find = partial(_by_key, key=key)
    merged = [_one_of(s.base, s.theirs, s.mine) for s in _woven(base, theirs, mine, find, key)]
    return None if any(isinstance(item, _Strand) for item in merged) else [item for item in merged if item is not None]


def _by_key(old: Sequence[Any], new: Sequence[Any], key: Callable[[Any], Hashable]) -> Places:
    places: dict[Hashable, deque[int]] = defaultdict(deque)
    for place, item in enumerate(old):
        places[key(item)].append(place)
    return [places[key(item)].popleft() if places[key(item)] else None for item in new]


def _merged_body(base: str, theirs: str, mine: str) -> tuple[Passage, ...]:
    whole = _one_of(base, theirs, mine)
    if not isinstance(whole, _Strand):
        return (Agreed(whole),)
    find = partial(match_or_replace, said=_said)
    passages: list[Passage] = []
    for strand in _woven(elements(base), elements(theirs), elements(mine), find, str):
        block = _one_of(strand.base, strand.theirs, strand.mine)
        if isinstance(block, _Strand):
            passages.append(Parted(block.base or "", block.theirs or "", block.mine or ""))
        elif passages and isinstance(passages[-1], Agreed):
            passages[-1] = Agreed(passages[-1].html + (block or ""))
        else:
            passages.append(Agreed(block or ""))
    return tuple(passages)


def _said(block: str) -> str:
    """The words of a block and the numbers of its pictures, by which it is known again."""
    return _TAG.sub("", _PICTURE.sub(r"▣\1 ", block))


def _woven(
    base: Sequence[Any],
    theirs: Sequence[Any],
    mine: Sequence[Any],
    find: Callable[[Sequence[Any], Sequence[Any]], Places],
    key: Callable[[Any], Hashable],
) -> list[_Strand]:
    """Every block or item once, in the order of theirs with what only mine moved or put in where mine has it."""
    strands = [_Strand(item) for item in base]
    of_theirs = _sequence("theirs", theirs, strands, find(base, theirs), {})
    came: dict[Hashable, deque[_Strand]] = defaultdict(deque)
    for strand in of_theirs.strands:
        if strand.base is None:
            came[key(strand.theirs)].append(strand)
    of_mine = _sequence("mine", mine, strands, find(base, mine), came, key)
    away = of_mine.moved - of_theirs.moved
    standing = [strand for strand in of_theirs.strands if id(strand) not in away]
    return _with_runs(standing, of_mine.strands)


def _sequence(
    side: str,
    items: Sequence[Any],
    strands: list[_Strand],
    places: Places,
    came: Mapping[Hashable, deque[_Strand]],
    key: Callable[[Any], Hashable] = str,
) -> _Sequence:
    """One side's items hung on the strands of the base, or on the equal one that came with the other side."""
    away, sequence = moved(places), _Sequence()
    for here, (item, place) in enumerate(zip(items, places, strict=True)):
        if place is not None:
            strand = strands[place]
        else:
            equals = came.get(key(item))
            strand = equals.popleft() if equals else _Strand()
        setattr(strand, side, item)
        sequence.strands.append(strand)
        if here in away:
            sequence.moved.add(id(strand))
    return sequence


def _with_runs(standing: list[_Strand], mine: list[_Strand]) -> list[_Strand]:
    """`standing` with each run of mine that is not in it after the strand that goes before it in mine, and after
    what they put in there.
    """
    known = {id(strand) for strand in standing}
    runs: dict[int | None, list[_Strand]] = defaultdict(list)
    anchor = None
    for strand in mine:
        if id(strand) in known:
            anchor = id(strand)
        else:
            runs[anchor].append(strand)
    woven, waiting = [], runs[None]
    for strand in standing:
        if strand.base is not None or strand.mine is not None:
            woven += waiting
            waiting = runs.get(id(strand), [])
        woven.append(strand)
    return woven + waiting


def _theirs(passage: Passage) -> str:
    return passage.html if isinstance(passage, Agreed) else passage.theirs


def _mine(passage: Passage) -> str:
    return passage.html if isinstance(passage, Agreed) else passage.mine
