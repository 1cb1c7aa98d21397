"""Characters, words and marks that stand twice (衍文).

No standard says which reduplications are words; the segmentation knows 的的确确 and 谢谢, the lists below what
may stand twice and what never does. Source for marks: GB/T 15834-2011 4.11, 4.10 (…… and —— fill two places).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

import rjieba
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from articles.proofreading.copy import CJK, Passage, Slip, Slips, StoryCopy, slip
from articles.proofreading.mistakes import Match, Mistake, finds

_ANY_TWICE = re.compile(rf"([{CJK}])\1|([{CJK}]{{2,4}})\2")
# Words of one character that never stand twice in a row.
_NEVER = frozenset(
    "的了是在和与为把被将从对向也都而及或但并之其该这那我他她你它们于以到所由至因则若使让给比据自即已又很再可能要"
)
# A word may end with the character that the next one is: 目的的, 国家家.
_FIRST_PARTS = frozenset(
    "目的 标的 有的 别的 真的 总的 有的是 除了 为了 罢了 极了 算了 对了 到了 大大 小小 好好 慢慢 常常 "
    "反对 面对 针对 作对 想到 可以 所以 现在 存在 认为 自由 理由 参与 主要 重要 许可 认可 方向 棉被 大使 规则 原则 "
    "否则 一把 几把 两把 上将 中将 少将".split()
)
# Verbs and others that are doubled on purpose: 研究研究, 很多很多.
_ON_PURPOSE = frozenset(
    "研究 商量 讨论 休息 考虑 学习 锻炼 打听 收拾 琢磨 交流 了解 体验 认识 放松 热闹 高兴 轻松 暖和 凉快 "
    "打扮 照顾 教育 帮助 很多 非常 特别 好多 永远 许多 十分 太多 哈哈 呵呵 嘻嘻 咚咚 嗡嗡 哗哗 沙沙 叮当 "
    "滴答 谢谢 加油 恭喜 欢迎 再见 等等 快快 慢慢 下去 起来 又是 还有 奶奶 妈妈 爸爸 爷爷 宝宝 姐姐 妹妹 "
    "哥哥 弟弟 你好 不要 不是 这么 那么 左右 来回 前进 前后 上下 好久 多少 这样 "
    "如何 意思 见识 打扫 参谋 唠叨 比划 请教 打量 斟酌 推敲 盘算 合计 拾掇 摆弄 凑合 应付 溜达 漂亮 舒服 痛快 明白 "
    "清楚 干净 香甜 过奖 幸会 久仰 拜托 失敬 佩服 岂敢 不敢当 对不起 万岁 救命 干杯 可以 抱歉".split()
)
# 一步一步, 十万十万, 数着数着: counting, and going on and on; 碧蓝碧蓝, 最难最难: as blue and as hard as can be.
_GOING_ON = re.compile(
    r"[一两几半][\u4e00-\u9fff]{1,2}|[零〇一二三四五六七八九十百千万亿]+|[\u4e00-\u9fff]着|[\u4e00-\u9fff][红橙黄绿青蓝紫黑白灰]|[最极真太很老细瘦]."
)

_CHINESE = re.compile(f"[{CJK}]+")
# Those of them that do not stand before a word that begins with them either: 已已经, but 对对方.
_NEVER_BEFORE = frozenset("他她它们已又所由而但并因则若也就都很")


def characters(copy: StoryCopy) -> Slips:
    """A character or a word that was written twice."""
    for passage in copy.passages:
        if _ANY_TWICE.search(passage.text):
            yield from _twice(passage)


def _twice(passage: Passage) -> Iterator[Slip]:
    place = 0
    for word, following in pairwise([*rjieba.cut(passage.text), ""]):
        place += len(word)
        twice = _doubled(word, following)
        if twice and not _is_meant(passage.text, place - len(twice), twice):
            message = _("“%(text)s” stands twice.") % {"text": twice}
            yield slip(passage, place - len(twice), place + len(twice), message, twice)


def _doubled(word: str, following: str) -> str:
    """What stands at the end of one word and again at the beginning of the next, where it is a slip."""
    if not following or not _CHINESE.fullmatch(word + following):
        return ""
    if len(following) > 1:
        whole = word == following and word not in _ON_PURPOSE and not _GOING_ON.fullmatch(word)
        return word if whole else _torn(word, following)
    return following if word.endswith(following) and following in _NEVER else ""


def _torn(word: str, following: str) -> str:
    """A single character before a word that begins with it: 已已经."""
    return word if word in _NEVER_BEFORE and following.startswith(word) else ""


def _is_meant(text: str, at: int, twice: str) -> bool:
    """目的的, 标的的: the first belongs to the word before; 将将就就: both are doubled."""
    doubled_too = text[at + 2 : at + 3] == text[at + 3 : at + 4] != ""
    return len(twice) == 1 and (text[at - 1 : at + 1] in _FIRST_PARTS or doubled_too)


_MARKS = re.compile(
    r"([，、；：。])[，、；：。]+|。。+|[.．]{3,}|。{3,}|…{3,}|(?<!…)…(?!…)|(?<=[\u4e00-\u9fff，。”])--+(?=[\u4e00-\u9fff“])|—{3,}"
)


def _marks_meant(match: Match) -> Sequence[str]:
    text = match.group()
    if text[0] in ".．…" or text.startswith("。。。"):
        return ["……"]
    if text[0] in "-—":
        return ["——"]
    return list(dict.fromkeys([text[0], text[-1]]))


# Two stops in a row, dots that are no ellipsis, dashes of the wrong length.
marks = finds(Mistake(_MARKS, gettext_lazy("“%(text)s” is no mark."), _marks_meant))
