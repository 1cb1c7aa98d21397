"""The e-paper over HTTP: the page's picture with its hot zones, reading order, PDFs, the story as it was printed."""

import datetime
import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from articles.models import PublishedPhoto
from editions.asprinted import Words, differences, paragraphs_of
from tests import reading_rows

PAGE = "/en/paper/2024-03-07/1/"
EDITION = "/en/paper/2024-03-07/"


@pytest.fixture
def page(db):
    """Page 1 of a typeset edition of two pages, four stories each."""
    edition = reading_rows.make_edition(pages=2)
    for each in edition.pages.all():
        reading_rows.typeset(each)
    return edition.pages.get(order=1)


def zones(text: str) -> list[tuple[str, int]]:
    """(address of the story, rectangles) of every link on the picture, in the order of the keyboard."""
    links = re.findall(r'<a href="([^"]+)" data-story="\d+">(.*?)</a>', text, re.S)
    return [(address, inside.count("<rect")) for address, inside in links]


# -- the page's picture -----------------------------------------------------------------------------------


def test_a_typeset_page_is_its_picture_with_a_link_a_story(client, page):
    text = client.get(PAGE).text
    stories = [placement.article for placement in page.placements.order_by("row", "column")]
    assert zones(text) == [(f"/en/stories/{story.number}/", 1) for story in stories]
    assert f'<svg class="zones" viewBox="0 0 {page.image_width} {page.image_height}">' in text
    # The first shape: columns 5 and 6 of 6, rows 1 to 30 of 102, on 780 × 1090 pixels.
    assert '<rect x="520.0" y="0.0" width="260.0" height="320.6"/>' in text
    assert 'class="pagemap"' not in text


def test_the_picture_comes_in_two_sizes_and_two_formats_and_says_its_size(client, page):
    text = client.get(PAGE).text
    picture = text.partition("<picture>")[2].partition("</picture>")[0]
    assert f'type="image/webp" srcset="{page.thumbnail} 480w, {page.image} 780w"' in picture
    assert f'srcset="{page.thumbnail_png} 480w, {page.image_png} 780w"' in picture
    assert 'width="780" height="1090"' in picture
    assert 'alt="Page 1 (要闻) of Thursday, 7 March 2024 as it was printed' in picture
    assert "lazy" not in picture
    for address in (page.image, page.thumbnail_png):
        assert client.get(address).status_code == 200


def test_a_page_that_was_printed_in_three_sizes_offers_the_middle_one(client, page):
    reading_rows.typeset(page, 1600, 2236)
    text = client.get(PAGE).text
    assert f'srcset="{page.thumbnail} 480w, {page.image_middle} 960w, {page.image} 1600w"' in text
    assert f'srcset="{page.thumbnail_png} 480w, {page.image_png} 1600w"' in text
    assert client.get(page.image_middle).status_code == 200


def test_a_page_that_was_never_typeset_stays_a_drawing(client, db):
    reading_rows.make_edition(pages=1)
    for address in (PAGE, EDITION, "/en/"):
        text = client.get(address).text
        assert 'class="pagemap"' in text
        assert "<picture>" not in text
        assert ".pdf" not in text
    assert "zoom.js" not in client.get(PAGE).text


def test_all_rectangles_of_a_story_are_one_link(client, page):
    [story] = reading_rows.make_articles(1)
    reading_rows.place(page, story, (1, 86, 2, 10))
    reading_rows.place(page, story, (3, 90, 2, 6), part=2)
    reading_rows.place(page, story, (5, 86, 2, 10), part=0, photo=7)
    reading_rows.typeset(page)
    assert zones(client.get(PAGE).text)[-1] == (f"/en/stories/{story.number}/", 3)


def test_a_story_on_a_typeset_page_without_a_zone_is_in_the_list_and_nowhere_on_the_picture(client, page):
    [story] = reading_rows.make_articles(1)
    reading_rows.place(page, story, (1, 90, 6, 10))
    text = client.get(PAGE).text
    assert len(zones(text)) == 4
    assert f'id="story-{story.number}"' in text


def test_who_does_not_see_reaches_the_text_first_and_hears_headlines(client, page):
    text = client.get(PAGE).text
    assert text.index('class="skip" href="#text"') < text.index("<picture>")
    assert text.count('id="text"') == 1
    for placement in page.placements.select_related("article"):
        assert f"<title>{placement.article.headline}</title>" in text


def test_nothing_on_the_page_needs_a_style_attribute_or_a_cookie(client, page):
    response = client.get(PAGE)
    assert " style=" not in response.text
    assert not response.cookies
    assert set(re.findall(r'<script[^>]* src="([^"]+)"', response.text)) == {
        "/static/reading/epaper.js",
        "/static/reading/search.js",
        "/static/reading/text-size.js",
        "/static/reading/zoom.js",
    }


def test_the_scripts_of_the_e_paper_are_small():
    folder = Path(settings.STATICFILES_DIRS[0]) / "reading"
    sizes = [len(gzip.compress((folder / name).read_bytes())) for name in ("epaper.js", "zoom.js")]
    assert sum(sizes) < 6 * 1024


# -- reading order ----------------------------------------------------------------------------------------


def test_the_order_of_the_desk_comes_before_the_place_on_the_page(client, page):
    page.placements.all().delete()
    ear, lead, foot = reading_rows.make_articles(3)
    reading_rows.place(page, ear, (5, 1, 2, 14), order=2)
    reading_rows.place(page, lead, (1, 15, 6, 40), order=1)
    reading_rows.place(page, lead, (1, 60, 2, 10), part=2, order=1)
    reading_rows.place(page, foot, (1, 80, 6, 10), order=3)
    reading_rows.typeset(page)
    in_order = [f"/en/stories/{story.number}/" for story in (lead, ear, foot)]
    text = client.get(PAGE).text
    assert [address for address, _rectangles in zones(text)] == in_order
    assert re.findall(r'id="story-(\d+)"', text) == [str(story.number) for story in (lead, ear, foot)]
    following = client.get(in_order[0]).context["printed"]
    assert (following.previous, following.next) == (None, ear)


# -- the edition ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", [EDITION, "/en/"])
def test_the_tiles_of_an_edition_show_the_small_pictures_and_load_them_late(client, page, address):
    text = client.get(address).text
    for each in page.edition.pages.all():
        assert f'srcset="{each.thumbnail}"' in text
        assert re.search(rf'src="{each.thumbnail_png}" width="780" height="1090" alt="" loading="lazy"', text)
        assert each.image not in text


def test_page_and_edition_lead_to_their_pdfs(client, page):
    page.edition.pdf = "/media/pages/whole.pdf"
    page.edition.save()
    reading_rows.changed()
    text = client.get(PAGE).text
    assert f'href="{page.pdf}" type="application/pdf"' in text
    assert 'href="/media/pages/whole.pdf"' in text
    assert 'href="/media/pages/whole.pdf"' in client.get(EDITION).text
    assert client.get(page.pdf)["Content-Type"] == "application/pdf"


@pytest.mark.parametrize("address", [EDITION, PAGE])
def test_the_calendar_marks_the_issues_of_the_month_and_this_one(client, page, address):
    for date in (datetime.date(2024, 2, 29), datetime.date(2024, 3, 1), datetime.date(2024, 4, 1)):
        reading_rows.make_edition(date, pages=1)
    reading_rows.make_edition(extra=1, pages=1)
    response = client.get(address)
    sheet = response.text.partition('id="issues"')[2].partition("</table>")[0]
    assert re.findall(r'href="/en/paper/([\d-]+)/"', sheet) == ["2024-03-01", "2024-03-07", "2024-03-07-1"]
    assert 'href="/en/paper/2024-03-07/" aria-current="date"' in sheet
    assert 'href="/en/archive/2024/03/"' in sheet
    issues = response.context["issues"]
    assert (issues.earlier.key, issues.later.key) == ("2024-03-01", "2024-03-07-1")


def test_the_first_and_the_last_edition_have_one_neighbour(client, page):
    reading_rows.make_edition(datetime.date(2023, 12, 31), pages=1)
    first = client.get("/paper/2023-12-31/").context["issues"]
    last = client.get("/paper/2024-03-07/").context["issues"]
    assert (first.earlier, first.later.key) == (None, "2024-03-07")
    assert (last.earlier.key, last.later) == ("2023-12-31", None)


# -- a story, cut out of its page -------------------------------------------------------------------------


def test_a_story_shows_itself_cut_out_of_the_page(client, page):
    [story] = reading_rows.make_articles(1)
    reading_rows.place(page, story, (3, 52, 2, 17))
    reading_rows.place(page, story, (3, 69, 1, 17), part=2)
    reading_rows.typeset(page)
    text = client.get(f"/en/stories/{story.number}/").text
    cutting = text.partition('<svg class="cutting"')[2].partition("</svg>")[0]
    # Columns 3 and 4 and rows 52 to 85, with a margin of 7.8 pixels on every side.
    assert 'viewBox="252.2 537.2 275.6 378.9"' in cutting
    assert 'width="780" height="1090"' in cutting
    assert 'sizes="611px"' in cutting
    assert 'loading="lazy"' in cutting
    assert cutting.partition('class="veil"')[2].count("M") == 3
    assert 'href="/en/paper/2024-03-07/1/" tabindex="-1"' in text


def test_a_cutting_ends_where_the_paper_ends(client, page):
    [story] = reading_rows.make_articles(1)
    reading_rows.place(page, story, (1, 1, 6, 102))
    reading_rows.typeset(page)
    assert 'viewBox="0.0 0.0 780.0 1090.0"' in client.get(f"/en/stories/{story.number}/").text


# -- printed differently ----------------------------------------------------------------------------------


def differently(client, story) -> str:
    text = client.get(f"/en/stories/{story.number}/").text
    return text.partition('<details class="differently">')[2].partition("</details>")[0]


def test_what_was_printed_in_other_words_is_said_with_the_difference(client, page):
    [story] = reading_rows.make_articles(1, headline="新桥通车", body="<p>新桥长八百米。</p><p>昨日通车。</p>")
    reading_rows.place(page, story, (1, 90, 6, 10))
    reading_rows.print_words(story, page, paragraphs=["新桥长九百米。", "昨日通车。"])
    shown = differently(client, story)
    assert "Printed differently on 7 March 2024, page 1" in shown
    assert "新桥长<del>九</del><ins>八</ins>百米。" in shown
    assert "昨日通车" not in shown
    assert "Headline" not in shown


def test_a_headline_that_was_printed_otherwise_counts_as_well(client, page):
    [story] = reading_rows.make_articles(1, headline="新桥通车了")
    reading_rows.place(page, story, (1, 90, 6, 10))
    reading_rows.print_words(story, page, headline="新桥通车")
    shown = differently(client, story)
    assert "Headline" in shown
    assert "新桥通车<ins>了</ins>" in shown
    assert "正文" not in shown


def test_the_headline_in_print_is_the_one_that_was_printed(client, page):
    [story] = reading_rows.make_articles(1, kicker="引题", headline="新桥通车", web_headline="网上的标题")
    reading_rows.place(page, story, (1, 90, 6, 10))
    reading_rows.changed()
    assert ">引题 新桥通车<" in client.get(f"/en/stories/{story.number}/").text
    reading_rows.print_words(story, page, headline="新桥昨天通车")
    shown = client.get(f"/en/stories/{story.number}/").text
    assert ">引题 新桥昨天通车<" in shown
    assert ">引题 新桥通车<" not in shown


def test_the_same_words_are_no_difference_however_they_are_spaced(client, page):
    opening = '<p><span class="lead-in">本报讯（记者 甲某）</span>\u3000桥成。</p>'
    body = f"{opening}<h2>长度</h2><ul><li><p>甲 &amp; 乙</p></li></ul>"
    [story] = reading_rows.make_articles(1, headline="新桥\n通车", body=body, web_headline="网上的标题")
    reading_rows.place(page, story, (1, 90, 6, 10))
    reading_rows.print_words(story, page, headline="新桥通车", paragraphs=["本报讯（记者甲某）桥成。", "长度", "甲&乙"])
    assert differently(client, story) == ""


def test_captions_are_compared_with_those_of_the_pictures_that_were_printed(client, page):
    [story] = reading_rows.make_articles(1)
    for number, caption in enumerate(("桥上。", "桥下。", "从未付印。"), start=1):
        PublishedPhoto.objects.create(
            article=story, photo_number=number, order=number, in_body=False, caption=caption, credit="甲某 摄",
            thumbnail="/t", preview="/p", large="/l", width=30, height=20,
        )  # fmt: skip
    reading_rows.place(page, story, (1, 90, 6, 10))
    reading_rows.place(page, story, (1, 80, 3, 10), part=0, photo=1)
    reading_rows.place(page, story, (4, 80, 3, 10), part=0, photo=2)
    reading_rows.print_words(story, page, paragraphs=["正文。", "桥上。　甲某 摄", "桥下。 甲某 摄"])
    assert differently(client, story) == ""
    story.printings.update(paragraphs=["正文。", "桥上。 甲某 摄", "桥的下。 甲某 摄"])
    reading_rows.changed()
    shown = differently(client, story)
    assert "桥<del>的</del>下。" in shown
    assert "桥上" not in shown


def test_a_story_without_a_printing_says_nothing_of_one(client, page):
    for placement in page.placements.select_related("article"):
        assert differently(client, placement.article) == ""


@pytest.mark.parametrize("typed", ['<script>alert("1")</script>', "]]>&<b>"])
def test_printed_words_are_shown_as_text(client, page, typed):
    [story] = reading_rows.make_articles(1)
    reading_rows.place(page, story, (1, 90, 6, 10))
    reading_rows.print_words(story, page, headline=typed)
    text = client.get(f"/en/stories/{story.number}/").text
    assert "Printed differently" in text
    assert typed not in text


def test_the_blocks_of_a_body_are_its_paragraphs_in_order():
    body = "<p>一<br>二</p><figure><img><figcaption>图说</figcaption></figure><blockquote><p>三 &lt;</p></blockquote>"
    assert paragraphs_of(body) == ["一二", "三 <"]
    assert paragraphs_of("") == []


def test_a_caption_that_print_cut_short_is_a_difference():
    now = Words("", "题", "", ["正文。"])
    captions = ["三人在桥上合影。 甲某 摄"]
    assert differences(Words("", "题", "", ["正文。", *captions]), now, captions) == []
    [found] = differences(Words("", "题", "", ["正文。", "桥上合影。甲某 摄"]), now, captions)
    assert [line.kind for line in found.lines] == ["same", "changed"]
