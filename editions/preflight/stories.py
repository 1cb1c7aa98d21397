"""What the stories print: turn lines, nothing twice, credits, advertising that says it is some. Pure."""

from __future__ import annotations

from itertools import combinations, pairwise

from django.utils.translation import gettext as _

from editions.preflight.dossier import Copy, Dossier, PageFacts, plain
from editions.preflight.findings import Findings, blocks, warns

# Two stories that have so much of the shorter one's text in common are one; by runs of so many characters.
_TWICE, _RUN = 0.6, 6
# What needs no author: the paper's own word, or somebody else's who is named in it.
_UNSIGNED_GENRES = frozenset({"notice", "advertisement", "brief", "picture"})


def check_turns(dossier: Dossier) -> Findings:
    """Every 下转 has its 上接 on the page it names, and a story goes on forward."""
    for number in dossier.once():
        pages = [page for page in dossier.pages if _has_text(page, number)]
        yield from _missing_turns(dossier, number, pages)
        yield from _stray_turns(dossier, number, pages)
        orders = [t["page"] for t in (pages[0].described(number) or {})["treatments"] if t["frames"]] if pages else []
        if orders != sorted(orders):
            said = {"story": dossier.title(number)}
            yield blocks("turn", _("“%(story)s” goes on on an earlier page.") % said, page=pages[0], story=number)


def _missing_turns(dossier: Dossier, number: int, pages: list[PageFacts]) -> Findings:
    for page, following in pairwise(pages):
        if _to(following) not in _turns(page, number):
            said = {"story": dossier.title(number), "page": following.label}
            sentence = _("“%(story)s” goes on on page %(page)s, and no line says so.") % said
            yield blocks("turn", sentence, page=page, story=number)
        if _from(page) not in _turns(following, number):
            said = {"story": dossier.title(number), "page": page.label}
            sentence = _("“%(story)s” comes from page %(page)s, and no line says so.") % said
            yield blocks("turn", sentence, page=following, story=number)


def _stray_turns(dossier: Dossier, number: int, pages: list[PageFacts]) -> Findings:
    """Turn lines that name a page on which nothing of the story stands next."""
    for at, page in enumerate(pages):
        meant = {_to(following) for following in pages[at + 1 : at + 2]} | {_from(p) for p in pages[:at][-1:]}
        for turn in sorted(_turns(page, number) - meant):
            said = {"turn": turn, "story": dossier.title(number)}
            yield blocks("turn", _("“%(turn)s” at “%(story)s” leads nowhere.") % said, page=page, story=number)


def check_twice(dossier: Dossier) -> Findings:
    """No story is printed twice, under two numbers or with one headline."""
    found = dossier.once()
    runs = {number: _runs(story) for number, (_page, story) in found.items()}
    heads = {number: plain(story["treatments"][0]["headline"]) for number, (_page, story) in found.items()}
    for one, other in combinations(found, 2):
        said = {"story": dossier.title(one), "other": dossier.title(other), "page": found[one][0].label}
        page = found[other][0]
        if _are_one(runs[one], runs[other]):
            yield blocks(
                "twice", _("“%(other)s” says the same as “%(story)s” on page %(page)s.") % said, page=page, story=other
            )
        elif heads[one] and heads[one] == heads[other]:
            yield warns(
                "twice", _("“%(other)s” has the headline of a story on page %(page)s.") % said, page=page, story=other
            )


def check_photos_twice(dossier: Dossier) -> Findings:
    """The same photo in two places may be meant; it is said."""
    first: dict[str, PageFacts] = {}
    for page, number, picture in dossier.pictures():
        earlier = first.setdefault(picture["fingerprint"], page)
        said = {"photo": picture["photo"], "page": earlier.label}
        if earlier is not page or _times(page, picture["fingerprint"]) > 1:
            sentence = _("Photo %(photo)s is printed on page %(page)s as well.") % said
            yield warns("twice", sentence, page=page, story=number, photo=picture["photo"])


def check_credits(dossier: Dossier) -> Findings:
    """Every picture says who took it; every story that is somebody's names an author or a source."""
    for page, number, picture in dossier.pictures():
        if not picture["credit"].strip():
            said = {"photo": picture["photo"], "story": dossier.title(number)}
            sentence = _("Photo %(photo)s with “%(story)s” has no credit.") % said
            yield blocks("credit", sentence, page=page, story=number, photo=picture["photo"])
    for number, (page, story) in dossier.once().items():
        if story["genre"] not in _UNSIGNED_GENRES and not dossier.stories[number].is_credited:
            said = {"story": dossier.title(number)}
            yield warns("credit", _("“%(story)s” names no author and no source.") % said, page=page, story=number)


def check_advertising(dossier: Dossier) -> Findings:
    """What is paid for says so (广告), wherever something of it stands."""
    for page, story in dossier.copies():
        here = [treatment for treatment in story["treatments"] if treatment["page"] == page.order]
        if story["genre"] == "advertisement" and not any(treatment["mark"].strip() for treatment in here):
            said = {"story": dossier.title(story["number"])}
            sentence = _("“%(story)s” is advertising and is not labelled as such.") % said
            yield blocks("advertising", sentence, page=page, story=story["number"])


def _has_text(page: PageFacts, number: int) -> bool:
    story = page.described(number)
    return story is not None and any(t["frames"] for t in story["treatments"] if t["page"] == page.order)


def _turns(page: PageFacts, number: int) -> set[str]:
    """The turn lines at the story on this page, without their brackets."""
    story = page.drawn(number) or {"elements": []}
    lines = [line for element in story["elements"] if element.get("role") == "turn" for line in element["lines"]]
    return {plain(line).strip("（）()") for line in lines}


def _to(page: PageFacts) -> str:
    return f"下转第{page.label}版"


def _from(page: PageFacts) -> str:
    return f"上接第{page.label}版"


def _runs(story: Copy) -> set[str]:
    text = plain("".join(block["text"] for block in story["blocks"]))
    return {text[at : at + _RUN] for at in range(len(text) - _RUN + 1)}


def _are_one(runs: set[str], others: set[str]) -> bool:
    shorter = min(len(runs), len(others))
    return shorter > 0 and len(runs & others) >= _TWICE * shorter


def _times(page: PageFacts, fingerprint: str) -> int:
    pictures = [picture for story in page.description["stories"] for picture in story["pictures"]]
    return sum(picture["fingerprint"] == fingerprint for picture in pictures)
