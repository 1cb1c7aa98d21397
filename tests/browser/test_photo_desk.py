"""The photo desk in a browser: files dropped on it, many photos chosen, the focal point set by keyboard."""

from __future__ import annotations

import base64
import re

import pytest
from playwright.sync_api import expect

from articles.models import Photo
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.articles.photos.test_many_photos import picture
from tests.browser.accessible import WCAG, violations
from tests.browser.writing import sign_in, sign_in_by_form

pytestmark = pytest.mark.django_db(transaction=True)

# Files as a person drops them: the browser lets no script read a folder, so they come from the test.
DROP = """(files) => {
  const carried = new DataTransfer();
  for (const [name, data] of files) {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type: "image/jpeg" }));
  }
  for (const type of ["dragover", "drop"]) {
    document.body.dispatchEvent(new DragEvent(type, { dataTransfer: carried, bubbles: true, cancelable: true }));
  }
}"""


def drop(page, **files: bytes) -> None:
    page.evaluate(DROP, [[f"{name}.jpg", base64.b64encode(data).decode()] for name, data in files.items()])


def row(page, name: str):
    return page.locator("[data-uploads] li").filter(has_text=f"{name}.jpg")


@pytest.fixture
def page(open_browser, people):
    # What the server refuses with a status of its own, and what is cut off, the console says too.
    page = open_browser(locale="en-GB", expected="Failed to load resource")
    sign_in(page, people[Role.PHOTOGRAPHER])
    return page


def test_files_dropped_anywhere_are_taken_in_each_by_itself(page, people):
    here = house.make_photo(people[Role.PHOTOGRAPHER], picture(1))
    page.goto("/en/desk/photos/")
    cut_off = []
    page.route("**/photos/add/", lambda route: route.continue_() if cut_off else (cut_off.append(1), route.abort()))
    drop(page, first=picture(2))
    expect(row(page, "first")).to_contain_text("The connection broke.")
    drop(page, second=picture(3), third=picture(4, size=(150, 100)), words=b"no picture", again=picture(1, quality=40))
    for name in ("second", "third"):
        expect(row(page, name).locator("[data-state=done]")).to_be_visible()
    expect(row(page, "words")).to_contain_text("This file is not a JPEG, PNG, WebP or TIFF picture.")
    expect(row(page, "words").get_by_role("button")).to_have_count(0)
    expect(row(page, "again")).to_contain_text(f"This looks like photo {here.pk}, which is here already.")
    assert Photo.objects.count() == 3
    row(page, "first").get_by_role("button", name="Try again").click()
    row(page, "again").get_by_role("button", name="Keep both").click()
    for name in ("first", "again"):
        expect(row(page, name).locator("[data-state=done]")).to_be_visible()
    expect(page.locator("[data-summary]")).to_have_text("4 of 5 taken in, 1 to look at")
    # Each has its place and its name; who listens hears the name with what is wrong.
    expect(row(page, "words").locator(".name")).to_have_text("4 of 5 words.jpg")
    expect(row(page, "words").get_by_role("alert")).to_contain_text("words.jpg This file is not a JPEG")
    expect(row(page, "third").locator("[data-state=done]")).to_contain_text("enough for 19 mm in print")
    assert Photo.objects.count() == 5
    page.get_by_role("link", name="Say the same of these photos").click()
    expect(page.get_by_role("heading", name="4 photos will be changed")).to_be_visible()


def test_whoever_is_signed_out_is_told_so_at_each_file_and_can_try_again(page):
    page.goto("/en/desk/photos/")
    session = [cookie for cookie in page.context.cookies() if cookie["name"] == "sessionid"]
    page.context.clear_cookies(name="sessionid")
    drop(page, first=picture(2))
    expect(row(page, "first").get_by_role("alert")).to_contain_text("You are not signed in any more.")
    page.context.add_cookies(session)
    row(page, "first").get_by_role("button", name="Try again").click()
    expect(row(page, "first").locator("[data-state=done]")).to_be_visible()
    assert Photo.objects.count() == 1


def test_in_chinese_too_a_refused_file_is_named_once(page):
    page.goto("/desk/photos/")
    drop(page, words=b"no picture")
    expect(row(page, "words").locator("[data-state=failed] [data-why]")).to_have_text(re.compile("^(?!.*words)."))


def test_a_picture_that_is_here_already_can_be_used_instead(page, people):
    here = house.make_photo(people[Role.PHOTOGRAPHER], picture(1))
    page.goto("/en/desk/photos/add/")
    page.set_input_files("#photos", [{"name": "same.jpg", "mimeType": "image/jpeg", "buffer": picture(1)}])
    page.get_by_role("button", name="Take them in").click()
    row(page, "same").get_by_role("button", name="Use that one").click()
    expect(row(page, "same")).to_contain_text("the one that is here is used")
    address = page.get_by_role("link", name="Say the same of these photos").get_attribute("href")
    assert address.endswith(f"?photo={here.pk}")
    assert Photo.objects.count() == 1


def test_files_that_met_an_ended_session_are_taken_in_once_somebody_signed_in_anew(page, people):
    page.goto("/en/desk/photos/")
    page.context.clear_cookies(name="sessionid")
    drop(page, first=picture(2))
    expect(row(page, "first")).to_contain_text("You are not signed in any more.")
    window = page.context.new_page()
    sign_in_by_form(window, people[Role.PHOTOGRAPHER])
    row(page, "first").get_by_role("button", name="Try again").click()
    expect(row(page, "first").locator("[data-state=done]")).to_be_visible()
    assert Photo.objects.count() == 1


def test_many_are_chosen_by_keyboard_and_captioned(page, people):
    made = [house.make_photo(people[Role.PHOTOGRAPHER], picture(seed)) for seed in range(1, 6)]
    page.goto("/en/desk/photos/")
    boxes = page.locator(".choosable input")
    boxes.nth(1).press("Space")
    boxes.nth(3).press("Shift+Space")
    expect(page.locator("[data-chosen-count]")).to_have_text("3 chosen")
    page.get_by_role("button", name="Say the same of the chosen photos").press("Enter")
    page.get_by_label("Credit").fill("乙某 摄")
    page.get_by_label("Add to the end of the caption").fill("（资料图）")
    page.get_by_role("button", name="Change them").press("Enter")
    expect(page.get_by_text("3 photos were changed.")).to_be_visible()
    changed = Photo.objects.filter(credit="乙某 摄", caption="图为夜市一角。（资料图）").order_by("pk")
    assert list(changed) == made[1:4]


def test_a_sheet_is_written_by_keyboard(page, people):
    made = [house.make_photo(people[Role.PHOTOGRAPHER], picture(seed)) for seed in range(1, 4)]
    page.goto("/en/desk/photos/")
    page.locator(".choosable input").nth(0).press("Space")
    page.locator(".choosable input").nth(2).press("Shift+Space")
    page.get_by_role("button", name="Caption the chosen photos one by one").press("Enter")
    last, middle, first = (page.get_by_role("group", name=f"Photo {photo.pk}") for photo in reversed(made))
    expect(last.get_by_label("Caption")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("丙。")
    page.keyboard.press("Alt+ArrowDown")
    expect(middle.get_by_label("Caption")).to_be_focused()
    page.keyboard.press("Control+d")
    expect(middle.get_by_label("Caption")).to_have_value("丙。")
    last.get_by_label("People shown").fill("王芳")
    page.keyboard.press("Enter")
    expect(middle.get_by_label("People shown")).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.type("李明")
    page.keyboard.press("Enter")
    expect(first.get_by_label("People shown")).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    expect(middle.get_by_label("People shown")).to_be_focused()
    page.keyboard.press("Control+s")
    expect(page.get_by_text("3 photos were changed.")).to_be_visible()
    said = list(Photo.objects.order_by("pk").values_list("caption", "people"))
    assert said == [("图为夜市一角。", "李明"), ("丙。", ""), ("丙。", "王芳")]
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Undone. 3 photos say what they said before.")).to_be_visible()
    assert set(Photo.objects.values_list("caption", "people")) == {("图为夜市一角。", "")}


def test_what_was_typed_into_a_sheet_is_not_left_without_a_question(page, people):
    photo = house.make_photo(people[Role.PHOTOGRAPHER], picture(1))
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    for typed in ("", "新图说"):
        page.goto(f"/en/desk/photos/sheet/?photo={photo.pk}")
        page.get_by_label("Caption").press_sequentially(typed)
        page.get_by_role("link", name="Back to the photos").click()
        expect(page.get_by_role("heading", name="Photos", exact=True)).to_be_visible()
    assert asked == ["beforeunload"]


def test_who_comes_back_to_the_list_reads_how_many_are_still_chosen(page, people):
    for seed in (1, 2):
        house.make_photo(people[Role.PHOTOGRAPHER], picture(seed))
    page.goto("/en/desk/photos/")
    page.get_by_role("button", name="Choose all on this page").click()
    page.get_by_role("button", name="Say the same of the chosen photos").click()
    expect(page.get_by_role("heading", name="2 photos will be changed")).to_be_visible()
    page.go_back()
    expect(page.locator(".choosable input:checked")).to_have_count(2)
    expect(page.locator("[data-chosen-count]")).to_have_text("2 chosen")


def test_the_focal_point_is_moved_by_keyboard_and_the_crops_follow(page, people):
    photo = house.make_photo(people[Role.PHOTOGRAPHER], picture(1))
    page.goto(f"/en/desk/photos/{photo.pk}/")
    stage = page.get_by_label("Focal point", exact=True)
    square = page.locator("[data-ratio='1x1'] svg")
    assert square.get_attribute("viewBox") == "100 0 400 400"
    for _ in range(4):
        stage.press("ArrowRight")
    stage.press("Shift+ArrowUp")
    assert [page.input_value(f"[name={name}]") for name in ("focal_x", "focal_y")] == ["70", "49"]
    assert square.get_attribute("viewBox") == "200 0 400 400"
    by_hand = page.locator("[data-ratio='16x9']")
    by_hand.get_by_label("Set by hand").press("Space")
    by_hand.get_by_label("Zoom").fill("200")
    box = by_hand.locator("svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"], box["y"] + box["height"] / 2, steps=4)
    page.mouse.up()
    # Half of a crop of half the photo's width to the right: its middle goes a quarter to the left.
    assert page.input_value("[name=x_16x9]") == "45"
    page.get_by_role("button", name="Save the crops").press("Enter")
    expect(page.get_by_text("The crops are saved.")).to_be_visible()
    photo = Photo.objects.get(pk=photo.pk)
    assert (photo.focal_x, photo.focal_y, list(photo.crops)) == (70, 49, ["16x9"])
    # What the server cuts is what the page showed before it was saved.
    assert photo.shown_parts["1x1"] == pytest.approx((1 / 3, 0, 1, 1), abs=1e-4)
    stage.click(position={"x": 2, "y": 2})
    assert page.input_value("[name=focal_x]") in {"0", "1"}


@pytest.mark.parametrize("language", ["", "/en"])
def test_no_page_of_the_photo_desk_has_errors_of_accessibility(page, people, language):
    photo = house.make_photo(people[Role.PHOTOGRAPHER], picture(1), rights_expire_on="2024-03-01")
    other = house.make_photo(people[Role.REPORTER], picture(1, quality=40))
    for path in (
        "",
        "add/",
        f"{photo.pk}/",
        f"{other.pk}/",
        *(f"{many}/?photo={photo.pk}&photo={other.pk}" for many in ("many", "sheet")),
        "?words=-",
    ):
        page.goto(f"{language}/desk/photos/{path}")
        if path == "":
            drop(page, words=b"no picture")
            row(page, "words").locator("[data-state=failed]").wait_for()
        assert violations(page, standards=WCAG) == []
