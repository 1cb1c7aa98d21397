"""The public site in traditional characters (繁體): a finished page, converted. Pure.

OpenCC changes characters by the words they stand in (干部 is 幹部, 干净 is 乾淨) and leaves the paper's own words
alone; the forms are those of Taiwan's standard (臺, 裡, 為). What readers see and hear is converted; addresses,
code and names in the markup are not.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any

from opencc import OpenCC

LANGUAGE = "zh-hant"

# Attributes that are shown or read out; of an input's value only a button's is ours.
_SPOKEN = {"alt", "title", "aria-label", "aria-description", "placeholder", "label", "data-say"}
# What names of `meta` say something to people.
_TOLD = re.compile(
    r'(?:name|property)="(?:description|keywords|author|[a-z]+:(?:title|description|site_name|image:alt))"'
)
_PART = re.compile(
    r"<!--.*?-->"
    r"|<script(?P<kind>[^>]*)>(?P<code>.*?)</script\s*>"
    r"|<style[^>]*>.*?</style\s*>"
    r"|(?P<tag><[a-zA-Z/!](?:[^>\"']|\"[^\"]*\"|'[^']*')*>)"
    r"|(?P<text>[^<]+|<)",
    re.S,
)
_ATTRIBUTE = re.compile(r'(\s)([a-zA-Z:-]+)="([^"]*)"')
_NAME = re.compile(r"</?([a-zA-Z0-9]+)")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Stands between the pieces while they are converted as one; no text of a page has it.
_BETWEEN = "\x1f"
_QUOTES = str.maketrans("“”", "「」")
# An apostrophe is the same sign: only round Chinese words it is a quotation mark.
_INNER_QUOTES = re.compile("‘([^‘’]*[\u2e80-\u9fff][^‘’]*)’")
_ADDRESS = re.compile(r"(?:https?:)?/")
# Where data that machines read says its language.
_OF_LANGUAGE = "inLanguage"


@cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")


def convert(text: str) -> str:
    """`text` in traditional characters, with the quotation marks that belong to them: 「」, inside them 『』."""
    return _INNER_QUOTES.sub("『\\1』", str(_converter().convert(text))).translate(_QUOTES)


def page(html: str) -> str:
    """A finished page in traditional characters, its `lang` with it; what says translate="no" stays as it is."""
    parts, shown = _parts(html)
    converted = convert(_BETWEEN.join(shown)).split(_BETWEEN)
    return "".join(part if isinstance(part, str) else converted[part] for part in parts)


def _parts(html: str) -> tuple[list[str | int], list[str]]:
    """The page in pieces, in order: what stays, and the places of what is converted in the list beside it."""
    parts: list[str | int] = []
    shown: list[str] = []
    kept: list[str] = []  # the open elements inside one that stays, outermost first

    def show(text: str) -> None:
        parts.append(len(shown))
        shown.append(text.replace(_BETWEEN, ""))

    for found in _PART.finditer(html):
        if kept:
            parts.append(found[0])
            _follow(kept, found["tag"])
        elif found["text"]:
            show(found["text"])
        elif found["code"] is not None and "ld+json" in found["kind"]:
            parts += [f"<script{found['kind']}>", _data(found["code"]), "</script>"]
        elif found["tag"]:
            if ' translate="no"' in found["tag"]:
                _follow(kept, found["tag"])
                parts.append(found["tag"])
            else:
                _attributes(found["tag"], parts, show)
        else:
            parts.append(found[0])
    return parts, shown


def _follow(kept: list[str], tag: str | None) -> None:
    """Keep count of where the element that stays ends."""
    if not tag or not (name := _NAME.match(tag)) or name[1].lower() in _VOID or tag.endswith("/>"):
        return
    if tag.startswith("</"):
        kept.pop()
    else:
        kept.append(name[1])


def _attributes(tag: str, parts: list[str | int], show: Any) -> None:
    tag = tag.replace(' lang="zh-Hans"', ' lang="zh-Hant"')
    # Most of a page's tags have nothing but names and addresses in them.
    if tag.isascii():
        parts.append(tag)
        return
    told = tag.startswith("<meta") and _TOLD.search(tag)
    end = 0
    for found in _ATTRIBUTE.finditer(tag):
        if found[2] in _SPOKEN or (told and found[2] == "content"):
            parts.append(tag[end : found.start(3)])
            show(found[3])
            end = found.end(3)
    parts.append(tag[end:])


def _data(code: str) -> str:
    """Linked data: its words, and none of its keys and addresses."""
    try:
        data = _words(json.loads(code))
    except ValueError:
        return code
    text = json.dumps(data, ensure_ascii=False)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _words(value: Any, key: str = "") -> Any:
    if isinstance(value, dict):
        return {name: _words(said, name) for name, said in value.items()}
    if isinstance(value, list):
        return [_words(said, key) for said in value]
    if not isinstance(value, str) or _ADDRESS.match(value):
        return value
    if key == _OF_LANGUAGE:
        return value.replace("zh-Hans", "zh-Hant")
    return convert(value)
