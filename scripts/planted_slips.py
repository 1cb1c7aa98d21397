"""Plants slips of every kind into clean copy, at random places, the same for the same seed."""

from __future__ import annotations

import datetime
import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

import rjieba
from pypinyin import lazy_pinyin

from articles.proofreading.copy import Passage, PictureWords, StoryCopy
from articles.proofreading.days import WEEKDAYS
from articles.proofreading.usual import listed_in
from articles.proofreading.wording import ListedWord, WordList
from articles.text.leadin import LeadIn, LeadInKind

NAME_CHARACTERS = (
    "晓小孝明鸣铭名伟维玮卫建健剑俊军君娟丽莉力利志智治芝华桦国果海亥红宏洪鸿虹平萍苹凤峰锋丰林琳霖玲灵玉宇雨语文雯闻静靖敬"
    "京婷庭亭欣新心馨鑫洁杰捷佳嘉家佩培梅媚美英莹颖影永勇涌生胜声盛春纯淳东冬栋立历云芸运"
)
MEASURED = "天 个 公里 元 小时 月 人 %".split()
SCALED = "% 万元 亿元 万人".split()
COUNTED = "个小时 天 百米 十人 公里".split()


class Planted(NamedTuple):
    """A copy with one slip: where it lies, in which field and block, from where to where."""

    copy: StoryCopy
    field: str
    block: int
    start: int
    end: int


Planter = Callable[[random.Random, StoryCopy], Planted | None]
PLANTERS: dict[str, list[Planter]] = {}


def plants(check: str) -> Callable[[Planter], Planter]:
    def keep(planter: Planter) -> Planter:
        PLANTERS.setdefault(check, []).append(planter)
        return planter

    return keep


def _with_text(copy: StoryCopy, passage: Passage, text: str) -> StoryCopy:
    passages = tuple(replace(passage, text=text) if other is passage else other for other in copy.passages)
    return replace(copy, passages=passages)


def _edited(copy: StoryCopy, passage: Passage, start: int, end: int, new: str) -> Planted:
    """`new` in place of what stands from `start` to `end`."""
    text = passage.text[:start] + new + passage.text[end:]
    return Planted(_with_text(copy, passage, text), passage.field, passage.block, start, start + len(new))


def _anywhere(rng: random.Random, copy: StoryCopy, pattern: str) -> tuple[Passage, re.Match[str]] | None:
    """A place in the running text where `pattern` matches."""
    found = [(passage, match) for passage in copy.running for match in re.finditer(pattern, passage.text)]
    return rng.choice(found) if found else None


def _replacing(check: str, pattern: str, new: Callable[[random.Random, re.Match[str]], str]) -> None:
    @plants(check)
    def planter(rng: random.Random, copy: StoryCopy) -> Planted | None:
        found = _anywhere(rng, copy, pattern)
        return _edited(copy, found[0], *found[1].span(), new(rng, found[1])) if found else None


def _saying(check: str, sentence: Callable[[random.Random, StoryCopy], str]) -> None:
    """Plants a whole sentence at the start of some sentence of the story."""

    @plants(check)
    def planter(rng: random.Random, copy: StoryCopy) -> Planted | None:
        found = _anywhere(rng, copy, r"^|(?<=[。！？])(?![”’）])")
        if found is None:
            return None
        return _edited(copy, found[0], found[1].start(), found[1].start(), sentence(rng, copy))


_CJK = "[\u4e00-\u9fff]"
_WIDE = {ord("0") + n: ord("０") + n for n in range(10)}
_replacing("brackets", r"(?<=[^。])[”》）](?=.)", lambda rng, m: "")
_replacing("brackets", r"(?<=.)[“《（]", lambda rng, m: "")
_replacing("brackets", r"(?<=.)“(?=[^“”]+”)", lambda rng, m: "”")
_replacing("brackets", r"(?<=“[^“”]{4})([^“”]*)”", lambda rng, m: m[1] + "“")
_replacing(
    "nesting",
    r"“([^“”‘’]{3})([^“”‘’，。、：；！？]{2})([^“”‘’，。、：；！？][^“”‘’]*)”",
    lambda rng, m: f"“{m[1]}“{m[2]}”{m[3]}”",
)
_replacing("straight_quotes", r"“([^“”]+)”", lambda rng, m: f'"{m[1]}"')
_replacing("doubled_characters", r"[的了是在和与将对也都]", lambda rng, m: m[0] * 2)
_replacing("doubled_marks", r"[，。、；]", lambda rng, m: m[0] * 2)
_replacing("doubled_marks", r"(?<=.)[，](?=.)", lambda rng, m: rng.choice(["，。", "、，", "，、"]))
_replacing("doubled_marks", r"(?<=[^。！？”])。", lambda rng, m: rng.choice(["...", "。。。", "…"]))
_replacing(
    "half_width",
    rf"(?<={_CJK})[，；：？！](?={_CJK})",
    lambda rng, m: {"，": ",", "；": ";", "：": ":", "？": "?", "！": "!"}[m[0]],
)
_replacing("half_width", rf"(?<={_CJK})。", lambda rng, m: ".")
_replacing("half_width", rf"(?<=[0-9%])，(?={_CJK})", lambda rng, m: ",")
_replacing("wide_digits", r"[0-9]+", lambda rng, m: m[0].translate(_WIDE))
_replacing("half_width", r"（([^（）]+)）", lambda rng, m: f"({m[1]})")
_replacing("spaces", rf"(?<={_CJK})(?={_CJK})", lambda rng, m: " ")
_replacing("spaces", rf"(?<=[，。；])(?={_CJK})", lambda rng, m: " ")
_replacing("digit_spaces", rf"(?<={_CJK})(?=\d)|(?<=\d)(?={_CJK})", lambda rng, m: " ")


@plants("doubled_characters")
def a_word_twice(rng: random.Random, copy: StoryCopy) -> Planted | None:
    passage = rng.choice(copy.running)
    words = [word for word in rjieba.cut(passage.text) if re.fullmatch(_CJK + "{2,4}", word)]
    if not words:
        return None
    word = rng.choice(words)
    at = passage.text.index(word)
    return _edited(copy, passage, at, at + len(word), word * 2)


def _day(rng: random.Random, copy: StoryCopy, within: int = 60) -> datetime.date:
    return copy.day + datetime.timedelta(days=rng.randint(-within, within))


def _wrong_weekday(rng: random.Random, day: datetime.date) -> str:
    return rng.choice([w for w in WEEKDAYS if w != WEEKDAYS[day.weekday()]])


def _weekday_sentence(rng: random.Random, copy: StoryCopy) -> str:
    day = _day(rng, copy)
    wrong = _wrong_weekday(rng, day)
    date, year = f"{day.month}月{day.day}日", rng.choice(["", "", f"{day.year}年"])
    return rng.choice(
        [
            f"活动定于{year}{date}（星期{wrong}）举行。",
            f"{year}{date}星期{wrong}，他到了城里。",
            f"周{wrong}（{date}）上午开讲。",
        ]
    )


_IMPOSSIBLE = ["2月30日", "4月31日", "6月31日", "13月5日", "2023年2月29日", "9月31日", "11月32日"]
_saying(
    "impossible_dates",
    lambda rng, copy: f"工程将于{rng.choice(_IMPOSSIBLE)}{rng.choice(['完工', '前交付', '上午开始'])}。",
)
_saying("weekdays", _weekday_sentence)


def _backward(rng: random.Random, copy: StoryCopy) -> str:
    month, to = rng.randint(1, 12), rng.choice("至到—～-")
    if rng.random() < 0.3:
        return f"{rng.randint(2015, 2024)}{to}{rng.randint(2000, 2014)}年，这里办过展览。"
    if rng.random() < 0.5 and month > 1 and month not in (9, 10, 11, 12):
        return f"展期为{month}月{rng.randint(1, 28)}日{to}{rng.randint(1, month - 1)}月{rng.randint(1, 28)}日。"
    return f"展期为{month}月{rng.randint(15, 28)}日{to}{rng.randint(1, 14)}日。"


_saying("backward_ranges", _backward)
_saying(
    "missing_years",
    lambda rng, copy: f"展期为12月{rng.randint(1, 31)}日至{rng.randint(1, 3)}月{rng.randint(1, 28)}日。",
)
_saying(
    "relative_years",
    lambda rng, copy: f"{rng.choice(['去年', '今年', '明年'])}{copy.day.year - rng.randint(2, 6)}年开工。",
)
_saying(
    "hyphen_ranges",
    lambda rng, copy: f"全程需要{rng.randint(2, 5)}{rng.choice('-~')}{rng.randint(6, 12)}{rng.choice(MEASURED)}。",
)
_saying(
    "range_units",
    lambda rng, copy: f"人数在{rng.randint(2, 5)}{rng.choice('～至—')}{rng.randint(6, 12)}{rng.choice(SCALED)}之间。",
)
_saying(
    "mixed_numbers",
    lambda rng, copy: rng.choice(
        [
            f"共有{rng.randint(2, 9)}千人到场。",
            f"收了{rng.randint(2, 9)}千{rng.randint(1, 9)}百元。",
            f"来了{rng.randint(1, 9)}0几个人。",
            f"占百分之{rng.randint(3, 90)}。",
            f"栽了{rng.randint(2, 9)}百多棵。",
        ]
    ),
)
_saying(
    "mixed_dates",
    lambda rng, copy: rng.choice(
        [
            f"活动{rng.choice('三五七八')}月{rng.randint(1, 28)}日开始。",
            f"活动{rng.randint(1, 12)}月{rng.choice(['五', '十二', '二十', '二十八'])}日开始。",
            f"二〇二{rng.choice('一二三四')}年{rng.randint(1, 12)}月开工。",
            f"活动于{rng.randint(6, 10)}时{rng.choice(['三十', '四十五'])}分开始。",
        ]
    ),
)
_saying(
    "approximations",
    lambda rng, copy: (
        f"等了{rng.choice(['三、四', '五、六', '两三'.replace('两三', '二、三'), '七、八'])}{rng.choice(COUNTED)}。"
    ),
)
_saying(
    "said_twice",
    lambda rng, copy: rng.choice(
        [
            f"大约{rng.randint(20, 90)}人左右。",
            f"花了约{rng.randint(20, 90)}万元左右。",
            f"近{rng.randint(2, 9)}00多户受益。",
            f"超过{rng.randint(20, 90)}%以上的人同意。",
            f"将近{rng.randint(20, 90)}余名居民到场。",
            f"约{rng.randint(20, 90)}多人到场。",
            f"大约需要{rng.randint(20, 90)}分钟左右。",
        ]
    ),
)
_saying(
    "short_years",
    lambda rng, copy: rng.choice(
        [
            f"’{rng.randint(10, 25)}年的冬天很长。",
            f"他于{rng.randint(10, 25)}年{rng.randint(1, 12)}月入职。",
            f"{rng.randint(10, 25)}年{rng.randint(1, 12)}月{rng.randint(1, 28)}日开工。",
        ]
    ),
)
_saying("zeros", lambda rng, copy: f"二零{rng.choice('一二')}{rng.choice('一二三四五六')}年建成。")
_saying(
    "digit_groups",
    lambda rng, copy: rng.choice(
        [
            f"投入{rng.randint(10, 99)},{rng.randint(10, 99)}元。",
            f"共{rng.randint(1, 9)},{rng.randint(100, 999)}{rng.randint(0, 9)}人。",
        ]
    ),
)
_saying(
    "bare_decimals",
    lambda rng, copy: f"宽.{rng.randint(1, 9)}米。" if rng.random() < 0.5 else f"增幅为.{rng.randint(1, 9)}%。",
)
_saying(
    "dated_names",
    lambda rng, copy: rng.choice(
        [
            "3.15晚会播出以后，店家上门道歉。",
            "“3.15”国际消费者权益日前夕，他们上街宣传。",
            "5.12大地震那年，他还在读书。",
            "4.23世界读书日将至。",
        ]
    ),
)
_saying(
    "mixed_units",
    lambda rng, copy: rng.choice(
        [
            "一段长3公里，另一段长5km。",
            "一袋重20公斤，另一袋重35kg。",
            "白天23℃，夜里9摄氏度。",
            "客厅30平方米，卧室12m²。",
        ]
    ),
)
_saying("celsius", lambda rng, copy: f"夜里降到摄氏{rng.choice(['', '零下'])}{rng.randint(1, 20)}度。")
_saying(
    "times_less",
    lambda rng, copy: (
        f"{rng.choice(['用时', '能耗', '报修'])}{rng.choice(['减少', '降低', '缩短', '下降'])}了{rng.randint(2, 9)}倍。"
    ),
)


def _shares(rng: random.Random, copy: StoryCopy) -> str:
    if rng.random() < 0.4:
        return _two_shares(rng)
    first, second = rng.randint(20, 50), rng.randint(10, 30)
    third = 100 - first - second + rng.choice([-8, -5, -3, -2, 2, 3, 5, 8])
    return rng.choice(
        [f"三类分别占{first}%、{second}%和{third}%。", f"其中老人占{first}%，孩子占{second}%，其余{third}%是上班的人。"]
    )


def _two_shares(rng: random.Random) -> str:
    first = rng.randint(35, 65)
    second = 100 - first + rng.choice([3, 5, 8, 10])
    return rng.choice(
        [
            f"赞成的占{first}%，反对的占{second}%。",
            f"其中老人占{first}%，其余{second}%是孩子。",
            f"城里和乡下各占{rng.randint(52, 58)}%。",
        ]
    )


def _growth(rng: random.Random, copy: StoryCopy) -> str:
    old = rng.randint(100, 900)
    new = int(old * rng.uniform(1.05, 2.2))
    right = (new - old) / old * 100
    return f"客流从{old}万人次增加到{new}万人次，增长{right + rng.choice([-4, -2.5, 2.5, 4, 10]):.1f}%。"


_saying("shares", _shares)
_saying("growth", _growth)


@plants("names")
def a_name_in_two_spellings(rng: random.Random, copy: StoryCopy) -> Planted | None:
    right = "".join([rng.choice("王李张刘陈杨赵黄周吴"), *rng.sample(NAME_CHARACTERS, 2)])
    place = rng.choice([1, 2])
    alike = [c for c in NAME_CHARACTERS if c != right[place] and lazy_pinyin(c) == lazy_pinyin(right[place])]
    if not alike:
        return None
    wrong = right[:place] + rng.choice(alike) + right[place + 1 :]
    role = rng.choice(["村民", "局长", "教练", "市民", "店主"])
    known = _saying_at(copy, rng, f"{role}{right}说，事情不难。{right}是本地人。")
    if known is None:
        return None
    return _saying_at(known.copy, rng, f"{wrong}{rng.choice(['又来了一次', '没有再说', '点了点头'])}。")


def _saying_at(copy: StoryCopy, rng: random.Random, sentence: str) -> Planted | None:
    found = _anywhere(rng, copy, r"^|(?<=[。！？])(?![”’）])")
    return _edited(copy, found[0], found[1].start(), found[1].start(), sentence) if found else None


def _plant_words(check: str, name: str) -> None:
    """Plants a word of the list `name` where the right one stands, and where none does, in a sentence of its own."""
    instead_of = {listed.replacements[0]: listed.word for listed in listed_in(name)}
    _replacing(check, "|".join(map(re.escape, instead_of)), lambda rng, m: instead_of[m[0]])
    words = sorted(instead_of.values())
    _saying(check, lambda rng, copy: f"他说到“{rng.choice(words)}”这个词。")


_plant_words("mistaken_words", "mistaken")
_plant_words("word_forms", "variants")


@plants("captions")
def no_caption(rng: random.Random, copy: StoryCopy) -> Planted:
    return Planted(replace(copy, pictures=(PictureWords("", "甲某 摄"),)), "caption", 0, 0, 0)


@plants("credits")
def no_credit(rng: random.Random, copy: StoryCopy) -> Planted:
    return Planted(replace(copy, pictures=(PictureWords("图为夜市一角。", ""),)), "credit", 0, 0, 0)


@plants("lead_in")
def no_day(rng: random.Random, copy: StoryCopy) -> Planted:
    return Planted(replace(copy, lead_in=LeadIn(LeadInKind.AGENCY, "新华社", "北京")), "lead_in_day", 0, 0, 0)


@plants("headline_length")
def too_long(rng: random.Random, copy: StoryCopy) -> Planted | None:
    passage = next((p for p in copy.passages if p.field == "headline"), None)
    if passage is None:
        return None
    text = passage.text.split("\n")[0] + "这一行标题越写越长写到了限度以外"
    return Planted(replace(_with_text(copy, passage, text), limits={"headline": 14}), "headline", 0, 0, len(text))


@plants("forbidden_words")
@plants("preferred_words")
def a_listed_word(rng: random.Random, copy: StoryCopy) -> Planted | None:
    word = "".join(rng.choice(NAME_CHARACTERS) for _ in range(4))
    planted = _saying_at(copy, rng, f"大家都说{word}。")
    if planted is None:
        return None
    listed = [ListedWord(word, rng.random() < 0.5, ("另一个词",))]
    return planted._replace(copy=replace(planted.copy, words=WordList(listed)))


def planted(check: str, copies: list[StoryCopy], how_many: int, seed: int) -> Iterator[Planted]:
    """`how_many` copies with one slip of a check's kind each; fewer where the copies have no place for it."""
    rng = random.Random(f"{check} {seed}")
    made = tries = 0
    while made < how_many and tries < how_many * 20:
        tries += 1
        found = rng.choice(PLANTERS[check])(rng, rng.choice(copies))
        if found is not None:
            made += 1
            yield found
