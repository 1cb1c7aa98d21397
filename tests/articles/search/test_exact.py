"""What is found is exactly what a plain substring search finds, whatever was written and asked."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.models import PublishedArticle, PublishedSearch
from articles.search.asking import Query, terms_of
from articles.search.finding import found
from articles.search.folding import fold
from articles.search.index import write
from tests import reading_rows

# Few characters, so that they meet: Chinese in both scripts, Latin, digits, marks, full width, marks of SQL and of
# both query languages, a character beyond the basic plane, a composed one.
ALPHABET = "夜市夜市開开发發里裏的一ＡaBb12３ 。，：“'\"\\%_&|!*()-^~:\u00e9e\u0301𠮷\u3000\n"
TEXTS = st.text(alphabet=ALPHABET, min_size=0, max_size=30)


def publish(texts: list[str]) -> None:
    rows = reading_rows.make_articles(len(texts))
    for row, text in zip(rows, texts, strict=True):
        row.headline, row.body = text[:3], f"<p>{reading_rows.escaped(text)}</p>"
        row.save()
    write(rows)


def by_substring(passage: str) -> set[int]:
    """The numbers of the stories in which the passage stands, read without any index."""
    wanted = fold(passage).strip()
    return {row.number for row in PublishedSearch.objects.all() if wanted in row.plain}


def numbers(query: Query) -> set[int]:
    return {candidate.number for candidate in found(query).everything}


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=6), asked=st.lists(TEXTS, min_size=1, max_size=4))
def test_a_passage_finds_what_a_plain_search_finds(texts, asked):
    PublishedArticle.objects.all().delete()
    publish(texts)
    passages = [*asked, *(text[place : place + 3] for text in texts for place in range(0, len(text), 5))]
    for passage in passages:
        terms = terms_of(f"「{passage.replace('」', '')}」")
        if terms:
            assert numbers(Query(terms)) == by_substring(passage), passage


@pytest.mark.django_db
@pytest.mark.parametrize("length", [1, 2, 3, 4])
def test_random_passages_of_a_made_up_archive(length):
    chance = random.Random(length)
    pool = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严"
    texts = ["".join(chance.choices(pool, k=80)) + f"{chance.randrange(2000)}年Abc" for _ in range(120)]
    publish(texts)
    for _ in range(60):
        text = chance.choice(texts)
        start = chance.randrange(len(text) - length)
        passage = text[start : start + length]
        if not passage.isascii():
            assert numbers(Query(terms_of(passage))) == by_substring(passage), passage


@pytest.mark.django_db
def test_every_word_must_stand_there_and_each_anywhere():
    publish(["夜市开张，地铁通车", "夜市开张", "地铁通车"])
    assert len(numbers(Query(terms_of("地铁 夜市")))) == 1
    assert len(numbers(Query(terms_of("夜市")))) == 2


@pytest.mark.django_db
def test_words_that_touch_in_one_paragraph_and_the_next_are_no_passage():
    [row] = reading_rows.make_articles(1, body="<p>昨夜</p><p>市民</p>")
    write([row])
    assert numbers(Query(terms_of("夜市"))) == set()
    assert numbers(Query(terms_of("昨夜"))) == {row.number}
