"""Writing on the edit page: what is pasted and dropped, names, order, length, find and replace, keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from articles.models import Article, ArticlePhoto, Contributor, Photo
from articles.text.body import blocks
from editions.models import PageTemplate
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.articles.photos.test_many_photos import picture
from tests.browser.writing import EDITOR, PASTE, expect_saved, open_story, save, sign_in, write

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def story(people):
    return house.make_story(people[Role.REPORTER], body="<p>第一段甲。</p><p>第二段乙。</p><p>第三段甲。</p>")


@pytest.fixture
def page(open_browser, people, story):
    page = open_browser(locale="en-GB", expected="Failed to load resource")
    sign_in(page, people[Role.REPORTER])
    open_story(page, story)
    return page


def body_of(page) -> str:
    return page.input_value("[name=body]")


# -- pasting


def paste(page, html: str, text: str = "") -> str:
    """The body after pasting into an emptied text."""
    page.locator(EDITOR).click()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.locator(EDITOR).evaluate(PASTE, [html, text])
    return body_of(page)


def word_list(*items: tuple[str, int, str]) -> str:
    """A list as Word writes it, of marks, levels and texts."""
    mark = "<![if !supportLists]><span style='mso-list:Ignore'>{}<span style='font:7pt \"Times\"'>&nbsp;</span></span>"
    return "".join(
        f"<p class=MsoListParagraph style='mso-list:l0 level{level} lfo1'>{mark.format(sign)}<![endif]>{text}</p>"
        for sign, level, text in items
    )


PASTED = {
    "word": (
        "<p class=MsoNormal style='text-indent:21.0pt'>\u3000\u3000首段有<b>粗体</b>。<o:p></o:p></p><p>次段。</p>",
        "<p>首段有<strong>粗体</strong>。</p><p>次段。</p>",
    ),
    "subhead": ("<p>正文。</p><p><b>小标题</b></p><p>正文。</p>", "<p>正文。</p><h2>小标题</h2><p>正文。</p>"),
    "bold sentence": (
        "<p>正文。</p><p><b>整句都是粗体。</b></p>",
        "<p>正文。</p><p><strong>整句都是粗体。</strong></p>",
    ),
    "soft line end": ("<p>软<br>换行</p>", "<p>软</p><p>换行</p>"),
    "headings": ("<h1>大题</h1><h4>小题</h4><p>文</p>", "<h2>大题</h2><h2>小题</h2><p>文</p>"),
    "tables": (
        "<table><tr><td>外<table><tr><td><p>里</p></td></tr></table></td></tr><tr><td>左</td><td>右</td></tr></table>",
        "<p>外</p><p>里</p><p>左\u3000右</p>",
    ),
    "word list": (
        "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span>甲项</p>"
        "<p style='mso-list:l0 level1 lfo1'><span style='mso-list:Ignore'>·</span>乙项</p>",
        "<ul><li><p>甲项</p></li><li><p>乙项</p></li></ul>",
    ),
    "word list that counts": (
        word_list(("1.", 1, "甲"), ("·", 2, "子项"), ("2.", 1, "乙")),
        '<ol data-type="decimal"><li><p>甲</p><ul><li><p>子项</p></li></ul></li><li><p>乙</p></li></ol>',
    ),
    "word list that counts otherwise": (word_list(("一、", 1, "甲"), ("二、", 1, "乙")), "<p>一、甲</p><p>二、乙</p>"),
    "word list that goes on": (word_list(("3.", 1, "丙"), ("\uf0b7", 1, "点")), "<p>3.丙</p><p>·点</p>"),
    "word subhead with its number": (
        "<p style='mso-list:l0'><b><span style='mso-list:Ignore'>一、&nbsp;</span></b><b>小标题</b></p><p>文。</p>",
        "<h2>一、小标题</h2><p>文。</p>",
    ),
    "list that begins later": ("<ol start=3><li>丙</li><li>丁</li></ol>", "<p>3．丙</p><p>4．丁</p>"),
    "list in pieces": (
        "<ol><li>甲</li></ol><ol start=2><li>乙</li></ol>",
        '<ol data-type="decimal"><li><p>甲</p></li><li><p>乙</p></li></ol>',
    ),
    "letters": ("<ol type=a><li>甲</li><li>乙</li></ol>", "<p>a. 甲</p><p>b. 乙</p>"),
    "lines of an item": ("<ul><li>甲<br>乙</li></ul>", "<ul><li><p>甲</p><p>乙</p></li></ul>"),
    "lines of code": ("<pre>甲\n乙</pre>", "<p>甲</p><p>乙</p>"),
    "word table": (
        "<table><tr><td><p class=MsoNormal>姓名</p></td><td><p class=MsoNormal>单位<o:p></o:p></p></td></tr>"
        "<tr><td><p>张三</p></td><td><p><o:p>&nbsp;</o:p></p></td></tr></table>",
        "<p>姓名\u3000单位</p><p>张三</p>",
    ),
    "table for a layout": (
        "<table><tr><td><p>左一</p><p>左二</p></td><td><p>右</p></td></tr></table>",
        "<p>左一</p><p>左二</p><p>右</p>",
    ),
    # The console would tell of each of these, and the network of the pictures.
    "styles and handlers": (
        """<p class="a"style="color:red">甲</p><p title="b>c" STYLE='color:red' onclick="x()">乙</p>""",
        "<p>甲</p><p>乙</p>",
    ),
    "from another text of the desk": (
        "<p data-pm-slice='1 1 []' style='color:red'>字<img src='https://elsewhere.example/b.png' onerror='x()'></p>",
        "<p>字</p>",
    ),
    "false bold": ("<b style='font-weight:normal'><p>整篇</p></b>", "<p>整篇</p>"),
    "style and empty lines": (
        "<html><head><style>p.MsoNormal { margin: 0 }</style></head><body><p class=MsoNormal>首段。</p>"
        "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p><p>次段。</p></body></html>",
        "<p>首段。</p><p>次段。</p>",
    ),
    "rest": ("<p>字<img src='https://elsewhere.example/a.png'></p><script>x()</script><!--c-->", "<p>字</p>"),
}


def test_what_is_pasted_is_reduced_to_the_vocabulary(page, subtests):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url) if "elsewhere" in request.url else None)
    for kind, (html, body) in PASTED.items():
        with subtests.test(kind):
            assert paste(page, html) == body
    assert fetched == []


def test_what_is_written_after_a_link_is_no_part_of_it(page):
    assert paste(page, "<p>见<a href='https://example.org/'>公告</a></p>").startswith("<p>见<a ")
    page.keyboard.type("全文。")
    assert page.locator(f"{EDITOR} a").inner_text() == "公告"
    assert body_of(page).endswith("公告</a>全文。</p>")


def test_pasted_plain_text_is_a_paragraph_a_line_without_its_indents(page):
    assert paste(page, "", "\u3000\u3000首段。\n\u3000\u3000次段。") == "<p>首段。</p><p>次段。</p>"


# -- photos

DROP = """async (node, names) => {
  const data = new DataTransfer();
  for (const [index, name] of names.entries()) {
    const canvas = Object.assign(document.createElement("canvas"), { width: 900, height: 600 });
    canvas.getContext("2d").fillStyle = "teal";
    canvas.getContext("2d").fillRect(index * 10, 0, 300, 600);
    const picture = await new Promise((done) => canvas.toBlob(done, "image/jpeg"));
    data.items.add(new File([name.startsWith("bad") ? "no picture" : picture], name, { type: "image/jpeg" }));
  }
  const { left, top } = node.children[0].getBoundingClientRect();
  const at = { clientX: left + 120, clientY: top + 8 };
  node.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true, ...at }));
}"""


def test_photos_dropped_into_the_text_are_taken_in_and_stand_where_they_were_let_go(page):
    page.locator(EDITOR).evaluate(DROP, ["a.jpg", "b.jpg", "bad.jpg"])
    expect(page.locator(f"{EDITOR} figure img")).to_have_count(2)
    expect(page.locator("[data-drop-state]")).to_contain_text("bad.jpg: This file is not a JPEG")
    expect(page.locator(f"{EDITOR} .coming")).to_have_count(0)
    kinds = page.locator(EDITOR).evaluate("(node) => [...node.children].map((child) => child.localName)")
    assert kinds == ["p", "figure", "figure", "p", "p"]
    assert Photo.objects.count() == 2
    expect(page.locator("[data-rows=pictures] > .row:visible")).to_have_count(2)


def drop(page, *names) -> None:
    page.locator(EDITOR).evaluate(DROP, list(names))


def shown_rows(page):
    return page.locator("[data-rows=pictures] > .row:visible")


def figures(page):
    return page.locator(f"{EDITOR} figure img")


def test_what_is_here_already_is_asked_about_while_writing_goes_on(page):
    drop(page, "a.jpg")
    expect(figures(page)).to_have_count(1)
    here = Photo.objects.get()
    drop(page, "a.jpg")
    question = page.locator("[data-alike] li")
    expect(question).to_contain_text(f"a.jpg: This looks like photo {here.pk}, which is here already.")
    # Nothing takes the caret away, and what is typed is saved.
    write(page, "照样写。")
    assert "照样写。" in body_of(page)
    save(page)
    expect_saved(page, 2)
    question.get_by_role("button", name="Use that one").click()
    expect(figures(page)).to_have_count(2)
    expect(question).to_have_count(0)
    expect(page.locator(f"{EDITOR} .coming")).to_have_count(0)
    expect(shown_rows(page)).to_have_count(1)
    assert Photo.objects.count() == 1
    # Kept both, or left out.
    drop(page, "a.jpg")
    question.get_by_role("button", name="Keep both").click()
    expect(figures(page)).to_have_count(3)
    expect(shown_rows(page)).to_have_count(2)
    assert Photo.objects.count() == 2
    drop(page, "a.jpg")
    question.get_by_role("button", name="Leave it out").press("Enter")
    expect(page.locator(f"{EDITOR} .coming")).to_have_count(0)
    expect(figures(page)).to_have_count(3)
    expect(page.locator(EDITOR)).to_be_focused()
    assert Photo.objects.count() == 2


def test_of_files_that_are_chosen_none_waits_for_what_is_asked_about_another(page, people):
    here = house.make_photo(people[Role.PHOTOGRAPHER], picture(1))
    files = [
        {"name": name, "mimeType": "image/jpeg", "buffer": picture(seed)} for name, seed in (("a.jpg", 1), ("b.jpg", 2))
    ]
    page.set_input_files("#new-photos", files)
    expect(shown_rows(page)).to_have_count(1)
    question = page.locator("[data-alike] li")
    expect(question).to_contain_text(f"a.jpg: This looks like photo {here.pk}")
    question.get_by_role("button", name="Use that one").click()
    expect(shown_rows(page)).to_have_count(2)
    assert Photo.objects.count() == 2


def test_a_photo_that_is_small_for_print_comes_into_the_story_with_a_word(page):
    small = picture(1, size=(150, 100))
    page.set_input_files("#new-photos", [{"name": "icon.jpg", "mimeType": "image/jpeg", "buffer": small}])
    expect(shown_rows(page)).to_have_count(1)
    expect(page.locator("[data-upload-state]")).to_have_text(
        "icon.jpg: It has only 150 × 100 pixels: enough for 19 mm in print."
    )


def test_a_photo_whose_rights_have_expired_does_not_come_into_the_text(page, people):
    drop(page, "a.jpg")
    expect(figures(page)).to_have_count(1)
    Photo.objects.update(rights_expire_on="2024-03-01")
    drop(page, "a.jpg")
    question = page.locator("[data-alike] li")
    expect(question).to_contain_text("rights expired on 1 March 2024")
    expect(question.get_by_role("button")).to_have_text(["Keep both", "Leave it out"])


def test_each_picture_that_was_dropped_is_undone_by_itself_and_its_row_leaves_with_it(page):
    drop(page, "a.jpg", "b.jpg")
    expect(figures(page)).to_have_count(2)
    page.locator("[data-rows=pictures] > .row:visible [name$=-caption]").first.fill("甲图说")
    page.locator(f"{EDITOR} > p").first.click()
    for left in (1, 0):
        page.keyboard.press("Control+z")
        expect(figures(page)).to_have_count(left)
        expect(shown_rows(page)).to_have_count(left)
    save(page)
    expect(page.locator("[data-save-state]")).to_contain_text("Saved")
    assert not ArticlePhoto.objects.exists()
    for back in (1, 2):
        page.keyboard.press("Control+Shift+z")
        expect(figures(page)).to_have_count(back)
        expect(shown_rows(page)).to_have_count(back)
    save(page)
    expect_saved(page, 2)
    assert sorted(ArticlePhoto.objects.values_list("caption", flat=True)) == ["", "甲图说"]


def test_what_is_typed_after_a_picture_came_is_undone_before_it(page):
    drop(page, "a.jpg")
    expect(figures(page)).to_have_count(1)
    write(page, "又写。")
    page.keyboard.press("Control+z")
    assert "又写。" not in body_of(page)
    expect(figures(page)).to_have_count(1)
    # A row that stood there before stays when the picture leaves the text.
    page.locator("[data-insert]:visible").click()
    expect(figures(page)).to_have_count(2)
    page.keyboard.press("Control+z")
    expect(figures(page)).to_have_count(1)
    expect(shown_rows(page)).to_have_count(1)


# -- names and their order


def test_a_name_is_found_by_the_first_letters_of_its_pinyin_and_taken_with_the_keys(page):
    Contributor.objects.create(name="张三丰", slug="zhang-san-feng")
    name = page.locator("[name=bylines-0-name]")
    name.fill("")
    name.press_sequentially("zsf")
    expect(page.get_by_role("option", name="张三丰")).to_be_visible()
    assert name.get_attribute("aria-expanded") == "true"
    name.press("ArrowDown")
    assert name.get_attribute("aria-activedescendant") == "person-0"
    name.press("Enter")
    assert name.input_value() == "张三丰"
    assert name.get_attribute("aria-expanded") == "false"
    expect(page.locator("[data-lead-in-preview]")).to_contain_text("张三丰")


def test_enter_that_ends_a_composition_takes_no_name(page):
    Contributor.objects.create(name="张三丰", slug="zhang-san-feng")
    page.locator("[name=bylines-0-name]").press_sequentially("zh")
    expect(page.get_by_role("option", name="张三丰")).to_be_visible()
    page.keyboard.press("ArrowDown")
    pressed = (
        "(node) => node.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true }))"
    )
    page.locator("[name=bylines-0-name]").evaluate(pressed)
    assert page.input_value("[name=bylines-0-name]") == "zh"


def order_of(page) -> list[str]:
    rows = page.locator("[data-rows=bylines] > .row")
    return [rows.nth(index).locator("[name$=-name]").input_value() for index in range(rows.count())]


def test_the_byline_is_ordered_by_dragging_and_by_the_arrow_keys(page):
    page.fill("[name=bylines-0-name]", "甲某")
    page.click("[data-add=bylines]")
    page.keyboard.type("乙某")
    page.keyboard.press("Escape")
    grips = page.locator("[data-rows=bylines] [data-grip]")
    from_, to = grips.nth(1).bounding_box(), page.locator("[data-rows=bylines]").bounding_box()
    page.mouse.move(from_["x"] + 4, from_["y"] + 4)
    page.mouse.down()
    page.mouse.move(to["x"] + 10, to["y"] + 4, steps=4)
    page.mouse.up()
    assert order_of(page) == ["乙某", "甲某"]
    grips.nth(1).press("ArrowUp")
    assert order_of(page) == ["甲某", "乙某"]
    assert page.input_value("[name=bylines-1-ORDER]") == "2"


# -- how long it is


def test_the_characters_of_a_story_are_counted_in_the_bar(page):
    counter = page.locator(".savebar .counter").first
    expect(counter).to_have_text("15 characters")
    write(page, "又四个字")
    expect(counter).to_have_text("19 characters")
    expect(page.locator("#edit-remarks h2 .count")).to_be_hidden()


def test_the_length_is_shown_in_printed_lines_at_a_width_that_is_remembered(page, story):
    narrow = PageTemplate.objects.get(is_default=True)
    PageTemplate.objects.create(title=narrow.title, name="wide", characters=2 * narrow.characters)
    open_story(page, story)
    width, lines = page.locator("#lines-width"), page.locator("span[data-lines] output")
    expect(lines).to_have_text("3")
    write(page, "字" * 40)
    expect(lines).to_have_text("5")
    width.select_option(str(2 * narrow.characters))
    expect(lines).to_have_text("4")
    page.on("dialog", lambda dialog: dialog.accept())
    open_story(page, story)
    expect(width).to_have_value(str(2 * narrow.characters))


# -- find and replace


def test_every_place_is_found_and_replaced_in_one_step_that_can_be_undone(page):
    page.fill("[name=headline]", "甲的标题")
    page.locator(EDITOR).click()
    page.keyboard.press("Control+h")
    page.fill("[data-find]", "甲")
    told = page.locator("[data-find-panel] [data-said]")
    expect(told).to_have_text("3 places")
    page.press("[data-find]", "Enter")
    expect(told).to_have_text("1 of 3")
    page.fill("[data-replace]", "丁丁")
    page.click("[data-all]")
    expect(told).to_have_text("3 places replaced")
    assert body_of(page) == "<p>第一段丁丁。</p><p>第二段乙。</p><p>第三段丁丁。</p>"
    assert page.input_value("[name=headline]") == "丁丁的标题"
    page.click("[data-back]")
    assert body_of(page) == "<p>第一段甲。</p><p>第二段乙。</p><p>第三段甲。</p>"
    assert page.input_value("[name=headline]") == "甲的标题"


def test_places_are_gone_through_and_replaced_one_by_one_with_the_keys(page):
    page.locator(EDITOR).click()
    page.keyboard.press("Control+f")
    page.keyboard.type("甲")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("[data-find-panel] [data-said]")).to_have_text("2 of 2")
    page.fill("[data-replace]", "丁")
    page.press("[data-replace]", "Enter")
    assert body_of(page) == "<p>第一段甲。</p><p>第二段乙。</p><p>第三段丁。</p>"
    page.keyboard.press("Escape")
    expect(page.locator("[data-find-panel]")).to_be_hidden()


def test_letters_of_either_case_are_found_unless_asked_otherwise(page):
    write(page, "GDP与gdp")
    page.keyboard.press("Control+f")
    page.fill("[data-find]", "GDP")
    expect(page.locator("[data-find-panel] [data-said]")).to_have_text("2 places")
    page.check("[data-exactly]")
    expect(page.locator("[data-find-panel] [data-said]")).to_have_text("1 place")


# -- keys


def test_the_keys_are_shown_by_a_question_mark_outside_of_fields(page):
    page.locator("#story-form [data-show-keys]").focus()
    page.keyboard.press("?")
    keys = page.locator("#keys")
    expect(keys).to_be_visible()
    expect(keys).to_contain_text("find and replace")
    page.keyboard.press("Escape")
    write(page, "?")
    expect(keys).to_be_hidden()
    page.keyboard.press("Control+/")
    expect(keys).to_be_visible()


# -- places in the text, which remarks, findings and presence are made of

PLACES = """async () => {
  const { editorReady } = await import("/static/desk/story/form.js");
  const { passages, rangeOf, placeOf } = await import("/static/desk/story/passages.js");
  const editor = await editorReady;
  const { from, to } = rangeOf(editor, { block: 2, start: 2, end: 4 });
  return {
    texts: passages(editor).map(({ text }) => text),
    range: editor.state.doc.textBetween(from, to),
    place: placeOf(editor, to),
    gone: rangeOf(editor, { block: 9, start: 0, end: 1 }),
  };
}"""


def test_places_in_the_text_are_the_server_s(page, people):
    body = "<p>第一段。</p><ul><li><p>列表项</p></li></ul><p>\u3000𠮷野家😀开张</p>"
    story = house.make_story(people[Role.REPORTER], body=body)
    open_story(page, story)
    page.locator(EDITOR).click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("Enter")
    found = page.evaluate(PLACES)
    assert found["texts"] == [block.text for block in blocks(story.body)] == ["第一段。", "列表项", "𠮷野家😀开张"]
    assert found["range"] == "家😀"
    assert found["place"] == {"block": 2, "offset": 4}
    assert found["gone"] is None


FOLLOWED = """async () => {
  const { highlighted } = await import("/static/desk/story/highlights.js");
  const { editorReady } = await import("/static/desk/story/form.js");
  const { doc } = (await editorReady).state;
  return highlighted("found").map(({ from, to }) => doc.textBetween(from, to));
}"""


def test_what_is_highlighted_follows_its_text(page):
    page.evaluate("""async () => {
      const { highlight } = await import("/static/desk/story/highlights.js");
      const { rangeOf } = await import("/static/desk/story/passages.js");
      const { editorReady } = await import("/static/desk/story/form.js");
      highlight("found", [rangeOf(await editorReady, { block: 1, start: 0, end: 3 })]);
    }""")
    page.locator(EDITOR).click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("前面添了字。")
    assert page.evaluate(FOLLOWED) == ["第二段"]
    assert page.evaluate("[...CSS.highlights.get('found')].map(String)") != []
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    assert page.evaluate(FOLLOWED) == []


# -- submitted from here


def test_save_and_submit_makes_no_draft_of_nothing_and_says_what_is_missing(open_browser, people):
    page = open_browser(locale="en-GB", expected="422")
    sign_in(page, people[Role.REPORTER])
    house.make_story(people[Role.REPORTER])  # Whose section is a new one's too.
    open_story(page, None)
    page.locator("[data-submit]").click()
    said = page.locator("[data-save-state]")
    expect(said).to_contain_text("Nothing is saved until this is put right: A story needs a headline and a text or a")
    assert Article.objects.count() == 1
    page.fill("[name=headline]", "城西夜市")
    page.locator("[data-submit]").click()
    expect(said).to_contain_text("and not submitted: A story needs a headline")
    assert page.input_value("[name=headline]") == "城西夜市"
    write(page, "今晚开市。")
    page.locator("[data-submit]").click()
    expect(page.locator(".head .chip").first).to_have_text("awaits first review")
    assert Article.objects.count() == 2
