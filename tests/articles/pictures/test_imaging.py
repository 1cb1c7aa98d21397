"""Pictures as they come in: real files, built here byte by byte where Pillow would not write them."""

from __future__ import annotations

import struct
import warnings
import zlib
from io import BytesIO
from typing import Any

import pytest
from PIL import ExifTags, Image, ImageStat, TiffImagePlugin

from articles.pictures import imaging
from articles.pictures.facts import read_caption_data
from articles.pictures.imaging import (
    ImageRefused,
    Refusal,
    fingerprint,
    inspect,
    make_rendition,
)
from tests.picture_files import (
    BLUE,
    GREEN,
    RED,
    WHITE,
    exif,
    halves,
    iim,
    noise,
    png,
    red_blue_swapped,
    saved,
    webp_header,
    with_iim,
    with_xmp,
    xmp,
)

pytestmark = pytest.mark.filterwarnings("ignore::UserWarning", "ignore::PIL.Image.DecompressionBombWarning")


def shown(data: bytes, width: int = 64, format: imaging.RenditionFormat = "WEBP") -> Any:
    rendition = make_rendition(data, width, format=format)
    image = Image.open(BytesIO(rendition.data))
    assert image.format == format
    assert image.size == (rendition.width, rendition.height)
    return image.convert("RGB")


def lut8(inputs: int, outputs: int, corners: bytes) -> bytes:
    """A table of two grid points for each input, straight curves, no matrix (ICC.1:2001-04, lut8Type)."""
    unit = struct.pack(">9l", *(65536 if i % 4 == 0 else 0 for i in range(9)))
    head = struct.pack(">4sLBBBB", b"mft1", 0, inputs, outputs, 2, 0)
    straight = bytes(range(256))
    return head + unit + straight * inputs + corners + straight * outputs


def ink_profile() -> bytes:
    """A CMYK printing profile by its corners: black ink is dark grey, cyan ink prints as a strong red."""

    def lab(cyan: int, others: int, black: int) -> bytes:
        lightness = 65 if black else 255 - 100 * cyan - 60 * others
        return bytes((lightness, 128 + 75 * cyan * (1 - black), 128 + 50 * cyan * (1 - black)))

    to_lab = lut8(4, 3, b"".join(lab(i >> 3, (i >> 2 & 1) + (i >> 1 & 1), i & 1) for i in range(16)))
    to_ink = lut8(3, 4, b"\0\0\0\xff" * 4 + b"\0\0\0\0" * 4)
    white = struct.pack(">3l", 63190, 65536, 54061)
    start = 128 + 4 + 4 * 12
    tags = [
        (b"A2B0", start, len(to_lab)),  # perceptual, and relative colorimetric
        (b"A2B1", start, len(to_lab)),
        (b"B2A0", start + len(to_lab), len(to_ink)),
        (b"wtpt", start + len(to_lab) + len(to_ink), 20),
    ]
    body = struct.pack(">L", len(tags)) + b"".join(struct.pack(">4sLL", *tag) for tag in tags)
    body += to_lab + to_ink + b"XYZ \0\0\0\0" + white
    header = struct.pack(">L4sL4s4s4s", 128 + len(body), b"", 0x02100000, b"prtr", b"CMYK", b"Lab ")
    header += b"\0" * 12 + b"acsp" + b"\0" * 28 + white
    return header.ljust(128, b"\0") + body


def near(actual: Any, expected: tuple[int, int, int], tolerance: int = 12) -> bool:
    return all(abs(a - b) <= tolerance for a, b in zip(actual, expected, strict=True))


def refusal(data: bytes) -> ImageRefused:
    """The refusal, which every door must give alike."""
    with pytest.raises(ImageRefused) as caught:
        inspect(data)
    with pytest.raises(ImageRefused) as again:
        make_rendition(data, 10)
    assert again.value.code == caught.value.code
    return caught.value


# --- inspect --------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_accepted_formats(format: str) -> None:
    facts = inspect(saved(noise(), format))
    assert (facts.format, facts.width, facts.height, facts.mode) == (format, 64, 48, "RGB")


def test_a_large_jpeg_keeps_its_full_size_in_the_facts() -> None:
    facts = inspect(saved(noise(size=(801, 403))))
    assert (facts.width, facts.height) == (801, 403)


def test_multi_picture_jpeg_is_a_jpeg() -> None:
    mpo = saved(halves(), "MPO", save_all=True, append_images=[halves(GREEN, GREEN)])
    assert Image.open(BytesIO(mpo)).format == "MPO"
    assert inspect(mpo).format == "JPEG"
    assert near(shown(mpo).getpixel((10, 16)), RED)


@pytest.mark.parametrize(
    ("orientation", "size", "first"),
    [
        (1, (64, 32), RED),
        (2, (64, 32), BLUE),
        (3, (64, 32), BLUE),
        (4, (64, 32), RED),
        (5, (32, 64), RED),
        (6, (32, 64), RED),
        (7, (32, 64), BLUE),
        (8, (32, 64), BLUE),
        (9, (64, 32), RED),
    ],
)
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
def test_orientation(format: str, orientation: int, size: tuple[int, int], first: Any) -> None:
    """`first` is the colour at the top left; left of the stored picture is red, right is blue."""
    data = saved(halves(), format, exif=exif({ExifTags.Base.Orientation: orientation}))
    facts = inspect(data)
    assert (facts.width, facts.height) == size
    image = shown(data)
    assert image.size == size
    assert near(image.getpixel((4, 4)), first)
    assert near(image.getpixel((size[0] - 5, size[1] - 5)), BLUE if first == RED else RED)


def test_orientations_six_and_eight_turn_opposite_ways() -> None:
    """Orientation 6: the stored left edge becomes the top (Exif 2.32, table of tag 274)."""
    six, eight = (saved(halves(), exif=exif({ExifTags.Base.Orientation: n})) for n in (6, 8))
    assert near(shown(six).getpixel((16, 8)), RED)
    assert near(shown(eight).getpixel((16, 8)), BLUE)


def test_tiff_turned_by_xmp_keeps_its_proportions() -> None:
    packet = xmp("", 'xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="6"')
    tags = TiffImagePlugin.ImageFileDirectory_v2()
    tags[700] = packet
    tags.tagtype[700] = 1
    data = saved(halves(), "TIFF", tiffinfo=tags)
    assert shown(data, 16).size == (16, 32)
    assert (inspect(data).width, inspect(data).height) == (32, 64)


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 4096,
        b"Der Abend in der Stadt.\n" * 20,
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7\n",
        b"RIFF\0\0\0\0WAVEfmt ",
        b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n",
    ],
    ids=["nul bytes", "text", "html", "pdf", "sound", "postscript"],
)
def test_not_an_image(data: bytes) -> None:
    assert refusal(data).code == Refusal.NOT_AN_IMAGE
    with pytest.raises(ImageRefused):
        read_caption_data(data)


def test_a_file_with_nothing_in_it_is_told_from_one_that_is_no_picture() -> None:
    assert refusal(b"").code == Refusal.EMPTY


@pytest.mark.parametrize(
    "data",
    [
        saved(Image.new("P", (4, 4)), "GIF"),
        b"GIF89a/*" + b"<script>alert(1)</script>*/",
        saved(halves(), "BMP"),
        saved(halves(), "AVIF"),
        b"\0\0\0\x18ftypheic\0\0\0\0mif1heic",
        b"8BPS\0\x01",
    ],
    ids=["gif", "gif and html", "bmp", "avif", "heic", "psd"],
)
def test_format_not_accepted(data: bytes) -> None:
    assert refusal(data).code == Refusal.FORMAT_NOT_ACCEPTED


def test_jpeg_with_html_behind_it_loses_the_html() -> None:
    data = saved(halves()) + b"<script>alert(1)</script>"
    assert inspect(data).format == "JPEG"
    assert b"script" not in make_rendition(data, 64, format="JPEG").data


def test_no_other_decoder_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    real = Image.open

    def recording(file: Any, **options: Any) -> Any:
        opened.append(options)
        return real(file, **options)

    monkeypatch.setattr(Image, "open", recording)
    inspect(saved(halves()))
    assert opened == [{"formats": ("JPEG", "PNG", "WEBP", "TIFF")}]


def test_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    data = saved(halves())
    monkeypatch.setattr(imaging, "MAX_BYTES", len(data))
    assert inspect(data).format == "JPEG"
    refused = refusal(data + b"\0")
    assert (refused.code, refused.limit, refused.actual) == (
        Refusal.TOO_MANY_BYTES,
        len(data),
        len(data) + 1,
    )


@pytest.mark.parametrize("size", [(50_000, 50_000), (10_000, 12_001)])
@pytest.mark.parametrize("filter", ["error", "ignore"])
def test_too_many_pixels_told_from_the_header(size: tuple[int, int], filter: Any) -> None:
    """The file has no pixels to speak of: had they been read, it would have been called truncated."""
    with warnings.catch_warnings():
        warnings.simplefilter(filter)
        refused = refusal(png(*size))
    assert refused.code == Refusal.TOO_MANY_PIXELS
    assert (refused.limit, refused.actual) == (imaging.MAX_PIXELS, size[0] * size[1])


def test_too_many_pixels_in_a_webp_canvas() -> None:
    refused = refusal(webp_header(60_000, 60_000))
    assert (refused.code, refused.actual) == (Refusal.TOO_MANY_PIXELS, 3_600_000_000)


def test_the_largest_accepted_size_is_not_warned_about() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert refusal(png(10_000, 12_000)).code == Refusal.TRUNCATED


@pytest.mark.parametrize(
    ("format", "options"),
    [
        ("JPEG", {}),
        ("JPEG", {"progressive": True}),
        ("PNG", {}),
        ("WEBP", {"lossless": True}),
        ("TIFF", {}),
        ("TIFF", {"compression": "tiff_lzw"}),
    ],
)
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_truncated(format: str, options: dict[str, Any], share: float) -> None:
    data = saved(noise(size=(256, 256)), format, **options)
    assert inspect(data).width == 256
    assert refusal(data[: int(len(data) * share)]).code == Refusal.TRUNCATED


def test_what_pillow_raises_beside_os_errors_is_a_refusal() -> None:
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">L", 5) + b"IHDR" + b"\0" * 5
    data += struct.pack(">L", zlib.crc32(data[12:]))
    with pytest.raises(ValueError, match="IHDR"):
        Image.open(BytesIO(data))
    assert refusal(data).code == Refusal.TRUNCATED


@pytest.mark.parametrize("signature", [b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*"])
def test_a_signature_alone_is_truncated(signature: bytes) -> None:
    assert refusal(signature).code == Refusal.TRUNCATED
    with pytest.raises(ImageRefused):
        read_caption_data(signature)


# --- make_rendition -------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize(("width", "expected"), [(160, (160, 80)), (400, (400, 200)), (5000, (400, 200)), (1, (1, 1))])
def test_width_is_met_and_never_passed(format: str, width: int, expected: tuple[int, int]) -> None:
    image = shown(saved(halves(size=(400, 200)), format), width)
    assert image.size == expected


def test_reduced_decoding_keeps_enough_pixels() -> None:
    """Fine stripes survive: nothing was decoded at a quarter where half was needed."""
    stripes = Image.new("L", (648, 648))
    stripes.putdata([255 * (x // 3 % 2) for _ in range(648) for x in range(648)])
    image = shown(saved(stripes, quality=95), 320).convert("L")
    assert ImageStat.Stat(image).stddev[0] > 80


@pytest.mark.parametrize("mode", ["1", "P", "L"])
def test_scaling_mixes_neighbours(mode: str) -> None:
    board = Image.new("L", (256, 256))
    board.putdata([255 * ((x + y) % 2) for y in range(256) for x in range(256)])
    image = shown(saved(board.convert(mode), "PNG"), 64)
    assert near(image.getpixel((32, 32)), (127, 127, 127), 20)


def test_reduced_decoding_keeps_enough_pixels_of_a_turned_picture() -> None:
    data = saved(halves(size=(1600, 200)), exif=exif({ExifTags.Base.Orientation: 6}))
    assert shown(data, 200).size == (200, 1600)


def test_a_very_tall_picture_stays_within_webp() -> None:
    rendition = make_rendition(saved(Image.new("L", (100, 20_000)), "PNG"), 100)
    assert rendition.height == 16_383
    assert rendition.width == 82


def test_a_very_wide_picture_stays_within_webp() -> None:
    rendition = make_rendition(saved(Image.new("L", (20_000, 100)), "PNG"), 20_000)
    assert (rendition.width, rendition.height) == (16_383, 82)


def test_a_picture_never_has_no_height() -> None:
    rendition = make_rendition(saved(Image.new("L", (2_000, 1)), "PNG"), 100)
    assert (rendition.width, rendition.height) == (100, 1)


@pytest.mark.parametrize("format", ["WEBP", "JPEG"])
def test_no_metadata_leaves(format: imaging.RenditionFormat) -> None:
    tags = {ExifTags.Base.Artist: "SecretArtist", ExifTags.Base.Make: "SecretCamera"}
    data = saved(
        halves(),
        exif=exif(tags, gps=True),
        comment=b"SecretComment",
        icc_profile=red_blue_swapped(),
    )
    data = with_xmp("<dc:rights>SecretXmp</dc:rights>", jpeg=with_iim(iim((2, 120, b"SecretCaption")), data))
    original = Image.open(BytesIO(data))
    assert original.getexif().get_ifd(ExifTags.IFD.GPSInfo)[1] == "N"
    assert original.info["comment"] == b"SecretComment"

    rendition = make_rendition(data, 64, format=format).data
    image = Image.open(BytesIO(rendition))
    assert not image.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment", "photoshop"} & set(image.info)
    for trace in (b"Exif", b"EXIF", b"GPS", b"Secret", b"2024:01:31", b"xap", b"8BIM", b"acsp", b"ICC"):
        assert trace in data or trace in (b"EXIF", b"GPS", b"ICC")
        assert trace not in rendition


def test_a_comment_is_dropped_where_there_is_no_profile() -> None:
    data = saved(halves(), comment=b"SecretComment")
    assert b"Secret" in data
    assert b"Secret" not in make_rendition(data, 64, format="JPEG").data


@pytest.mark.parametrize("format", ["PNG", "WEBP", "TIFF"])
def test_no_position_leaves_from_other_formats(format: str) -> None:
    data = saved(halves(), format, exif=exif({ExifTags.Base.Artist: "SecretArtist"}, gps=True))
    assert b"SecretArtist" in data
    assert Image.open(BytesIO(data)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    rendition = make_rendition(data, 64).data
    assert b"Secret" not in rendition
    assert not Image.open(BytesIO(rendition)).getexif()
    assert rendition[12:16] == b"VP8 "  # the simple layout: no chunk but the pixels


def test_cmyk_without_profile() -> None:
    data = saved(Image.new("CMYK", (40, 40), (0, 255, 255, 0)))
    assert inspect(data).mode == "CMYK"
    image = shown(data)
    red, green, blue = image.getpixel((20, 20))
    assert red > 200
    assert max(green, blue) < 60


@pytest.mark.parametrize("format", ["JPEG", "TIFF"])
def test_cmyk_profile_is_applied(format: str) -> None:
    data = saved(Image.new("CMYK", (40, 40), (255, 0, 0, 0)), format, icc_profile=ink_profile())
    red, green, blue = shown(data).getpixel((20, 20))
    assert red > 200
    assert max(green, blue) < 100


def test_black_ink_becomes_black_and_paper_white() -> None:
    """Black point compensation: ink is only dark grey, a screen can do better."""
    image = Image.new("CMYK", (40, 40), (0, 0, 0, 255))
    image.paste((0, 0, 0, 0), (0, 0, 20, 40))
    result = shown(saved(image, "TIFF", icc_profile=ink_profile()))
    assert near(result.getpixel((5, 20)), WHITE)
    assert near(result.getpixel((35, 20)), (0, 0, 0), 20)


def test_icc_profile_is_applied() -> None:
    plain = shown(saved(halves(RED, RED), "PNG", icc_profile=None))
    swapped = shown(saved(halves(RED, RED), "PNG", icc_profile=red_blue_swapped()))
    assert near(plain.getpixel((20, 16)), RED)
    assert near(swapped.getpixel((20, 16)), BLUE, 20)


def test_icc_profile_is_applied_beneath_transparency() -> None:
    image = halves(RED, RED).convert("RGBA")
    image.paste((0, 0, 0, 0), (0, 0, 32, 32))
    result = shown(saved(image, "PNG", icc_profile=red_blue_swapped()))
    assert near(result.getpixel((8, 16)), WHITE)
    assert near(result.getpixel((56, 16)), BLUE, 20)


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
@pytest.mark.parametrize(
    "profile", [b"not a profile", red_blue_swapped()[:300], red_blue_swapped()], ids=["junk", "cut", "rgb"]
)
def test_a_profile_that_does_not_fit_costs_nothing(mode: str, profile: bytes) -> None:
    data = saved(halves(WHITE, WHITE).convert(mode), "TIFF", icc_profile=profile)
    assert near(shown(data).getpixel((20, 16)), WHITE)


@pytest.mark.parametrize("value", [0x2000, 0x8000, 0xE000])
@pytest.mark.parametrize("format", ["PNG", "TIFF"])
def test_sixteen_bit_grey_keeps_its_tone(format: str, value: int) -> None:
    data = saved(Image.new("I;16", (40, 40), value), format)
    assert inspect(data).mode == "I;16"
    assert near(shown(data).getpixel((20, 20)), (value >> 8,) * 3, 4)


def test_transparent_palette_png_on_white() -> None:
    image = Image.new("P", (40, 40), 0)
    image.putpalette([0, 0, 0, 255, 0, 0])
    image.paste(1, (20, 0, 40, 40))
    data = saved(image, "PNG", transparency=0)
    assert inspect(data).mode == "P"
    assert near(shown(data).getpixel((5, 20)), WHITE)
    assert near(shown(data).getpixel((35, 20)), RED)


def test_half_transparent_png_is_mixed_with_white() -> None:
    data = saved(Image.new("RGBA", (40, 40), (0, 0, 0, 128)), "PNG")
    assert near(shown(data).getpixel((20, 20)), (127, 127, 127))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "YCbCr", "LAB", "RGBX"])
def test_other_modes_come_out_in_colour(mode: str) -> None:
    image = Image.new("RGB", (40, 40), WHITE)
    image = image.convert("L").convert(mode) if mode in {"LA", "RGBX"} else image.convert(mode)
    assert near(shown(saved(image, "TIFF")).getpixel((20, 20)), WHITE)


def test_animated_webp_shows_its_first_frame() -> None:
    first, second = halves(RED, RED), halves(GREEN, GREEN)
    data = saved(first, "WEBP", save_all=True, append_images=[second], duration=100)
    original: Any = Image.open(BytesIO(data))
    assert original.n_frames == 2
    rendition = make_rendition(data, 64)
    image: Any = Image.open(BytesIO(rendition.data))
    assert image.n_frames == 1
    assert near(image.convert("RGB").getpixel((20, 16)), RED)


# --- fingerprint -------------------------------------------------------------


def test_fingerprint_is_the_sha_256() -> None:
    assert fingerprint(b"abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
