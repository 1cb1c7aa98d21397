"""What each line of a page is, told from its words alone."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from articles.importing.lines import Line, joined
from articles.importing.marks import cut_closing, cut_lead_in, cut_opening, is_sign_off

# The folio line (报眉), the people who made the page, and how to reach the paper.
_NUMBER = "[0-9A-Z一二三四五六七八九十]{1,3}"
_MAKERS = "责任编辑|责编|值班编辑|版式|组版|美编|校对|审校"
_CONTACTS = "新闻热线|报料热线|广告热线|热线电话|电子邮箱|投稿邮箱|邮箱|网址|邮编"
_PAGE_NAMES = "要闻|综合|综合新闻|本地新闻|国内|国际|时政|经济|社会|民生|文化|教育|体育|健康|法治|理论|副刊|专题|广告"
_PAGE_FURNITURE = re.compile(
    rf"第?{_NUMBER}版(?:\s*(?:{_PAGE_NAMES}))?$|(?:{_PAGE_NAMES})$"
    r"|\d{4}年\s*\d{1,2}月\s*\d{1,2}日\s*(?:星期.)?\s*(?:农历.{2,12})?$|.{0,14}\d{1,2}日\s*星期[一二三四五六日]"
    rf"|(?:本版)?(?:{_MAKERS})[：:\s]?.{{2,40}}$|编辑[：:\s].{{2,40}}$"
    rf"|(?:{_CONTACTS})[：:\s]|总第\s*\d+\s*期|国内统一"
)
# The title of a standing column of the paper (专栏), which is no story's headline.
_COLUMN_TITLE = re.compile(r"(?:简讯|短讯|图片新闻|.{2,8}(?:进行时|广角|专栏|专题|调研行))$")

# No headline ends in a comma, begins with a closing mark or has half of a pair of brackets.
# 图为 opens a caption.
_BODY_WORDS = re.compile(r"。|[，、；：]$|[！？…][”’]$|^图为|^[，。、；：”’》]|^[^（(]*[）)]|[（(][^）)]*$")


class Kind(Enum):
    """What a line is.

    FURNITURE is the page's own. OPENING begins a lead-in or a jump mark; ENDING is a sign-off or jump mark
    alone; both cut in wherever the sentence above broke off. SIGNATURE is a credit or names in brackets
    alone, BYLINE names alone. BODY cannot be of a headline; TEXT may be of a body or of a headline.
    """

    FURNITURE = auto()
    OPENING = auto()
    ENDING = auto()
    SIGNATURE = auto()
    BYLINE = auto()
    BODY = auto()
    TEXT = auto()

    @property
    def is_words(self) -> bool:
        """Whether the line is a story's own words or a headline."""
        return self in (Kind.BODY, Kind.TEXT)

    @property
    def cuts_in(self) -> bool:
        """Whether the line ends what is above it, even in mid-sentence."""
        return self in (Kind.OPENING, Kind.ENDING)


def kinds_of(lines: Sequence[Line]) -> list[Kind]:
    """The kind of each line, in order."""
    return [_mark_kind(lines, place) or _words_kind(line) for place, line in enumerate(lines)]


def _words_kind(line: Line) -> Kind:
    body = line.loose or line.indented or _BODY_WORDS.search(line.text)
    return Kind.BODY if body else Kind.TEXT


def _mark_kind(lines: Sequence[Line], place: int) -> Kind | None:
    alone = lines[place].text
    if _PAGE_FURNITURE.match(alone) or _COLUMN_TITLE.match(alone):
        return Kind.FURNITURE
    if _begins_story(lines, place):
        return Kind.OPENING
    closing = cut_closing(alone)
    if closing and not closing.rest:
        return Kind.ENDING if closing.marks.dateline or closing.marks.to_page else Kind.SIGNATURE
    return Kind.BYLINE if cut_opening(alone) else None


def _begins_story(lines: Sequence[Line], place: int) -> bool:
    """Whether a lead-in or a jump mark begins here, though it may be finished on the lines below.

    A dispatch line alone on its line is a sign-off, unless （reporter） follows.
    """
    if is_sign_off(lines[place].text):
        return place + 1 < len(lines) and lines[place + 1].text.startswith(("（", "("))
    return cut_lead_in(joined(lines[place : place + 3])) is not None
