"""Names and roles out of a byline's text, where the spaces cannot be trusted."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.importing.lines import squeeze

# The common surnames, by the traditional list and the census.
SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任"
    "袁柳酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴"
    "谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干"
    "解应宗丁宣贲邓郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯"
    "宓蓬全郗班仰秋仲伊宫宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴胥能苍双"
    "闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居"
    "衡步都耿满弘匡国文寇广禄阙东欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯"
    "盖益桓公晋楚闫肖付代邸仝苟户丘兰原岳亢荔南帅缑亓冼覃佟青郄税操旷迟岩初"
)
COMPOUND_SURNAMES = frozenset(
    [
        "欧阳",
        "上官",
        "司马",
        "诸葛",
        "夏侯",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "宇文",
        "长孙",
        "司徒",
        "端木",
        "轩辕",
        "南宫",
        "独孤",
        "呼延",
        "闻人",
    ]
)
ROLES = "特约记者|实习记者|见习记者|首席记者|记者|特约通讯员|通讯员|特约评论员|评论员|作者"

_SPACED_ROLES = "|".join(r"\s*".join(role) for role in ROLES.split("|"))
# A run is likely names if it costs no more than one oddity (a space lost between two names, four
# characters) and what is usual with each name (two characters, the end of a line).
_ODDITY = 1.0
_EVERYDAY = 0.2
_LONGEST_RUN = 60
_LONGEST_NAME = 12

_ROLE = re.compile(rf"(?:本\s*报|新\s*华\s*社)?\s*({_SPACED_ROLES})")
_SEPARATOR = re.compile(r"[、，,；;/]")
_NO_NAME = re.compile(r"[0-9A-Za-z。！？：；“”《》（）()—…%]")


@dataclass(frozen=True)
class Byline:
    """A name and the role it was printed with: 记者 reporter, 通讯员 correspondent, 摄 photographer."""

    name: str
    role: str


def read_bylines(text: str, default: str) -> tuple[Byline, ...]:
    """The names in `text`, each with the role word before it, or `default` where there is none."""
    pieces = _ROLE.split(text)
    found = [Byline(name, default) for name in split_names(pieces[0])]
    for role, names in zip(pieces[1::2], pieces[2::2], strict=True):
        found += [Byline(name, squeeze(role)) for name in split_names(names)]
    return tuple(found)


def split_names(text: str) -> tuple[str, ...]:
    """The names in a run that may have a line feed or padding inside a name, or no space between two.

    Chooses the cheapest cut: names have two or three characters, begin with a surname, end at a space.
    """
    return tuple(name for piece in _SEPARATOR.split(text) for name in _cheapest(piece)[1])


def are_names(text: str) -> bool:
    """Whether `text` can hardly be anything else than names, with or without roles."""
    if len(text) > _LONGEST_RUN or _NO_NAME.search(text):
        return False
    pieces = _SEPARATOR.split(_ROLE.sub(" ", text))
    return all(_may_be_names(piece) and _is_likely(*_cheapest(piece)) for piece in pieces)


def are_signed(text: str) -> bool:
    """Whether `text`, found where bylines are printed, is names: a role word before them is enough."""
    led_by_role = _ROLE.match(text.strip()) and len(text) <= _LONGEST_RUN and not _NO_NAME.search(text)
    return bool(led_by_role) or are_names(text)


def _may_be_names(text: str) -> bool:
    """A quick look at the first glyphs, which spares most lines of a page the search for the cheapest cut."""
    return _surname_cost(squeeze(text[:_LONGEST_NAME])) == 0.0


def _is_likely(cost: float, names: Sequence[str]) -> bool:
    return cost <= _ODDITY + _EVERYDAY * len(names)


def _cheapest(text: str) -> tuple[float, tuple[str, ...]]:
    """The cheapest cut of a run of names, and its cost."""
    glyphs = re.findall(r"(\s*)(\S)", " " + text.strip())
    longest = _LONGEST_NAME if "·" in text else 4
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(glyphs) + 1):
        cuts = ((best[start], glyphs[start:end]) for start in range(max(0, end - longest), end))
        best.append(min((cost + _cost(cut), (*names, _name(cut))) for (cost, names), cut in cuts))
    return best[-1]


def _name(glyphs: list[tuple[str, str]]) -> str:
    return "".join(glyph for _, glyph in glyphs)


def _cost(glyphs: list[tuple[str, str]]) -> float:
    """How unlike one name, standing after another, the glyphs (each with the space before it) are."""
    name = _name(glyphs)
    return _boundary_cost(glyphs[0][0]) + _length_cost(name) + _surname_cost(name)


def _boundary_cost(space: str) -> float:
    return 0.0 if " " in space else 0.3 if space else 0.6


def _length_cost(name: str) -> float:
    if "·" in name[1:-1] or (name[:2] in COMPOUND_SURNAMES and len(name) in (3, 4)):
        return 0.0
    return {2: 0.2, 3: 0.0, 4: 1.2}.get(len(name), 3.0)


def _surname_cost(name: str) -> float:
    return 0.0 if name[:1] in SURNAMES or name[:2] in COMPOUND_SURNAMES or "·" in name else 1.5
