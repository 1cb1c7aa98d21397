"""Names of people that differ within one story: 张晓明 here, 张小明 there.

A name is known where it stands in the byline, after a role or as a photographer; another is suspect where one
character differs and sounds alike. No standard: the commonest grave slip of a daily is a person's name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from django.utils.translation import gettext as _
from pypinyin import Style, pinyin

from articles.proofreading.copy import CJK, Slips, StoryCopy, slip
from articles.text.surnames import SURNAMES

_ROLES = (
    "记者|通讯员|局长|市长|县长|镇长|区长|村主任|主任|书记|站长|校长|院长|园长|所长|馆长|科长|处长|队长|组长|会长|社长|店长|厂长|经理|董事长|"
    "总裁|教授|研究员|工程师|医生|护士|老师|教练|主持人|负责人|村民|居民|市民|游客|乘客|学生|司机|船工|果农|农户|种植户|养殖户|队员|选手|"
    "志愿者|讲解员|技术员|摄影师|店主|老板|负责人|同学|代表"
)
# What can follow a name: then its end is known.
_AFTER = r"(?=[说道称对在把向和与、，。：；！？）》”（是就也从给带正将被告介表认坦回指感笑很有来到]|$)"
_SURNAME = f"[{''.join(sorted(SURNAMES))}]"
_AFTER_ROLE = re.compile(rf"(?:{_ROLES})({_SURNAME}[{CJK}]{{1,2}}?){_AFTER}")
_SPEAKER = re.compile(rf"(?<![{CJK}])({_SURNAME}[{CJK}]{{1,2}}?)(?=说|表示|告诉|介绍|（[左右中前后])")
_PHOTOGRAPHER = re.compile(rf"(?:^|[。\s])({_SURNAME}[{CJK}]{{1,2}})\s+摄")
_MOST_NAMES = 80  # a story that names more people is a list


def differing(copy: StoryCopy) -> Slips:
    """A person's name that differs in one character of like sound from one that the story knows."""
    counts = Counter(_known(copy))
    for name, _times in counts.most_common(_MOST_NAMES):
        for passage in copy.passages:
            for start, other in _variants(name, passage.text, counts):
                if _is_the_rarer(copy, other, name, counts):
                    message = _("Elsewhere in this story: %(name)s.") % {"name": name}
                    yield slip(passage, start, start + len(other), message, name)


def _known(copy: StoryCopy) -> Iterator[str]:
    """The names that the story knows, each as often as it is known."""
    yield from (name for name in copy.names if 2 <= len(name) <= 3 and name[0] in SURNAMES)
    yield from (match[1] for _passage, match in copy.matches(_AFTER_ROLE, _SPEAKER, _PHOTOGRAPHER))


def _variants(name: str, text: str, known: Counter[str]) -> Iterator[tuple[int, str]]:
    """Where a name stands with one character changed for one of like sound.

    A name of two characters is held against known names alone: too much of the language sounds like it.
    """
    for changed, right in enumerate(name):
        pattern = re.compile("".join(f"([{CJK}])" if at == changed else re.escape(c) for at, c in enumerate(name)))
        for match in pattern.finditer(text):
            other = match.group()
            if match[1] != right and (len(name) == 3 or other in known) and _sound_alike(match[1], right):
                yield match.start(), other


def _is_the_rarer(copy: StoryCopy, other: str, name: str, counts: Counter[str]) -> bool:
    """Whether of the two forms `other` stands more rarely in the story, or as often and is not in the byline."""
    times = {form: sum(p.text.count(form) for p in copy.passages) + copy.names.count(form) for form in (other, name)}
    if other in copy.names:
        return False
    return times[other] < times[name] or (times[other] == times[name] and counts[other] <= counts[name])


@cache
def _sounds(character: str) -> frozenset[str]:
    """Every reading of a character without its tone, in one form for sounds that are often taken for another."""
    [readings] = pinyin(character, style=Style.NORMAL, heteronym=True) or [[]]
    return frozenset(_blurred(reading) for reading in readings)


def _blurred(reading: str) -> str:
    reading = re.sub(r"^([zcs])h", r"\1", reading)
    return re.sub(r"([ei])ng$", r"\1n", reading)


def _sound_alike(one: str, other: str) -> bool:
    return bool(_sounds(one) & _sounds(other))
