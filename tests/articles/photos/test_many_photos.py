"""What is said of many photos, how they are framed, and the same picture found again."""

from __future__ import annotations

import datetime
import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from django.utils.translation import override
from PIL import Image

from articles.errors import NotAllowed, StalePhoto
from articles.models import Photo, PublishedArticle
from articles.photos import alike, keeping, many
from articles.photos.alike import LooksLike, photos_like
from articles.photos.words import with_its_words
from articles.pictures.crops import Framing
from articles.pictures.facts import read_caption_data
from articles.states import State
from newsroom.staff.acts import Act
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house
from tests.picture_files import exif, iim, noise, saved, with_iim


@pytest.fixture
def photographer(people):
    return people[Role.PHOTOGRAPHER]


def picture(seed: int = 1, size: tuple[int, int] = (600, 400), **options) -> bytes:
    """A picture with something on it, of its own for each seed, as JPEG."""
    image = Image.new("L", (9, 6))
    image.putdata([(seed * 7919 + place * place * 104_729 + place * seed * 31) % 251 for place in range(54)])
    out = io.BytesIO()
    image.resize(size, Image.Resampling.BICUBIC).convert("RGB").save(out, "JPEG", **({"quality": 90} | options))
    return out.getvalue()


def add(user, data, **options):
    return keeping.add_photo(ContentFile(data, name="p.jpg"), acting_user=user, **options)


def edits():
    return [(int(e.target_id), e.data["fields"]) for e in AuditEntry.objects.filter(act=Act.PHOTO_EDIT).order_by("pk")]


# -- many at once


def test_the_same_is_said_of_many_and_each_change_is_in_the_trail(photographer):
    one = house.make_photo(photographer, caption="图为夜市一角。", keywords="夜市")
    other = house.make_photo(photographer, caption="A market", source="本报")
    done = many.edit_photos(
        [other.pk, one.pk, one.pk],
        {"credit": "乙某 摄"},
        to_caption="乙某 摄",
        more_keywords="灯, 夜市",
        acting_user=photographer,
    )
    assert (done.changed, done.refused) == ([one.pk, other.pk], {})
    one, other = Photo.objects.get(pk=one.pk), Photo.objects.get(pk=other.pk)
    assert (one.caption, one.credit, one.keywords) == ("图为夜市一角。乙某 摄", "乙某 摄", "夜市, 灯")
    assert (other.caption, other.credit, other.keywords, other.source) == (
        "A market 乙某 摄",
        "乙某 摄",
        "灯, 夜市",
        "本报",
    )
    assert edits() == [(number, ["caption", "credit", "keywords"]) for number in (one.pk, other.pk)]


def test_each_photo_is_changed_whole_or_not_at_all(people, photographer):
    mine = house.make_photo(photographer)
    full = house.make_photo(photographer, caption="字" * 998)
    theirs = house.make_photo(people[Role.REPORTER])
    numbers = [mine.pk, full.pk, theirs.pk, 4711]
    done = many.edit_photos(numbers, {"source": "新华社"}, to_caption="太长了。", acting_user=photographer)
    assert done.changed == [mine.pk]
    assert set(done.refused) == {full.pk, theirs.pk, 4711}
    assert "1000" in done.refused[full.pk]
    assert done.refused[theirs.pk] == str(NotAllowed())
    assert list(Photo.objects.filter(source="新华社")) == [mine]
    assert Photo.objects.get(pk=full.pk).caption == "字" * 998
    assert [number for number, _fields in edits()] == [mine.pk]


def test_more_than_a_list_of_photos_is_refused_as_a_whole(photographer):
    photo = house.make_photo(photographer)
    numbers = range(photo.pk, photo.pk + many.MOST_AT_ONCE + 1)
    with pytest.raises(ValidationError):
        many.edit_photos(numbers, {"source": "新华社"}, acting_user=photographer)
    assert Photo.objects.get().source == ""


def test_what_is_said_is_what_is_searched(photographer):
    photo = house.make_photo(photographer, caption="ＡＢＣ Market", byline="薛力娜", keywords="草莓")
    for word in ("abc market", "薛力娜", "草莓"):
        assert Photo.objects.filter(searched__contains=word).exists()
    keeping.edit_photo(photo.pk, {"keywords": "桃"}, acting_user=photographer)
    assert not Photo.objects.filter(searched__contains="草莓").exists()
    assert Photo.objects.filter(searched__contains="桃").exists()


def test_keywords_are_parted_as_they_are_typed_and_those_of_the_file_stay(photographer):
    photo = house.make_photo(photographer, keywords="深圳 大鹏")
    many.edit_photos([photo.pk], {}, more_keywords="夜市 灯，New York", acting_user=photographer)
    assert Photo.objects.get().keywords == "深圳 大鹏, 夜市, 灯, New York"
    keeping.edit_photo(photo.pk, {"keywords": "深圳 大鹏, 夜市 桥"}, acting_user=photographer)
    assert Photo.objects.get().keywords == "深圳 大鹏, 夜市, 桥"


def test_a_photo_of_which_nothing_is_new_is_passed_over(people, photographer):
    alike = house.make_photo(photographer, caption="灯。乙某 摄", credit="乙某 摄", keywords="夜市")
    partly = house.make_photo(photographer, caption="灯。乙某 摄", credit="甲某 摄")
    said = {"fields": {"credit": "乙某 摄"}, "to_caption": "乙某 摄", "acting_user": photographer}
    done = many.edit_photos([alike.pk, partly.pk], **said)
    assert (done.changed, done.refused, len(done.edits)) == ([partly.pk], {}, 1)
    assert edits() == [(partly.pk, ["credit"])]
    # Only what was new is taken back, and that nobody else changed.
    keeping.edit_photo(partly.pk, {"caption": "桥。"}, acting_user=people[Role.SECTION_EDITOR])
    back = many.take_back(done.edits, acting_user=photographer)
    assert (back.changed, back.refused) == ([partly.pk], {})
    assert said_of(partly)[:2] == ("桥。", "甲某 摄")


def test_the_trail_says_in_words_what_stood_there_before(photographer):
    day = datetime.date(2030, 1, 1)
    moment = timezone.make_aware(datetime.datetime(2024, 3, 7, 9, 30))
    photo = house.make_photo(photographer, rights="仅限一次", rights_expire_on=day, taken_at=moment, headline="")
    rows = [row(photo, rights="", rights_expire_on=None, taken_at=None, headline="灯")]
    [edit] = many.write_sheet(rows, acting_user=photographer).edits
    with override("en"):
        said = AuditEntry.objects.get(pk=edit).details.partition(" · before: ")[2]
        expected = {
            f"{Photo._meta.get_field(name).verbose_name} {value}"
            for name, value in {
                "rights": "仅限一次",
                "rights_expire_on": "1 January 2030",
                "taken_at": "7 March 2024, 09:30",
                "headline": "—",
            }.items()
        }
    assert all(part in said for part in expected)
    assert "{" not in said


# -- taken back


def said_of(photo):
    photo = Photo.objects.get(pk=photo.pk)
    return photo.caption, photo.credit, photo.keywords, photo.rights, photo.rights_expire_on


def test_what_was_said_of_many_is_taken_back(photographer):
    day = datetime.date(2030, 1, 1)
    photos = [
        house.make_photo(photographer, keywords="深圳 大鹏", rights="仅限一次", rights_expire_on=day),
        house.make_photo(photographer, credit=""),
    ]
    before = [said_of(photo) for photo in photos]
    fields = {"credit": "乙某 摄", "rights": "", "rights_expire_on": None}
    numbers = [photo.pk for photo in photos]
    done = many.edit_photos(numbers, fields, to_caption="灯。", more_keywords="夜市", acting_user=photographer)
    assert [said_of(photo) for photo in photos] != before
    back = many.take_back(done.edits, acting_user=photographer)
    assert (back.changed, back.refused) == (numbers, {})
    assert [said_of(photo) for photo in photos] == before
    assert Photo.objects.filter(searched__contains="乙某").count() == 0
    assert len(edits()) == 4


def test_what_somebody_changed_meanwhile_is_not_taken_back(people, photographer):
    photos = [house.make_photo(photographer) for _ in range(3)]
    numbers = [photo.pk for photo in photos]
    done = many.edit_photos(numbers, {"credit": "乙某 摄"}, acting_user=photographer)
    editor = people[Role.SECTION_EDITOR]
    keeping.edit_photo(photos[0].pk, {"credit": "丙某 摄"}, acting_user=editor)
    keeping.edit_photo(photos[1].pk, {"source": "新华社"}, acting_user=editor)
    back = many.take_back(done.edits, acting_user=photographer)
    assert back.changed == numbers[1:]
    assert list(back.refused) == numbers[:1]
    assert str(editor) in back.refused[numbers[0]]
    credits = list(Photo.objects.order_by("pk").values_list("credit", flat=True))
    assert credits == ["丙某 摄", "甲某 摄", "甲某 摄"]
    # Pressed twice, it says so and changes nothing.
    assert many.take_back(done.edits, acting_user=photographer).changed == []


def test_only_ones_own_words_are_taken_back(people, photographer):
    photo = house.make_photo(photographer)
    done = many.edit_photos([photo.pk], {"credit": "乙某 摄"}, acting_user=photographer)
    assert many.take_back(done.edits, acting_user=people[Role.EDITOR_IN_CHIEF]) == many.ManyEdited([], {}, [])
    house.frame(photo, (10, 10), {}, photographer)
    framed = AuditEntry.objects.about(photo).first()
    assert many.take_back([framed.pk, 4711], acting_user=photographer) == many.ManyEdited([], {}, [])
    assert said_of(photo)[1] == "乙某 摄"


def test_what_was_said_of_one_photo_is_kept_as_what_was_said_of_many(photographer):
    photo = house.make_photo(photographer)
    keeping.edit_photo(photo.pk, {"credit": "乙某 摄"}, acting_user=photographer)
    edit = AuditEntry.objects.about(photo).first()
    assert many.take_back([edit.pk], acting_user=photographer).changed == [photo.pk]
    assert said_of(photo)[1] == "甲某 摄"


# -- each its own words


def row(photo, seen=None, **fields):
    return many.SheetRow(photo.pk, fields, seen or {})


def test_a_sheet_is_written_whole_and_taken_back(photographer):
    one, other, idle = (house.make_photo(photographer) for _ in range(3))
    moment = timezone.make_aware(datetime.datetime(2024, 3, 7, 9, 30))
    rows = [row(other, caption="丙"), row(one, caption="甲", people="王芳、李明", taken_at=moment), row(idle)]
    done = many.write_sheet(rows, acting_user=photographer)
    assert done.changed == [one.pk, other.pk]
    assert edits() == [(one.pk, ["caption", "people", "taken_at"]), (other.pk, ["caption"])]
    assert many.write_sheet(rows, acting_user=photographer).changed == []
    assert len(edits()) == 2
    assert many.take_back(done.edits, acting_user=photographer).changed == [one.pk, other.pk]
    assert set(Photo.objects.values_list("caption", "people", "taken_at")) == {("图为夜市一角。", "", None)}


def test_a_sheet_with_a_row_that_is_refused_is_not_written(people, photographer):
    mine, full, stale = (house.make_photo(photographer) for _ in range(3))
    theirs = house.make_photo(people[Role.REPORTER])
    keeping.edit_photo(stale.pk, {"alt": "另一个"}, acting_user=people[Role.SECTION_EDITOR])
    trail = edits()
    rows = [
        row(mine, caption="新"),
        row(full, credit="字" * 201),
        row(stale, seen={"alt": "夜市的灯"}, alt="我的"),
        row(theirs, caption="新"),
        many.SheetRow(4711, {"caption": "新"}, {}),
    ]
    with pytest.raises(many.SheetRefused) as refused:
        many.write_sheet(rows, acting_user=photographer)
    kinds = {number: type(why) for number, why in refused.value.rows.items()}
    assert kinds == {full.pk: ValidationError, stale.pk: StalePhoto, theirs.pk: NotAllowed, 4711: ValidationError}
    assert refused.value.rows[stale.pk].standing == {"alt": "另一个"}
    assert not Photo.objects.filter(caption="新").exists()
    assert edits() == trail


# -- framing


def test_crops_follow_the_focal_point_until_they_are_set_by_hand(photographer):
    photo = house.make_photo(photographer, house.jpeg(400, 200))
    assert photo.shown_parts["1x1"] == pytest.approx((0.25, 0, 0.75, 1))
    house.frame(photo, (0, 50), {"16x9": Framing(50, 50, 200)}, photographer)
    photo = Photo.objects.get(pk=photo.pk)
    assert photo.shown_parts["1x1"] == pytest.approx((0, 0, 0.5, 1))
    assert photo.shown_parts["16x9"] == pytest.approx((0.27778, 0.25, 0.72222, 0.75))
    assert edits() == [(photo.pk, ["crops", "focal_point"])]
    house.frame(photo, (100, 50), {}, photographer)
    assert Photo.objects.get(pk=photo.pk).shown_parts["1x1"] == pytest.approx((0.5, 0, 1, 1))


WRONG_FRAMINGS = {
    "beyond the photo": ((101, 50), {}),
    "before the photo": ((50, -1), {}),
    "an unknown ratio": ((50, 50), {"5x4": Framing(50, 50)}),
    "a middle beyond it": ((50, 50), {"1x1": Framing(50, 101)}),
    "too close": ((50, 50), {"1x1": Framing(50, 50, 401)}),
    "too far": ((50, 50), {"1x1": Framing(50, 50, 99)}),
}


@pytest.mark.parametrize(("point", "by_hand"), WRONG_FRAMINGS.values(), ids=WRONG_FRAMINGS)
def test_a_wrong_framing_changes_nothing(photographer, point, by_hand):
    photo = house.make_photo(photographer)
    with pytest.raises(ValidationError):
        house.frame(photo, point, by_hand, photographer)
    photo = Photo.objects.get(pk=photo.pk)
    assert (photo.focal_x, photo.focal_y, photo.crops) == (50, 50, {})
    assert edits() == []


def test_a_crop_is_cut_as_it_is_framed(photographer):
    image = Image.new("RGB", (400, 200), "red")
    image.paste("blue", (200, 0, 400, 200))
    photo = house.make_photo(photographer, saved(image, quality=95))
    house.frame(photo, (100, 50), {}, photographer)
    cut = Image.open(io.BytesIO(keeping.crop_of(Photo.objects.get(pk=photo.pk), "1x1")))
    assert (cut.format, cut.size) == ("JPEG", (200, 200))
    red, _green, blue = cut.getpixel((20, 100))
    assert blue > 200 > 60 > red


def test_readers_lists_keep_the_focal_point(people, photographer):
    photo = house.make_photo(photographer)
    body = f'<figure><img src="/desk/photos/{photo.pk}/preview"></figure>'
    plain = house.story_in(State.PUBLISHED, people, body=body)
    house.frame(photo, (20, 70), {}, photographer)
    framed = house.story_in(State.PUBLISHED, people, body=body)
    assert PublishedArticle.objects.get(number=plain.pk).picture["focus"] is None
    assert PublishedArticle.objects.get(number=framed.pk).picture["focus"] == [20, 70]


# -- the same picture


def test_the_same_file_and_the_same_picture_are_known(photographer):
    first = add(photographer, picture())
    other = add(photographer, picture(2))
    for data in (picture(), picture(size=(300, 200)), picture(quality=30)):
        with pytest.raises(LooksLike) as refused:
            add(photographer, data, unless_alike=True)
        assert refused.value.photos == [first]
        assert str(first.pk) in str(refused.value)
    assert list(Photo.objects.order_by("pk")) == [first, other]
    assert photos_like(first) == []


def test_refused_for_its_likeness_it_leaves_no_file(photographer, tmp_path):
    add(photographer, picture())
    before = house.files_below(tmp_path)
    with pytest.raises(LooksLike):
        add(photographer, picture(quality=30), unless_alike=True)
    assert house.files_below(tmp_path) == before


def test_both_are_kept_where_nobody_asks(photographer):
    first = add(photographer, picture())
    smaller, again = add(photographer, picture(size=(300, 200))), add(photographer, picture())
    # The same file first, then the likest, of those the newest.
    assert photos_like(again) == [first, smaller]
    assert set(photos_like(smaller)) == {first, again}


def test_another_shape_is_another_picture(photographer):
    add(photographer, picture())
    assert add(photographer, picture(size=(600, 450)), unless_alike=True)


def test_plain_pictures_are_alike_only_as_the_same_file(photographer):
    first = add(photographer, house.jpeg(60, 40, "teal"))
    assert add(photographer, house.jpeg(60, 40, "red"), unless_alike=True)
    with pytest.raises(LooksLike) as refused:
        add(photographer, house.jpeg(60, 40, "teal"), unless_alike=True)
    assert refused.value.photos == [first]


def test_no_more_are_named_than_can_be_looked_at(photographer):
    for quality in range(60, 60 + alike.MOST_ALIKE + 2):
        add(photographer, picture(quality=quality))
    assert len(photos_like(Photo.objects.first())) == alike.MOST_ALIKE


# -- the words go with the file


def test_the_desks_words_are_written_into_the_file(photographer):
    data = with_iim(iim((2, 120, b"camera"), (2, 116, "© 某社".encode())), saved(noise(), exif=exif({}, gps=True)))
    photo = house.make_photo(photographer, data, byline="甲某、乙某")
    said = read_caption_data(with_its_words(photo))
    assert (said.caption, said.credit, said.bylines, said.alt) == (
        "图为夜市一角。",
        "甲某 摄",
        ("甲某", "乙某"),
        "夜市的灯",
    )
    # The desk has no field of its own for the copyright: the file's stays in it.
    assert (said.copyright_notice, said.usage_terms) == ("© 某社", "© 某社")
    assert photo.original.open("rb").read() == data


def test_only_a_jpeg_carries_them(photographer):
    photo = house.make_photo(photographer, saved(noise(), "PNG"))
    with pytest.raises(ValidationError):
        with_its_words(photo)


def test_terms_expiry_and_names_are_read_when_it_is_taken_in(photographer):
    block = iim((2, 40, b"Once only"), (2, 37, b"20261231"), (2, 25, b"one"), (2, 25, b"two"), (2, 80, b"Somebody"))
    photo = add(photographer, with_iim(block))
    assert (photo.rights, photo.rights_expire_on.isoformat()) == ("Once only", "2026-12-31")
    assert (photo.keywords, photo.byline, photo.credit) == ("one, two", "Somebody", "Somebody")


def test_an_expiry_of_another_age_is_none(photographer):
    assert add(photographer, with_iim(iim((2, 37, b"18991231")))).rights_expire_on is None
