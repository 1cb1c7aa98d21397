"""Two texts made one: whoever alone changed something wins, and nothing is silently lost."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from articles.text.body import clean_body, elements
from articles.text.merging import Agreed, Conflict, Parted, merge


def content(*paragraphs: str, **fields):
    return {"headline": "题", "kicker": "", "bylines": [], "pictures": [], **fields} | {
        "body": "".join(f"<p>{text}</p>" for text in paragraphs)
    }


def texts(body: str) -> list[str]:
    return [block.removeprefix("<p>").removesuffix("</p>") for block in elements(body)]


def merged(base, theirs, mine) -> list[str]:
    """The paragraphs of a merge that asks nothing."""
    merge_ = merge(content(*base), content(*theirs), content(*mine))
    assert merge_.is_clean
    return texts(merge_.content["body"])


# -- fields


def test_whoever_alone_changed_a_field_wins():
    base = content("文", headline="旧题", kicker="旧")
    made = merge(base, base | {"headline": "他的题"}, base | {"kicker": "我的"})
    assert made.is_clean
    assert made.content == base | {"headline": "他的题", "kicker": "我的"}


def test_a_field_that_both_changed_is_to_be_chosen_and_theirs_stands_meanwhile():
    base = content("文", headline="旧题", kicker="旧")
    made = merge(base, base | {"headline": "他的题"}, base | {"headline": "我的题", "kicker": "我的"})
    assert made.conflicts == (Conflict("headline", "旧题", "他的题", "我的题"),)
    assert not made.is_clean
    assert made.content == base | {"headline": "他的题", "kicker": "我的"}
    assert made.content_with_mine == base | {"headline": "我的题", "kicker": "我的"}


def test_both_said_the_same():
    base = content("文")
    same = base | {"headline": "新题", "body": "<p>新文</p>"}
    assert merge(base, same, same).content == same


def test_without_a_base_every_difference_is_to_be_chosen():
    theirs, mine = content("他的", headline="甲"), content("我的", headline="乙")
    made = merge(None, theirs, mine)
    assert made.conflicts == (Conflict("headline", None, "甲", "乙"),)
    assert made.passages == (Parted("", theirs["body"], mine["body"]),)
    assert made.content == theirs
    assert made.content_with_mine == mine


# -- the body


A, B, C, D = ("第一段写夜市今晚开市。", "第二段写摊位与客流。", "第三段写交通与停车。", "第四段写明天的安排。")


def test_each_changed_another_paragraph():
    assert merged([A, B, C], [A + "他加。", B, C], [A, B, C + "我加。"]) == [A + "他加。", B, C + "我加。"]


def test_both_changed_one_paragraph():
    made = merge(content(A, B, C), content(A, B + "他", C), content(A + "改", B + "我", C))
    assert made.passages == (
        Agreed(f"<p>{A}改</p>"),
        Parted(f"<p>{B}</p>", f"<p>{B}他</p>", f"<p>{B}我</p>"),
        Agreed(f"<p>{C}</p>"),
    )
    assert texts(made.content["body"]) == [A + "改", B + "他", C]
    assert texts(made.content_with_mine["body"]) == [A + "改", B + "我", C]


def test_both_wrote_one_paragraph_anew():
    made = merge(content(A, B, C), content(A, "甲乙丙丁", C), content(A, "子丑寅卯", C))
    assert made.passages[1] == Parted(f"<p>{B}</p>", "<p>甲乙丙丁</p>", "<p>子丑寅卯</p>")


def test_two_insertions_at_one_place_are_both_kept_theirs_first():
    assert merged([A, B], [A, "他写的新段。", B], [A, "我写的新段一。", "我写的新段二。", B]) == [
        A,
        "他写的新段。",
        "我写的新段一。",
        "我写的新段二。",
        B,
    ]
    assert merged([], ["他写的。"], ["我写的。"]) == ["他写的。", "我写的。"]


def test_what_one_took_out_is_gone_and_what_the_other_changed_of_it_is_asked():
    assert merged([A, B, C], [A, C], [A, B, C + "我加。"]) == [A, C + "我加。"]
    made = merge(content(A, B, C), content(A, C), content(A, B + "我加。", C))
    assert Parted(f"<p>{B}</p>", "", f"<p>{B}我加。</p>") in made.passages
    made = merge(content(A, B, C), content(A, B + "他加。", C), content(A, C))
    assert Parted(f"<p>{B}</p>", f"<p>{B}他加。</p>", "") in made.passages


def test_a_paragraph_that_one_moved_and_the_other_changed_is_changed_where_it_was_moved_to():
    assert merged([A, B, C, D], [A, B + "他加。", C, D], [A, C, D, B]) == [A, C, D, B + "他加。"]
    assert merged([A, B, C, D], [A, C, D, B], [A, B + "我加。", C, D]) == [A, C, D, B + "我加。"]


def test_a_paragraph_that_both_moved_stands_once():
    assert merged([A, B, C, D], [B, A, C, D], [A, C, D, B]).count(B) == 1


def test_a_paragraph_split_while_the_other_changed_it_loses_no_character():
    whole = A + B
    made = merge(content(whole, C), content(whole + "他加的。", C), content(A, B, C))
    kept = "".join(f"{p.theirs}{p.mine}" if isinstance(p, Parted) else p.html for p in made.passages)
    for text in (whole + "他加的。", A, B, C):
        assert text in kept
    assert not made.is_clean


def test_paragraphs_joined_while_the_other_changed_one_lose_no_character():
    made = merge(content(A, B, C), content(A, B + "他加的。", C), content(A + B, C))
    kept = "".join(f"{p.theirs}{p.mine}" if isinstance(p, Parted) else p.html for p in made.passages)
    for text in (B + "他加的。", A + B, C):
        assert text in kept
    assert not made.is_clean


def test_pictures_quotations_and_lists_are_blocks():
    figure = '<figure><img src="/desk/photos/3/preview"><figcaption>灯</figcaption></figure>'
    body = f"<h2>小题</h2>{figure}<blockquote><p>甲</p><p>乙</p></blockquote><ul><li><p>一</p></li></ul><p>尾</p>"
    assert clean_body(body) == body
    assert elements(body) == [
        "<h2>小题</h2>",
        figure,
        "<blockquote><p>甲</p><p>乙</p></blockquote>",
        "<ul><li><p>一</p></li></ul>",
        "<p>尾</p>",
    ]
    base = content() | {"body": body}
    theirs = base | {"body": body.replace("灯", "灯会")}
    mine = base | {"body": body.replace("<p>一</p>", "<p>一二</p>")}
    assert merge(base, theirs, mine).content["body"] == body.replace("灯", "灯会").replace("<p>一</p>", "<p>一二</p>")


# -- lists


def credit(contributor: int, role: str = "reporter"):
    return {"contributor": contributor, "role": role}


def picture(photo: int, caption: str = "图"):
    return {"photo": photo, "caption": caption, "credit": "", "alt": ""}


def test_a_byline_takes_both_peoples_changes():
    base = content(bylines=[credit(1), credit(2)])
    theirs = base | {"bylines": [credit(3), credit(1), credit(2)]}
    mine = base | {"bylines": [credit(1), credit(2, "photographer"), credit(4)]}
    made = merge(base, theirs, mine)
    assert made.is_clean
    assert made.content["bylines"] == [credit(3), credit(1), credit(2, "photographer"), credit(4)]


def test_a_picture_that_both_captioned_otherwise_is_to_be_chosen():
    base = content(pictures=[picture(1), picture(2)])
    theirs, mine = (base | {"pictures": [picture(1, who), picture(2)]} for who in ("他", "我"))
    assert merge(base, theirs, mine).conflicts == (
        Conflict("pictures", base["pictures"], theirs["pictures"], mine["pictures"]),
    )
    added = [base | {"pictures": [*base["pictures"], picture(3, who)]} for who in ("他", "我")]
    assert not merge(base, *added).is_clean


# -- what holds for any three texts

_words = st.text("甲乙丙丁。，", min_size=1, max_size=12)
_paragraphs = st.lists(_words, max_size=8)


@st.composite
def _edited(draw, base: list[str]) -> list[str]:
    """What somebody can make of a text: change, split, join, move, take out and put in paragraphs."""
    text = list(base)
    for _edit in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, len(text)))
        kind = draw(st.sampled_from(["put in", "take out", "change", "move", "split", "join"]))
        if kind == "put in":
            text.insert(at, draw(_words))
        elif at == len(text):
            continue
        elif kind == "take out":
            del text[at]
        elif kind == "change":
            text[at] += draw(_words)
        elif kind == "move":
            text.insert(draw(st.integers(0, len(text) - 1)), text.pop(at))
        elif kind == "split" and len(text[at]) > 1:
            text[at : at + 1] = [text[at][:1], text[at][1:]]
        elif kind == "join" and at + 1 < len(text):
            text[at : at + 2] = [text[at] + text[at + 1]]
    return text


@st.composite
def _three(draw):
    base = draw(_paragraphs)
    return base, draw(_edited(base)), draw(_edited(base))


@given(_three())
def test_who_changed_nothing_changes_nothing(three):
    base, theirs, mine = three
    assert merged(base, base, mine) == mine
    assert merged(base, theirs, base) == theirs
    assert merged(base, theirs, theirs) == theirs


@given(_three())
def test_the_weaving_alone_says_the_same(three):
    """Without the short ways for equal texts: a block that nobody else has stands at the end of each."""
    base, theirs, mine = three
    last = "谁也不改的一段话。"
    one = merge(content(*base, last), content(*base, last + "他"), content(*mine, last))
    assert texts(one.content_with_mine["body"]) == [*mine, last + "他"]
    other = merge(content(*base, last), content(*theirs, last), content(*base, last + "我"))
    assert texts(other.content["body"]) == [*theirs, last + "我"]


@given(_three())
def test_every_paragraph_that_somebody_wrote_is_in_the_result_or_in_the_choice(three):
    base, theirs, mine = three
    made = merge(content(*base), content(*theirs), content(*mine))
    shown = [text for passage in made.passages for text in _shown(passage)]
    for text in {*theirs, *mine} - set(base):
        assert text in shown
    # Of a text that stood there twice each may have kept another one.
    both = [text for text in base if base.count(text) == 1 and text in theirs and text in mine]
    assert set(both) <= set(shown)


@given(_three())
def test_what_stands_meanwhile_is_theirs_wherever_the_two_part(three):
    base, theirs, mine = three
    made = merge(content(*base), content(*theirs), content(*mine))
    again = merge(content(*theirs), made.content, made.content)
    assert again.content == made.content
    assert clean_body(made.content["body"]) == made.content["body"]


def _shown(passage) -> list[str]:
    if isinstance(passage, Agreed):
        return texts(passage.html)
    return [text for part in (passage.theirs, passage.mine) for text in texts(part)]


# -- what it costs


def test_two_hundred_long_paragraphs_are_woven_with_a_bounded_number_of_comparisons(monkeypatch):
    chance = random.Random(3)
    base = ["".join(chr(chance.randrange(0x4E00, 0x4E00 + 900)) for _ in range(500)) for _ in range(200)]
    theirs = [text[:250] + "他" + text[251:] if n % 2 else text for n, text in enumerate(base)]
    mine = [text if n % 2 else text[:100] + "我" + text[101:] for n, text in enumerate(base)]
    chance.shuffle(mine)
    compared = []
    monkeypatch.setattr("articles.text.matching.Counter", lambda items: compared.append(1) or Counter(items))
    made = merge(content(*base), content(*theirs), content(*mine))
    assert made.is_clean
    assert len(texts(made.content["body"])) == 200
    assert made.content["body"].count("他") >= 100
    # Two counts a comparison by likeness, six comparisons a paragraph and side at the most, and one for moves.
    assert len(compared) <= 2 * 6 * 2 * len(base) + 2 * len(base)
