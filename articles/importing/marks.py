"""What a story's text carries besides its own words: lead-ins, bylines, credits, sign-offs and jump marks.

The forms are the trade's. A story opens with 本报讯 or a dispatch line (电头: whose, where, when), with a
line of bylines, or with （上接N版), the mark of a story continued from another page. It ends with an agency's
sign-off, （names）, a photo credit (names and 摄), or （下转N版), the mark of a story that goes on elsewhere.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.importing.lines import HAN, squeeze
from articles.importing.names import ROLES, Byline, are_names, are_signed, read_bylines

_REACH = 90
_AGENCY = "新华社|中新社"
_DISPATCH = rf"(?:本报|据?(?:{_AGENCY}))[^，。；：“”（）\d]{{0,10}}?(?:\d{{1,2}}月\d{{1,2}}日)电"
_PAGE = r"第?([0-9A-Za-z]+|[一二三四五六七八九十]+)版"
_STOP = "[。！？”…]"
_BULLETS = "□■○●◇◆△▲◎"

_LEAD_IN = re.compile(
    rf"(?P<dateline>本报讯|{_DISPATCH})"
    rf"(?:[（(](?P<names>[^（）()]{{2,60}})[）)]|(?P<reporter>(?:{ROLES}){HAN}{{2,12}}?)报道[：:，]?)?"
)
_JUMP_IN = re.compile(rf"[（(]?[上紧]接{_PAGE}[^（）()。]{{0,20}}[）)]|[上紧]接{_PAGE}$")
_UNNAMED_BYLINE = re.compile(rf"[{_BULLETS}]?本报(?:特约)?(?:评论员|编辑部)(?:文章)?$")

_JUMP_OUT = re.compile(rf"[（(]下转{_PAGE}[^（）()。]{{0,20}}[）)]$")
_SIGN_OFF = re.compile(rf"(?:^|(?<={_STOP}))[（(]?(?P<dateline>{_DISPATCH})[）)]?$")
_CREDIT = re.compile(
    rf"(?:^|(?<={_STOP}))(?:[（(](?P<boxed>[^（）()。]{{2,40}})摄(?:影报道|影)?[）)]|(?P<bare>[^（）()。”]{{2,40}})摄(?:影报道|影)?)$"
)
_END_NAMES = re.compile(rf"(?:^|(?<={_STOP}))[（(](?P<names>[^（）()。]{{2,40}})[）)]$")
_NUMERALS = {numeral: str(number) for number, numeral in enumerate("一二三四五六七八九十", start=1)}


@dataclass(frozen=True)
class Marks:
    """The furniture cut from a story, verbatim in `texts`, and what it says.

    Pages are the labels printed in the jump marks, with Chinese numerals turned into digits.
    """

    texts: tuple[str, ...] = ()
    bylines: tuple[Byline, ...] = ()
    credit: tuple[str, ...] = ()
    dateline: str | None = None
    agency: str | None = None
    from_page: str | None = None
    to_page: str | None = None


def merged(found: Sequence[Marks]) -> Marks:
    """All the marks of one story together; where two name a dateline or a page, the first is kept."""
    return Marks(
        texts=tuple(text for marks in found for text in marks.texts),
        bylines=tuple(byline for marks in found for byline in marks.bylines),
        credit=tuple(name for marks in found for name in marks.credit),
        dateline=next((marks.dateline for marks in found if marks.dateline), None),
        agency=next((marks.agency for marks in found if marks.agency), None),
        from_page=next((marks.from_page for marks in found if marks.from_page), None),
        to_page=next((marks.to_page for marks in found if marks.to_page), None),
    )


@dataclass(frozen=True)
class Cut:
    """A mark cut from a text, and the text that is left."""

    marks: Marks
    rest: str


def cut_opening(text: str) -> Cut | None:
    """The lead-in, jump mark or whole line of bylines that `text` opens with, or None.

    `text` may have line feeds where printed lines ended; the words of a mark may be broken by them.
    """
    return cut_lead_in(text) or _cut_byline_line(text)


def cut_lead_in(text: str) -> Cut | None:
    """The lead-in or jump mark that `text` opens with, or None."""
    glyphs = _Glyphs(text[: _REACH * 2])
    found = _read_jump_in(glyphs) or _read_lead_in(glyphs)
    if not found:
        return None
    marks, size = found
    return Cut(marks, text[glyphs.end_of(size) :])


def cut_closing(text: str) -> Cut | None:
    """The jump mark, sign-off, credit or names in brackets that `text` ends with, or None."""
    start = max(0, len(text) - _REACH * 2)
    glyphs = _Glyphs(text[start:])
    for read in (_read_jump_out, _read_sign_off, _read_credit, _read_end_names):
        found = read(glyphs)
        if found:
            marks, size = found
            return Cut(marks, text[: start + glyphs.start_of(size)])
    return None


def is_sign_off(text: str) -> bool:
    """Whether `text` is an agency's dispatch line and nothing more, as agency copy is signed at its end."""
    return _SIGN_OFF.fullmatch(squeeze(text)) is not None


class _Glyphs:
    """A text without its spaces, and the way back from a place in it to the place in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.places = [place for place, glyph in enumerate(text) if not glyph.isspace()]
        self.squeezed = "".join(text[place] for place in self.places)

    def end_of(self, size: int) -> int:
        return self.places[size - 1] + 1

    def start_of(self, place: int) -> int:
        return self.places[place]

    def between(self, span: tuple[int, int]) -> str:
        return self.text[self.start_of(span[0]) : self.end_of(span[1])]

    def verbatim(self, span: tuple[int, int]) -> str:
        return self.between(span).replace("\n", "")


def _read_jump_in(glyphs: _Glyphs) -> tuple[Marks, int] | None:
    match = _JUMP_IN.match(glyphs.squeezed)
    if not match:
        return None
    page = _page(match[1] or match[2])
    return Marks((glyphs.verbatim(match.span()),), from_page=page), match.end()


def _read_lead_in(glyphs: _Glyphs) -> tuple[Marks, int] | None:
    match = _LEAD_IN.match(glyphs.squeezed)
    if not match:
        return None
    group = "reporter" if match["reporter"] else "names"
    named = match[group] is not None and are_signed(glyphs.between(match.span(group)))
    size = match.end() if named else match.end("dateline")
    bylines = read_bylines(glyphs.between(match.span(group)), "记者") if named else ()
    marks = Marks((glyphs.verbatim((0, size)),), bylines)
    return _dispatched(marks, match["dateline"]), size


def _cut_byline_line(text: str) -> Cut | None:
    if len(text) > _REACH:
        return None
    whole = Marks((text.replace("\n", "").strip(),))
    if _UNNAMED_BYLINE.match(squeeze(text)):
        return Cut(whole, "")
    names = text.lstrip(_BULLETS + " ")
    return Cut(replace(whole, bylines=read_bylines(names, "作者")), "") if are_names(names) else None


def _read_jump_out(glyphs: _Glyphs) -> tuple[Marks, int] | None:
    match = _JUMP_OUT.search(glyphs.squeezed)
    if not match:
        return None
    return Marks((glyphs.verbatim(match.span()),), to_page=_page(match[1])), match.start()


def _read_sign_off(glyphs: _Glyphs) -> tuple[Marks, int] | None:
    match = _SIGN_OFF.search(glyphs.squeezed)
    if not match:
        return None
    return _dispatched(Marks((glyphs.verbatim(match.span()),)), match["dateline"]), match.start()


def _read_credit(glyphs: _Glyphs) -> tuple[Marks, int] | None:
    match = _CREDIT.search(glyphs.squeezed)
    if not match:
        return None
    names = glyphs.between(match.span("boxed" if match["boxed"] else "bare"))
    if not are_signed(names):
        return None
    credited = tuple(byline.name for byline in read_bylines(names, "摄"))
    bylines = tuple(Byline(name, "摄") for name in credited)
    return Marks((glyphs.verbatim(match.span()),), bylines, credited), match.start()


def _read_end_names(glyphs: _Glyphs) -> tuple[Marks, int] | None:
    match = _END_NAMES.search(glyphs.squeezed)
    if not match or not are_signed(glyphs.between(match.span("names"))):
        return None
    bylines = read_bylines(glyphs.between(match.span("names")), "作者")
    return Marks((glyphs.verbatim(match.span()),), bylines), match.start()


def _dispatched(marks: Marks, dateline: str) -> Marks:
    agency = re.search(_AGENCY, dateline)
    return replace(marks, dateline=dateline, agency=agency[0] if agency else None)


def _page(label: str) -> str:
    return _NUMERALS.get(label, label)
