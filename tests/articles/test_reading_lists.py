"""Section and author pages, over HTTP."""

import pytest

from articles.models.published import PublishedAuthor, PublishedSection
from articles.public.wording import in_two, opening
from tests import newsroom_of_tests as house
from tests import reading_rows


def headlines(response) -> list[str]:
    return [story.headline for story in response.context["stories"]]


def test_a_section_lists_its_own_stories_newest_first(client, db):
    made = reading_rows.make_articles(3)
    reading_rows.make_articles(1, section=reading_rows.make_section("sports", "体育", "Sports"))
    response = client.get("/sections/city/")
    assert headlines(response) == [story.headline for story in made]
    assert made[0].get_absolute_url() in response.text


def test_older_and_newer_links_lead_through_the_section(client, db):
    reading_rows.make_articles(65)
    first = client.get("/sections/city/")
    second = client.get("/sections/city/", {"before": str(first.context["page"].older)})
    assert f"?before={first.context['page'].older}" in first.text
    assert f"?after={second.context['page'].newer}" in second.text
    assert headlines(client.get("/sections/city/", {"after": str(second.context["page"].newer)})) == headlines(first)


def test_an_author_has_the_stories_that_carry_the_name(client, db):
    made = reading_rows.make_articles(2)
    reading_rows.make_articles(1, author=reading_rows.make_author("yi"))
    response = client.get("/authors/jia/")
    assert headlines(response) == [story.headline for story in made]
    assert "跑夜市的记者。" in response.text


def test_a_list_says_what_a_story_without_summary_begins_with(client, db):
    body = '<figure><img src="/x.webp"><figcaption>图说</figcaption></figure><p><span class="lead-in">本报讯</span>　'
    reading_rows.make_articles(1, body=body + "昨晚A &amp; B<strong>开市</strong>。</p><p>" + "长" * 2000 + "</p>")
    response = client.get("/sections/city/")
    [story], text = response.context["stories"], response.text
    assert "body" in story.get_deferred_fields()
    assert "昨晚A &amp; B开市。" in text
    assert "本报讯" not in text
    assert "图说" not in text


@pytest.mark.parametrize("prefix", ["", "/en"])
@pytest.mark.parametrize(
    "address",
    [
        "/sections/none/", "/authors/none/", "/sections/city/?before=x", "/sections/city/?after=1-2-3",
        "/authors/jia/?before=", "/no/such/page/",
    ],
)  # fmt: skip
def test_what_does_not_exist_is_404_in_both_languages(client, db, address, prefix):
    reading_rows.make_articles(1)
    response = client.get(prefix + address)
    assert response.status_code == 404
    assert 'class="notice"' in response.text
    assert f'<html lang="{"en" if prefix else "zh-Hans"}">' in response.text


@pytest.mark.parametrize("address", ["/sections/city/", "/authors/jia/"])
def test_an_empty_list_says_so(client, db, address):
    reading_rows.make_section()
    reading_rows.make_author()
    assert 'class="empty"' in client.get(address).text


@pytest.mark.parametrize("archive", [40, 400])
@pytest.mark.parametrize("address", ["/sections/city/", "/authors/jia/"])
def test_a_list_takes_two_queries_beside_the_frame_on_its_first_and_on_a_deep_page(
    client, db, django_assert_num_queries, address, archive
):
    made = reading_rows.make_articles(archive)
    with django_assert_num_queries(3):
        older = client.get(address).context["page"].older
    assert older is not None
    deep = made[-5]
    cursor = f"{int(deep.published_at.timestamp()) * 1_000_000}-{deep.number}"
    # The frame is read once a generation.
    with django_assert_num_queries(2):
        assert len(headlines(client.get(address, {"before": cursor}))) == 4


def test_an_advertisement_is_labelled_in_every_list(client, db):
    reading_rows.make_articles(1, genre="advertisement")
    for address in ("/sections/city/", "/authors/jia/", "/en/sections/city/", "/", "/archive/2024/03/"):
        assert "广告" in client.get(address).text
    assert "Advertisement" in client.get("/en/sections/city/").text


def test_a_renamed_section_and_author_are_called_by_their_new_names(client, people):
    reading_rows.make_articles(1)
    PublishedSection.objects.update(name="城事", name_en="Town")
    PublishedAuthor.objects.update(name="甲某某")
    reading_rows.changed()
    assert "城事" in client.get("/sections/city/").text
    assert "Town" in client.get("/en/sections/city/").text
    assert "甲某某" in client.get("/authors/jia/").text


def test_a_story_published_on_the_desk_is_in_its_section(client, people):
    story = house.story_in(house.State.PUBLISHED, people)
    assert story.headline in client.get("/sections/city/").text
    house.act(story, house.Verb.WITHDRAW, people[house.Role.EDITOR_IN_CHIEF], "失实")
    assert story.headline not in client.get("/sections/city/").text


@pytest.mark.parametrize(
    ("body", "length", "said"),
    [
        ("<p>桥通了。</p><p>人来了。</p>", 20, "桥通了。　人来了。"),
        ("<p>桥在清晨通了。人来了，车也来了。</p>", 12, "桥在清晨通了。"),
        ("<p>桥在清晨通了。他说：“走吧。我先走。你跟上。”</p>", 18, "桥在清晨通了。他说：“走吧。我先走……"),
        ("<p>桥在清晨正式通了。他说：“走吧。我先走。你跟上。”</p>", 17, "桥在清晨正式通了。"),
        ("<p>他说：“走吧，我们现在就走。”车来了，人也来了。</p>", 18, "他说：“走吧，我们现在就走。”"),
        ("<p>一句很长很长而没有尽头的话，一直说下去</p>", 14, "一句很长很长而没有尽头的话……"),
    ],
)
def test_the_opening_of_a_story_ends_with_a_sentence_and_in_no_quotation(db, body, length, said):
    [story] = reading_rows.make_articles(1, body=body)
    assert opening(story, length) == said


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("桥通了。", ("桥通了。", "")),
        ("桥通了。人来了。车也来了。", ("桥通了。人来了。", "车也来了。")),
        ("桥通了。他说：“走。我先走。”车也来了。", ("桥通了。", "他说：“走。我先走。”车也来了。")),
        ("桥在这一天的清晨通了。人来了。", ("桥在这一天的清晨通了。", "人来了。")),
        ("没有尽头的一句话，一直说下去", ("没有尽头的一句话，一直说下去", "")),
        ("", ("", "")),
    ],
)
def test_a_text_is_parted_where_a_sentence_ends_and_no_quotation_is_open(text, parts):
    assert in_two(text, 8) == parts
