"""What a file says of itself, read and written."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import ExifTags, TiffImagePlugin, TiffTags

from articles.pictures.facts import CaptionData, names_in, read_caption_data, said
from articles.pictures.imaging import ImageRefused, inspect, make_rendition
from tests.picture_files import (
    UTF8,
    dataset,
    exif,
    halves,
    iim,
    noise,
    saved,
    tiff_with_iim,
    with_iim,
    with_segment,
    with_xmp,
    xmp,
)

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::PIL.Image.DecompressionBombWarning")

# --- read_caption_data: IIM -----------------------------------------------------------------------


def all_iim(charset: str) -> tuple[tuple[int, int, bytes], ...]:
    texts = {
        105: "春运首日",
        120: "1月31日，旅客在北京西站候车。\r\n新华社记者摄",
        110: "新华社",
        115: "图片社",
        116: "版权所有",
    }
    return (
        *((2, number, text.encode(charset)) for number, text in texts.items()),
        *((2, 80, name.encode(charset)) for name in ("张三", "李四")),
        *((2, 25, word.encode(charset)) for word in ("春运", "铁路")),
        (2, 55, b"20240131"),
        (2, 60, b"142530+0800"),
    )


EXPECTED = CaptionData(
    caption="1月31日，旅客在北京西站候车。\n新华社记者摄",
    headline="春运首日",
    credit="新华社",
    source="图片社",
    bylines=("张三", "李四"),
    copyright_notice="版权所有",
    keywords=("春运", "铁路"),
    taken_at=datetime(2024, 1, 31, 14, 25, 30, tzinfo=timezone(timedelta(hours=8))),
)


@pytest.mark.parametrize(
    "datasets",
    [(UTF8, *all_iim("utf-8")), all_iim("utf-8"), all_iim("gb18030"), (UTF8, *all_iim("gb18030"))],
    ids=["utf-8 declared", "utf-8", "gb18030", "gb18030 declared as utf-8"],
)
def test_iim_of_a_jpeg(datasets: tuple[tuple[int, int, bytes], ...]) -> None:
    assert read_caption_data(with_iim(iim(*datasets))) == EXPECTED


def test_iim_in_latin_1() -> None:
    data = with_iim(iim((2, 120, "Café à Paris".encode("latin-1")), (2, 80, "José".encode("latin-1"))))
    assert read_caption_data(data).caption == "Café à Paris"
    assert read_caption_data(data).bylines == ("José",)


def test_one_value_that_is_not_gb18030_settles_the_charset_of_all() -> None:
    """ "Muñoz" in Latin-1 is also valid GB18030; the other value is not."""
    data = with_iim(iim((2, 80, "Muñoz".encode("latin-1")), (2, 110, "Café".encode("latin-1"))))
    assert read_caption_data(data).bylines == ("Muñoz",)


def test_declared_utf_8_cut_within_a_character() -> None:
    data = with_iim(iim(UTF8, (2, 120, "旅客在北京".encode()[:-1])))
    assert read_caption_data(data).caption == "旅客在北"


def test_gb18030_is_not_taken_for_cut_utf_8() -> None:
    """The two octets of this character are also the beginning of a character in UTF-8."""
    assert "涓".encode("gb18030") == b"\xe4\xb8"
    assert read_caption_data(with_iim(iim((2, 120, b"\xe4\xb8")))).caption == "涓"


@pytest.mark.parametrize("kind", [TiffTags.UNDEFINED, TiffTags.BYTE, TiffTags.LONG])
@pytest.mark.parametrize("order", ["<", ">"])
def test_iim_of_a_tiff(kind: int, order: str) -> None:
    assert read_caption_data(tiff_with_iim(iim(*all_iim("gb18030")), kind, order)) == EXPECTED


@pytest.mark.parametrize("octets", [4, 12])
def test_iim_extended_dataset(octets: int) -> None:
    caption = b"long" * 10
    extended = b"\x1c\x02\x78" + struct.pack(">H", 0x8000 | octets) + len(caption).to_bytes(octets) + caption
    found = read_caption_data(with_iim(extended + dataset(2, 110, b"Agency")))
    assert (found.caption, found.credit) == (caption.decode(), "Agency")


def test_iim_that_breaks_off_keeps_what_came_before() -> None:
    for tail in (b"\x1c", b"\x1c\x02\x69", b"junk", b"\x1c\x02\x69\x80\xff", b"\x1c\x02\x69\xff\xff\xff"):
        assert read_caption_data(with_iim(iim((2, 110, b"Agency")) + tail)).credit == "Agency"


@pytest.mark.parametrize(
    ("date", "time", "expected"),
    [
        (b"20240131", b"142530+0000", datetime(2024, 1, 31, 14, 25, 30, tzinfo=UTC)),
        (b"20240131", b"", datetime(2024, 1, 31)),
        (b"20240131", b"nonsense", datetime(2024, 1, 31)),
        (b"20240000", b"142530+0800", None),
        (b"00010101", b"000000+0800", None),
        (b"99991231", b"235959-0800", None),
        (b"\xff\xff", b"\0", None),
    ],
)
def test_iim_moment(date: bytes, time: bytes, expected: datetime | None) -> None:
    data = with_iim(iim((2, 55, date), (2, 60, time), (2, 110, b"Agency")))
    assert read_caption_data(data).taken_at == expected
    assert read_caption_data(data).credit == "Agency"


# --- read_caption_data: XMP, Exif, and the order of the three --------------------------------------


def test_xmp_elements() -> None:
    alt = "<rdf:Alt><rdf:li xml:lang='x-default'>{}</rdf:li><rdf:li xml:lang='en'>other</rdf:li></rdf:Alt>"
    data = with_xmp(
        f"<dc:description>{alt.format('旅客候车')}</dc:description>"
        f"<dc:rights>{alt.format('版权所有')}</dc:rights>"
        "<dc:creator><rdf:Seq><rdf:li>张三</rdf:li><rdf:li>李四</rdf:li></rdf:Seq></dc:creator>"
        "<dc:subject><rdf:Bag><rdf:li>春运</rdf:li></rdf:Bag></dc:subject>"
        "<photoshop:Credit>新华社</photoshop:Credit><photoshop:Source>图片社</photoshop:Source>"
        "<photoshop:Headline>春运首日</photoshop:Headline>"
        "<photoshop:DateCreated>2024-01-31T14:25:30+08:00</photoshop:DateCreated>"
    )
    assert read_caption_data(data) == CaptionData(
        caption="旅客候车",
        headline="春运首日",
        credit="新华社",
        source="图片社",
        bylines=("张三", "李四"),
        copyright_notice="版权所有",
        keywords=("春运",),
        taken_at=EXPECTED.taken_at,
    )


def test_xmp_attributes_and_names_of_other_schemas() -> None:
    data = with_xmp(
        "<o:Credit xmlns:o='urn:other'>wrong</o:Credit>",
        "photoshop:Credit='Agency' photoshop:DateCreated='2024-01-31'",
    )
    assert read_caption_data(data) == CaptionData(credit="Agency", taken_at=datetime(2024, 1, 31))


def test_xmp_in_several_descriptions() -> None:
    data = with_xmp(
        "<photoshop:Credit>Agency</photoshop:Credit></rdf:Description>"
        "<rdf:Description xmlns:dc='http://purl.org/dc/elements/1.1/'>"
        "<dc:rights><rdf:Alt><rdf:li xml:lang='x-default'>Owner</rdf:li></rdf:Alt></dc:rights>"
    )
    assert read_caption_data(data) == CaptionData(credit="Agency", copyright_notice="Owner")


@pytest.mark.parametrize("format", ["PNG", "WEBP", "TIFF"])
def test_xmp_of_other_formats(format: str) -> None:
    packet = xmp("", "photoshop:Credit='Agency'")
    if format == "TIFF":
        tags = TiffImagePlugin.ImageFileDirectory_v2()
        tags.tagtype[700] = TiffTags.BYTE
        tags[700] = packet
        data = saved(halves(), format, tiffinfo=tags)
    elif format == "PNG":  # behind the pixels, where exiftool puts it
        data = saved(halves(), format)
        chunk = b"iTXtXML:com.adobe.xmp\0\0\0\0\0" + packet
        end = struct.pack(">L", len(chunk) - 4) + chunk + struct.pack(">L", zlib.crc32(chunk))
        data = data[:-12] + end + data[-12:]
    else:
        data = saved(halves(), format, xmp=packet)
    assert read_caption_data(data).credit == "Agency"


def test_exif() -> None:
    tags = {
        ExifTags.Base.ImageDescription: "旅客候车".encode(),
        ExifTags.Base.Artist: "张三; 李四".encode("gb18030"),
        ExifTags.Base.Copyright: "Photo\0Editor",
    }
    taken = {
        ExifTags.Base.DateTimeOriginal: "2024:01:31 14:25:30",
        ExifTags.Base.OffsetTimeOriginal: "+08:00",
    }
    assert read_caption_data(saved(halves(), exif=exif(tags, taken=taken))) == CaptionData(
        caption="旅客候车",
        bylines=("张三", "李四"),
        copyright_notice="Photo Editor",
        taken_at=EXPECTED.taken_at,
    )


@pytest.mark.parametrize(
    ("moment", "offset", "expected"),
    [
        ("2024:01:31 14:25:30", "", datetime(2024, 1, 31, 14, 25, 30)),
        ("2024:01:31 14:25:30", "   :  ", datetime(2024, 1, 31, 14, 25, 30)),
        ("0000:00:00 00:00:00", "", None),
        ("    :  :     :  :  ", "", None),
    ],
)
def test_exif_moment_without_offset(moment: str, offset: str, expected: datetime | None) -> None:
    taken = {ExifTags.Base.DateTimeOriginal: moment, ExifTags.Base.OffsetTimeOriginal: offset}
    assert read_caption_data(saved(halves(), exif=exif({}, taken=taken))).taken_at == expected


def test_iim_goes_before_xmp_before_exif_field_by_field() -> None:
    tags = {
        ExifTags.Base.ImageDescription: "exif",
        ExifTags.Base.Artist: "exif",
        ExifTags.Base.Copyright: "exif",
    }
    taken = {ExifTags.Base.DateTimeOriginal: "2024:01:31 14:25:30"}
    data = saved(halves(), exif=exif(tags, taken=taken))
    data = with_xmp("<dc:description>xmp</dc:description><dc:creator>xmp</dc:creator>", jpeg=data)
    data = with_iim(iim((2, 120, b"iim"), (2, 55, b"20240131")), data)
    assert read_caption_data(data) == CaptionData(
        caption="iim",
        bylines=("xmp",),
        copyright_notice="exif",
        taken_at=datetime(2024, 1, 31, 14, 25, 30),
    )


@pytest.mark.parametrize("said_by_camera", ["OLYMPUS DIGITAL CAMERA         ", "SONY DSC", "oznorCOF", "rhdr"])
def test_what_a_camera_puts_there_is_no_caption(said_by_camera: str) -> None:
    block = exif({ExifTags.Base.ImageDescription: said_by_camera})
    data = saved(halves(), exif=block)
    assert read_caption_data(data).caption == ""
    assert read_caption_data(with_xmp("<dc:description>夜市</dc:description>", jpeg=data)).caption == "夜市"
    northern = exif({ExifTags.Base.ImageDescription: "Northern lights"})
    assert read_caption_data(saved(halves(), exif=northern)).caption == "Northern lights"


def test_no_caption_data() -> None:
    assert read_caption_data(saved(halves(), "WEBP")) == CaptionData()


# --- read_caption_data: hostile text --------------------------------------------------------------


def test_control_characters_are_removed() -> None:
    caption = "\0one\ttwo\0\x07three\x1b\x85\r\nfour\u202efive\u2066\0\0\r\n"
    data = with_iim(iim(UTF8, (2, 120, caption.encode()), (2, 105, caption.encode()), (2, 25, b"\0\x01")))
    found = read_caption_data(data)
    assert found.caption == "one two three\nfourfive"
    assert found.headline == "one two three fourfive"
    assert found.keywords == ()


def test_lengths_and_counts_are_capped() -> None:
    values = [(2, number, b"x" * 5000) for number in (120, 105, 110, 115, 116)]
    values += [(2, 80, b"x" * 300)] * 15 + [(2, 25, b"x" * 80)] * 150
    found = read_caption_data(with_iim(iim(*values)))
    assert len(found.caption) == said.CAPTION_LENGTH
    assert len(found.headline) == said.HEADLINE_LENGTH
    assert len(found.credit) == len(found.source) == said.NAME_LENGTH
    assert len(found.copyright_notice) == said.COPYRIGHT_LENGTH
    assert [len(name) for name in found.bylines] == [said.NAME_LENGTH] * said.MAX_BYLINES
    assert [len(word) for word in found.keywords] == [said.KEYWORD_LENGTH] * said.MAX_KEYWORDS


@pytest.mark.parametrize(
    "packet",
    [
        b"<x:xmpmeta",
        b"\xff\xfe\0\0",
        b"",
        b"<!DOCTYPE a [<!ENTITY b 'bomb'>]><a>&b;</a>",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        b"<a>" * 5000 + b"</a>" * 5000,
    ],
    ids=["cut", "junk", "empty", "entity", "external entity", "deep"],
)
def test_broken_xmp_costs_only_the_xmp(packet: bytes) -> None:
    data = with_segment(saved(halves()), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + packet)
    assert read_caption_data(with_iim(iim((2, 110, b"Agency")), data)) == CaptionData(credit="Agency")
    assert inspect(data).format == "JPEG"


@pytest.mark.parametrize(
    "block", [b"", b"junk", b"II*\0", b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 40]
)
def test_broken_exif_costs_only_the_exif(block: bytes) -> None:
    data = with_segment(saved(halves()), 0xE1, b"Exif\0\0" + block)
    assert read_caption_data(with_iim(iim((2, 110, b"Agency")), data)) == CaptionData(credit="Agency")
    assert inspect(data).width == 64
    assert make_rendition(data, 64).height == 32


@pytest.mark.parametrize("block", [b"junk junk", b"II*\0\xff\xff\xff\xff"])
def test_broken_exif_of_a_webp_costs_only_the_exif(block: bytes) -> None:
    data = saved(halves(), "WEBP", exif=block, xmp=xmp("", "photoshop:Credit='Agency'"))
    assert block in data
    assert read_caption_data(data) == CaptionData(credit="Agency")
    assert make_rendition(data, 64).height == 32


# --- anything at all ---


TAGGED = with_xmp(
    "<dc:creator>Someone</dc:creator>",
    jpeg=with_iim(
        iim(*all_iim("gb18030")),
        saved(noise(size=(48, 32)), exif=exif({ExifTags.Base.Orientation: 6}, gps=True)),
    ),
)
SEEDS = [
    TAGGED,
    *(
        saved(noise(size=(24, 16)), format, exif=exif({ExifTags.Base.Orientation: 6}, gps=True))
        for format in ("PNG", "WEBP", "TIFF")
    ),
    saved(noise(size=(24, 16)), "TIFF", compression="tiff_lzw"),
]


def only_refusals(data: bytes) -> None:
    for door in (inspect, read_caption_data, lambda data: make_rendition(data, 20)):
        with suppress(ImageRefused):
            door(data)


@given(st.binary(max_size=300), st.sampled_from([b"", *(seed[:20] for seed in SEEDS)]))
@example(b"", b"")
def test_random_bytes_are_refused_or_read(tail: bytes, head: bytes) -> None:
    only_refusals(head + tail)


@settings(max_examples=400)
@given(
    st.sampled_from([TAGGED, *SEEDS]),
    st.lists(st.tuples(st.integers(0, 4000), st.binary(min_size=1, max_size=4)), max_size=6),
    st.none() | st.integers(0, 4000),
)
def test_random_corruption_is_refused_or_read(seed: bytes, patches: list[tuple[int, bytes]], cut: int | None) -> None:
    data = bytearray(seed)
    for at, patch in patches:
        at %= len(data)
        data[at : at + len(patch)] = patch
    only_refusals(bytes(data[:cut]))


# --- more of what files say ----------------------------------------------------------------------------------


def test_terms_and_expiry_of_iim() -> None:
    found = read_caption_data(with_iim(iim((2, 40, "仅限一次".encode("gb18030")), (2, 37, b"20261231"))))
    assert (found.usage_terms, found.expires_on) == ("仅限一次", date(2026, 12, 31))


def test_terms_expiry_and_alternative_text_of_xmp() -> None:
    names = (
        'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/" '
        'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/"'
    )
    terms = "<xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang='x-default'>一次</rdf:li></rdf:Alt></xmpRights:UsageTerms>"
    alt = (
        "<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li>灯</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
    )
    found = read_caption_data(with_xmp(terms + alt + "<plus:LicenseEndDate>2026-12-31</plus:LicenseEndDate>", names))
    assert (found.usage_terms, found.alt, found.expires_on) == ("一次", "灯", date(2026, 12, 31))


@pytest.mark.parametrize("day", [b"00000000", b"20261332", b"soon", b""])
def test_an_expiry_that_is_no_day_is_none(day: bytes) -> None:
    assert read_caption_data(with_iim(iim((2, 37, day)))).expires_on is None


def test_a_caption_of_ten_megabytes_is_cut() -> None:
    long = ("字" * 3_500_000).encode()
    block = b"\x1c\x02\x78\x80\x04" + struct.pack(">L", len(long)) + long
    assert read_caption_data(tiff_with_iim(block, TiffTags.UNDEFINED, "<")).caption == "字" * said.CAPTION_LENGTH


def test_names_in_one_line() -> None:
    assert names_in("薛力娜、 张志茹，John Doe; ,甲某") == ("薛力娜", "张志茹", "John Doe", "甲某")
    assert names_in(" ") == ()
