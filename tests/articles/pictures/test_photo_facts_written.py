"""What the desk says, written into a copy of a JPEG: read again by us, by Pillow and by another reader."""

from __future__ import annotations

import json
import shutil
import struct
import subprocess
from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from articles.pictures.facts import CannotWrite, CaptionData, read_caption_data, with_caption_data
from tests.picture_files import (
    exif,
    halves,
    iim,
    noise,
    red_blue_swapped,
    resource,
    saved,
    with_iim,
    with_segment,
    with_xmp,
)

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning")

SAID = CaptionData(
    caption="图为游客在大棚内采摘草莓。\n薛力娜 <&> 摄",
    headline="草莓红了",
    credit="薛力娜 张志茹 摄",
    source="本报资料",
    bylines=("薛力娜", "张志茹"),
    copyright_notice="© 试验日报 2024",
    usage_terms="仅限本报与同日网页使用",
    keywords=("草莓", "大棚", "spring & fruit"),
    people=("王芳", "O’Neil & Sons"),
    alt="两名游客蹲在草莓垄间",
    taken_at=datetime(2024, 3, 7, 9, 30, tzinfo=timezone(timedelta(hours=8))),
    expires_on=date(2026, 12, 31),
)


def camera_jpeg(**options: Any) -> bytes:
    """A JPEG as a camera and an agency leave it: positions, a profile, a comment, older words in all three places."""
    tags = {ExifTags.Base.Make: "Camera", ExifTags.Base.Orientation: 6}
    block = exif(tags, taken={ExifTags.Base.DateTimeOriginal: "2024:03:07 09:30:00"}, gps=True)
    data = saved(noise(), exif=block, icc_profile=red_blue_swapped(), comment=b"kept", **options)
    return with_xmp("<dc:creator>Somebody Else</dc:creator>", jpeg=with_iim(iim((2, 120, b"An old caption")), data))


def pixels_of(data: bytes) -> bytes:
    """A JPEG from its first scan on."""
    return data[data.index(b"\xff\xda") :]


def test_what_is_written_is_read_again() -> None:
    written = with_caption_data(camera_jpeg(), SAID)
    assert replace(read_caption_data(written), taken_at=SAID.taken_at) == SAID
    assert read_caption_data(with_caption_data(saved(halves()), SAID)) == SAID


def test_nothing_of_the_picture_is_touched() -> None:
    original = camera_jpeg(progressive=True)
    written = with_caption_data(original, SAID)
    assert pixels_of(written) == pixels_of(original)
    before, after = (Image.open(BytesIO(data)) for data in (original, written))
    assert after.info["icc_profile"] == before.info["icc_profile"]
    assert after.info["comment"] == b"kept"
    assert after.getexif()[ExifTags.Base.Make] == "Camera"
    assert after.getexif()[ExifTags.Base.Orientation] == 6
    assert after.tobytes() == before.tobytes()


def test_the_words_that_were_there_are_gone() -> None:
    written = with_caption_data(camera_jpeg(), CaptionData(credit="新华社"))
    assert read_caption_data(written) == CaptionData(credit="新华社", taken_at=datetime(2024, 3, 7, 9, 30))
    for gone in (b"An old caption", b"Somebody Else"):
        assert gone not in written


def test_writing_again_adds_nothing() -> None:
    once = with_caption_data(camera_jpeg(), SAID)
    assert with_caption_data(once, SAID) == once


def test_the_position_goes_unless_it_is_asked_for() -> None:
    original = camera_jpeg()
    gps = Image.open(BytesIO(original)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert gps[2] == (39.0, 54.0, 27.0)
    without, beside = (with_caption_data(original, SAID, keep_position=keep) for keep in (False, True))
    assert Image.open(BytesIO(beside)).getexif().get_ifd(ExifTags.IFD.GPSInfo) == gps
    assert not Image.open(BytesIO(without)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert b"2024:01:31" in beside  # the day of the position, which nothing else names
    assert b"2024:01:31" not in without
    assert struct.pack("<LL", 54, 1) not in without
    assert struct.pack(">LL", 54, 1) not in without


def test_the_other_resources_of_photoshop_stay() -> None:
    path = b"8BIM\x07\xd0\x04mask" + b"\0" + struct.pack(">L", 3) + b"abc\0"
    body = b"Photoshop 3.0\0" + path + resource(iim((2, 120, b"old")))
    written = with_caption_data(with_segment(saved(halves()), 0xED, body), SAID)
    assert path in written
    assert read_caption_data(written) == SAID


def test_what_iim_cuts_is_whole_in_xmp() -> None:
    said = replace(SAID, credit="长" * 60, bylines=("名" * 40, "李四"), caption="字" * 1000)
    written = with_caption_data(saved(halves()), said)
    assert read_caption_data(written) == said
    without_xmp = written.replace(b"http://ns.adobe.com/xap/1.0/", b"http://ns.adobe.com/xap/9.9/")
    cut = read_caption_data(without_xmp)
    assert (cut.credit, cut.bylines, len(cut.caption)) == ("长" * 10, ("名" * 10, "李四"), 666)


BROKEN_EXIF = {
    "no byte order": b"Exif\0\0XX\0*\0\0\0\x08",
    "cut short": b"Exif\0\0II*\0\x08",
    "a directory beyond the end": b"Exif\0\0II*\0\xff\xff\xff\xff",
    "positions beyond the end": b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<HHHLL", 1, 0x8825, 4, 1, 9999) + b"\0" * 4,
    "positions of an unknown type": b"Exif\0\0II*\0\x08\0\0\0"
    + struct.pack("<HHHLL", 1, 0x8825, 4, 1, 26)
    + b"\0" * 4
    + struct.pack("<HHHLL", 1, 2, 99, 7, 0),
    "a position larger than anything": b"Exif\0\0II*\0\x08\0\0\0"
    + struct.pack("<HHHLL", 1, 0x8825, 4, 1, 26)
    + b"\0" * 4
    + struct.pack("<HHHLL", 1, 2, 5, 2**31, 0),
}


@pytest.mark.parametrize("block", BROKEN_EXIF.values(), ids=BROKEN_EXIF)
def test_of_exif_that_cannot_be_followed_nothing_leaves(block: bytes) -> None:
    written = with_caption_data(with_segment(saved(halves()), 0xE1, block), SAID)
    assert b"Exif" not in written
    assert read_caption_data(written) == SAID


@pytest.mark.parametrize(
    "data",
    [saved(halves(), "PNG"), b"", b"\xff\xd8", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\xff\xff", saved(halves())[:100]],
    ids=["png", "empty", "a beginning", "half a marker", "a segment beyond the end", "without a scan"],
)
def test_what_is_no_whole_jpeg_is_not_written(data: bytes) -> None:
    with pytest.raises(CannotWrite):
        with_caption_data(data, SAID)


def test_more_than_a_segment_holds_is_refused() -> None:
    with pytest.raises(CannotWrite):
        with_caption_data(saved(halves()), replace(SAID, keywords=("词" * 60,) * 400))


def test_fillers_between_segments_are_no_segments() -> None:
    plain = saved(halves())
    padded = plain[:2] + b"\xff\xff\xff" + plain[2:]
    assert read_caption_data(with_caption_data(padded, SAID)) == SAID


def test_a_file_with_several_pictures_keeps_them() -> None:
    out = BytesIO()
    noise().save(out, "MPO", save_all=True, append_images=[halves()])
    written = with_caption_data(out.getvalue(), SAID)
    image = Image.open(BytesIO(written))
    image.seek(1)
    assert image.size == (64, 32)
    assert read_caption_data(written) == SAID


@settings(max_examples=300)
@given(
    st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=4)), max_size=6),
    st.none() | st.integers(0, 4000),
)
def test_anything_is_written_whole_or_refused(patches: list[tuple[int, bytes]], cut: int | None) -> None:
    data = bytearray(camera_jpeg())
    for at, patch in patches:
        at %= len(data)
        data[at : at + len(patch)] = patch
    with suppress(CannotWrite):
        written = with_caption_data(bytes(data[:cut]), SAID)
        assert SAID.headline.encode() in written


EXIFTOOL = shutil.which("exiftool") or ""
READ_BY_ANOTHER = {
    "IPTC:Caption-Abstract": SAID.caption,
    "IPTC:Headline": SAID.headline,
    "IPTC:Credit": "薛力娜 张志茹 摄",
    "IPTC:Source": SAID.source,
    "IPTC:By-line": ["薛力娜", "张志茹"],
    "IPTC:CopyrightNotice": SAID.copyright_notice,
    "IPTC:SpecialInstructions": SAID.usage_terms,
    "IPTC:Keywords": list(SAID.keywords),
    "IPTC:DateCreated": "2024:03:07",
    "IPTC:TimeCreated": "09:30:00+08:00",
    "IPTC:ExpirationDate": "2026:12:31",
    "XMP:Description": SAID.caption,
    "XMP:Headline": SAID.headline,
    "XMP:Credit": SAID.credit,
    "XMP:Source": SAID.source,
    "XMP:Creator": ["薛力娜", "张志茹"],
    "XMP:Rights": SAID.copyright_notice,
    "XMP:UsageTerms": SAID.usage_terms,
    "XMP:Subject": list(SAID.keywords),
    "XMP:PersonInImage": list(SAID.people),
    "XMP:AltTextAccessibility": SAID.alt,
    "XMP:DateCreated": "2024:03:07 09:30:00+08:00",
    "XMP:LicenseEndDate": "2026:12:31",
}


@pytest.mark.skipif(not EXIFTOOL, reason="no exiftool here: apt-get install libimage-exiftool-perl")
@pytest.mark.parametrize("jpeg", [camera_jpeg(), saved(halves())], ids=["a camera's", "a plain one"])
def test_another_reader_reads_the_same_and_finds_nothing_wrong(tmp_path, jpeg) -> None:
    file = tmp_path / "photo.jpg"
    file.write_bytes(with_caption_data(jpeg, SAID))
    asked = [EXIFTOOL, "-json", "-G", "-a", "-validate", "-warning", *map("-{}".format, READ_BY_ANOTHER)]
    found = json.loads(subprocess.run([*asked, str(file)], capture_output=True, check=True).stdout)[0]
    assert {name: found.get(name) for name in READ_BY_ANOTHER} == READ_BY_ANOTHER
    # The camera's Exif, which stays as it was, lacks what the standard asks for; that alone is said.
    assert found.get("ExifTool:Warning", "Missing required JPEG").startswith("Missing required JPEG")
