"""Photos: the original as it came, renditions made once, and nothing kept of what is refused."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import IntegrityError, transaction
from PIL import Image

from articles.errors import NotAllowed
from articles.models import Photo, PublishedPhoto, Rendition
from articles.photos import keeping
from articles.pictures import imaging
from articles.states import State
from newsroom.staff.models import AuditEntry
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house


@pytest.fixture
def photographer(people):
    return people[Role.PHOTOGRAPHER]


def stored_files(tmp_path) -> list[str]:
    return [path.name for path in tmp_path.rglob("*") if path.is_file()]


def with_iptc(**said: str) -> bytes:
    """A JPEG that says this of itself, as agencies send it (IPTC-NAA, record 2)."""
    numbers = {"byline": 80, "credit": 110, "source": 115, "copyright": 116, "caption": 120}
    block = b"\x1c\x01\x5a\x00\x03\x1b%G"  # what follows is UTF-8
    for name, text in said.items():
        data = text.encode()
        block += struct.pack(">BBBH", 0x1C, 2, numbers[name], len(data)) + data
    resource = b"8BIM" + struct.pack(">H", 0x0404) + b"\0\0" + struct.pack(">I", len(block)) + block
    resource += b"\0" * (len(resource) % 2)
    segment = b"Photoshop 3.0\0" + resource
    picture = house.jpeg()
    return picture[:2] + b"\xff\xed" + struct.pack(">H", len(segment) + 2) + segment + picture[2:]


def bomb(side: int = 50_000) -> bytes:
    """The head of a PNG that says it has side × side pixels."""
    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks
    )


def test_the_original_is_kept_byte_for_byte(photographer):
    data = with_iptc(caption="图为夜市一角。")
    photo = house.make_photo(photographer, data)
    assert photo.original.read() == data
    assert photo.fingerprint == imaging.fingerprint(data)
    assert (photo.width, photo.height, photo.format) == (60, 40, "JPEG")


def test_renditions_are_made_once_of_each_size(photographer):
    photo = house.make_photo(photographer, house.jpeg(2400, 1600))
    assert {r.name: (r.width, r.height) for r in photo.renditions.all()} == {
        "thumbnail": (360, 240),
        "preview": (960, 640),
        "large": (1920, 1280),
    }
    first = photo.renditions.first()
    with pytest.raises(IntegrityError), transaction.atomic():
        Rendition.objects.create(photo=photo, name=first.name, file=first.file, width=1, height=1)


def test_what_the_file_says_of_itself_is_taken_over(photographer):
    data = with_iptc(caption="图为夜市一角。", credit="甲某", source="本报", copyright="版权所有")
    photo = keeping.add_photo(ContentFile(data, name="p.jpg"), acting_user=photographer)
    assert (photo.caption, photo.credit, photo.source, photo.rights) == (
        "图为夜市一角。",
        "甲某",
        "本报",
        "版权所有",
    )


def test_without_a_credit_the_photographers_are_named(photographer):
    data = with_iptc(byline="乙某")
    photo = keeping.add_photo(ContentFile(data, name="p.jpg"), acting_user=photographer)
    assert photo.credit == "乙某"


def test_what_the_person_says_wins(photographer):
    data = with_iptc(caption="文件里的图说", credit="文件里的人")
    fields = {"caption": "亲手写的", "credit": ""}
    photo = keeping.add_photo(ContentFile(data, name="p.jpg"), fields, acting_user=photographer)
    assert (photo.caption, photo.credit) == ("亲手写的", "文件里的人")


def test_public_files_carry_no_metadata_and_names_that_tell_nothing(people, photographer):
    exif = Image.Exif()
    exif[0x010E] = "GPS-SECRET"
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "teal").save(out, "JPEG", exif=exif, comment=b"GPS-SECRET")
    photo = house.make_photo(photographer, out.getvalue())
    body = f'<figure><img src="/desk/photos/{photo.pk}/preview"></figure>'
    house.story_in(State.PUBLISHED, people, body=body)
    public = PublishedPhoto.objects.get()
    for address in (public.thumbnail, public.preview, public.large):
        name = address.removeprefix("/media/")
        data = storages["public"].open(name).read()
        assert b"GPS-SECRET" not in data
        assert not Image.open(io.BytesIO(data)).getexif()
        assert photo.fingerprint[:8] not in address
        assert photo.original.name.split("/")[-1].split(".")[0] not in address
        assert len(name.split("/")[-1].split("-")[0]) == 32


def test_public_names_follow_the_secret_of_the_installation(people, photographer, settings):
    data, names = house.jpeg(), []
    for key in ("one", "another"):
        settings.SECRET_KEY = key
        photo = house.make_photo(photographer, data)
        body = f'<figure><img src="/desk/photos/{photo.pk}/preview"></figure>'
        story = house.story_in(State.PUBLISHED, people, body=body)
        names.append(PublishedPhoto.objects.get(article__number=story.pk).large)
    assert names[0] != names[1]


BAD_UPLOADS = {
    "no picture": b"%PDF-1.7 nothing",
    "empty": b"",
    "a GIF": b"GIF89a" + b"\0" * 100,
    "cut short": house.jpeg(400, 400)[:-200],
    "a bomb": bomb(),
    "HTML in a JPEG's coat": b"\xff\xd8\xff<script>alert(1)</script>",
}


@pytest.mark.parametrize("data", BAD_UPLOADS.values(), ids=BAD_UPLOADS.keys())
def test_a_bad_upload_is_refused_and_nothing_is_kept(photographer, tmp_path, data):
    with pytest.raises(ValidationError) as refusal:
        keeping.add_photo(ContentFile(data, name="p.jpg"), acting_user=photographer)
    assert refusal.value.message_dict["original"]
    assert not Photo.objects.exists()
    assert not AuditEntry.objects.exists()
    assert stored_files(tmp_path) == []


BAD_FIELDS = [
    {"caption": "字" * 1001},
    {"credit": "字" * 201},
    {"rights_expire_on": "nonsense"},
    {"taken_at": "nonsense"},
    {"uploaded_by": 1},
    {"fingerprint": "x"},
]


@pytest.mark.parametrize("fields", BAD_FIELDS, ids=lambda fields: repr(fields)[:30])
def test_wrong_words_about_a_photo_keep_nothing_of_it(photographer, tmp_path, fields):
    with pytest.raises(ValidationError):
        keeping.add_photo(ContentFile(house.jpeg(), name="p.jpg"), fields, acting_user=photographer)
    assert not Photo.objects.exists()
    assert stored_files(tmp_path) == []


def test_a_photo_whose_renditions_cannot_be_kept_leaves_no_file_behind(photographer, tmp_path):
    desk = tmp_path / "desk"
    desk.mkdir()
    (desk / "renditions").write_text("a file where the folder should be")
    with pytest.raises(OSError), transaction.atomic():
        house.make_photo(photographer)
    assert not Photo.objects.exists()
    assert stored_files(tmp_path) == ["renditions"]


def test_who_does_not_write_takes_no_photo_in(people, tmp_path):
    with pytest.raises(NotAllowed):
        house.make_photo(people[Role.PAGE_DESIGNER])
    assert stored_files(tmp_path) == []


def test_a_photo_is_described_by_who_took_it_in_and_who_signs_but_nobody_else(people, photographer):
    photo = house.make_photo(photographer)
    with pytest.raises(NotAllowed):
        keeping.edit_photo(photo.pk, {"caption": "改"}, acting_user=people[Role.REPORTER])
    keeping.edit_photo(photo.pk, {"caption": "改"}, acting_user=people[Role.SECTION_EDITOR])
    assert Photo.objects.get().caption == "改"
    said = {"fields": ["caption"], "was": {"caption": "图为夜市一角。"}}
    assert AuditEntry.objects.about(photo).first().data == said
    # What is said already is written by nobody.
    keeping.edit_photo(photo.pk, {"caption": "改"}, acting_user=photographer)
    assert AuditEntry.objects.about(photo).first().actor_id == people[Role.SECTION_EDITOR].pk


def test_a_later_caption_in_the_photo_desk_slips_past_no_signature(people, photographer):
    photo = house.make_photo(photographer)
    body = f'<figure><img src="/desk/photos/{photo.pk}/preview"></figure>'
    story = house.story_in(State.SIGNED_OFF, people, body=body)
    keeping.edit_photo(photo.pk, {"caption": "悄悄改的"}, acting_user=photographer)
    house.act(story, "publish", people[Role.EDITOR_IN_CHIEF])
    assert PublishedPhoto.objects.get().caption == "图为夜市一角。"
