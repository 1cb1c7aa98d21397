"""Words from a spreadsheet: what comes in is said row by row beforehand, and then all of it or nothing."""

from __future__ import annotations

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from articles import house_words
from articles.errors import Incomplete, NotAllowed
from articles.importing.wordlist import SheetRow, UnreadableSheet, as_csv, read_sheet
from articles.models import HouseWord
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests.browsing import signed_in

IMPORT = "/en/admin/articles/houseword/import/"
ROWS = [
    ["词语", "类别", "替换", "说明", "例外"],
    ["截止目前", "推荐", "截至目前", "", ""],
    ["残废", "禁用", "残疾", "用“残疾人”", ""],
]


def csv_of(rows: list[list[str]], encoding: str = "utf-8-sig") -> bytes:
    return "\r\n".join(",".join(row) for row in rows).encode(encoding)


def xlsx_of(rows: list[list[str]]) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    "data", [csv_of(ROWS), csv_of(ROWS, "gb18030"), xlsx_of(ROWS)], ids=["utf-8", "gb18030", "xlsx"]
)
def test_a_sheet_is_read_whatever_wrote_it(data):
    rows = read_sheet(data)
    assert rows == [
        SheetRow(2, "截止目前", "推荐", "截至目前", "", ""),
        SheetRow(3, "残废", "禁用", "残疾", "用“残疾人”", ""),
    ]
    assert read_sheet(as_csv(rows).encode()) == rows


@pytest.mark.parametrize("data", [b"PK\x03\x04 no workbook", b"\xff\xfe\x00\x80\x81", b"x" * 8_000_001])
def test_what_is_no_sheet_is_refused(data):
    with pytest.raises(UnreadableSheet):
        read_sheet(data)


@pytest.fixture
def office(people):
    return signed_in(people[Role.ADMINISTRATOR])


def upload(office, data: bytes):
    return office.post(IMPORT, {"file": SimpleUploadedFile("words.csv", data)})


def test_the_dry_run_says_what_comes_in_and_changes_nothing(office):
    HouseWord.objects.create(word="残废", replacements="残疾人")
    page = upload(office, csv_of(ROWS))
    assert page.status_code == 200
    assert "1 words would be added, 1 changed; 0 stand as they are, 0 cannot come in." in page.content.decode()
    assert list(HouseWord.objects.values_list("word", "replacements")) == [("残废", "残疾人")]


def test_what_was_shown_is_taken_in_as_it_was_shown(office, people):
    page = upload(office, xlsx_of(ROWS))
    sheet = page.context["form"].initial["sheet"]
    assert office.post(IMPORT, {"sheet": sheet, "is_confirmed": "on"}).status_code == 302
    assert list(HouseWord.objects.order_by("pk").values_list("word", "kind", "replacements", "note")) == [
        ("截止目前", "preferred", "截至目前", ""),
        ("残废", "forbidden", "残疾", "用“残疾人”"),
    ]
    entry = AuditEntry.objects.get(act=Act.SETTINGS_EDIT)
    assert (entry.actor_id, entry.data) == (people[Role.ADMINISTRATOR].pk, {"words_added": 2, "words_changed": 0})


WRONG = [
    (["", "禁用", "残疾"], "word: This field cannot be blank."),
    (["残废", "也许", "残疾"], "“也许” is no kind: write 禁用 or 推荐."),
    (["截止目前", "推荐", "截至目前"], "The word stands in row 2 already."),
    (["残废", "推荐", "残疾/残废"], "The word is its own replacement."),
    (["长" * 61, "推荐", ""], "word: Ensure this value has at most 60 characters"),
]


@pytest.mark.parametrize(("row", "sentence"), WRONG)
def test_one_wrong_row_lets_nothing_in_and_is_named_with_its_number(office, people, row, sentence):
    data = csv_of([*ROWS[:2], row])
    page = upload(office, data).content.decode()
    assert "<td>3</td>" in page
    assert sentence in page.replace("&quot;", '"')
    assert "Take these words in" not in page
    with pytest.raises(Incomplete, match="3"):
        house_words.import_words(read_sheet(data), acting_user=people[Role.ADMINISTRATOR])
    assert not HouseWord.objects.exists()


def test_an_empty_or_unreadable_file_is_answered_with_a_sentence(office):
    for data in (b"PK\x03\x04 no workbook", "词语".encode()):
        page = upload(office, data)
        assert page.status_code == 422
        assert "errorlist" in page.content.decode()
    assert office.post(IMPORT, {}).status_code == 422


def test_administrators_alone_bring_words_in(people):
    for role in (Role.EDITOR_IN_CHIEF, Role.REPORTER):
        with pytest.raises(NotAllowed):
            house_words.import_words([SheetRow(1, "残废")], acting_user=people[role])
    assert signed_in(people[Role.EDITOR_IN_CHIEF]).get(IMPORT).status_code == 403
    assert signed_in(people[Role.REPORTER]).get(IMPORT).status_code == 302


def test_a_long_list_is_taken_in_and_found(people):
    rows = [SheetRow(number, f"词{number}号", "禁用", f"换{number}") for number in range(1, 3001)]
    house_words.import_words(rows, acting_user=people[Role.ADMINISTRATOR])
    again = house_words.import_words(rows, acting_user=people[Role.ADMINISTRATOR])
    assert (len(again.unchanged), AuditEntry.objects.filter(act=Act.SETTINGS_EDIT).count()) == (3000, 1)
    [match] = house_words.house_style().words.matches("这里有词2999号。")
    assert match.listed.replacements == ("换2999",)
