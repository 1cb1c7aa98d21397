"""What goes to the press: four inks, black type on black alone, fonts embedded, boxes and crop marks."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import ExifTags, Image

from editions.typeset.separation import to_cmyk
from editions.typesetting import TypesettingFailed, layouts_of_descriptions, press_pdf, reader_pdf
from tests import newsroom_of_tests as house
from tests import typeset_pages as tp

MM = 72 / 25.4
# Operators that set a colour of another kind than CMYK (PDF 1.7, table 74).
OTHER_COLOURS = {"rg", "RG", "g", "G", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"}


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """A press sheet of an inside page with a picture, opened."""
    photo = tmp_path_factory.mktemp("photos") / "5.jpg"
    photo.write_bytes(house.jpeg(1200, 800))
    description = tp.whole_page(31, language="mixed")
    [layout] = layouts_of_descriptions([description])
    with pikepdf.open(io.BytesIO(press_pdf([layout], files={f"{5:064x}": str(photo)}))) as pdf:
        yield pdf


def instructions(page) -> list[tuple[str, list]]:
    """(operator, operands) of the page and of every form it draws."""
    found = [(str(one.operator), list(one.operands)) for one in pikepdf.parse_content_stream(page)]
    for form in page.Resources.get("/XObject", {}).values():
        if form.get("/Subtype") == "/Form":
            found += instructions(form)
    return found


def images(page) -> list:
    objects = list(page.Resources.get("/XObject", {}).values())
    nested = [image for form in objects if form.get("/Subtype") == "/Form" for image in images(form)]
    return [one for one in objects if one.get("/Subtype") == "/Image"] + nested


def test_type_and_rules_are_black_ink_alone(sheet):
    seen = set()
    for operator, operands in instructions(sheet.pages[0]):
        assert operator not in OTHER_COLOURS, (operator, operands)
        if operator in {"k", "K"}:
            seen.add((operator, *(float(part) for part in operands)))
    assert seen == {("k", 0, 0, 0, 1), ("K", 0, 0, 0, 1)}


def test_pictures_are_in_four_inks(sheet):
    [image] = images(sheet.pages[0])
    assert image.ColorSpace == "/DeviceCMYK"


def test_newsprint_bears_the_ink_of_every_colour():
    """Newsprint bears 240 per cent (ISO 12647-3); white stays paper, and black is mostly black ink."""
    levels = range(0, 256, 15)
    colours = [(red, green, blue) for red in levels for green in levels for blue in levels]
    picture = Image.new("RGB", (len(colours), 1))
    picture.putdata(colours)
    data = to_cmyk(picture).tobytes()
    inks = [tuple(data[place : place + 4]) for place in range(0, len(data), 4)]
    assert max(map(sum, inks)) <= 2.4 * 255
    assert inks[colours.index((255, 255, 255))] == (0, 0, 0, 0)
    assert inks[colours.index((0, 0, 0))][3] > 0.8 * 255


def test_nothing_of_the_file_names_another_colour(sheet):
    for thing in sheet.objects:
        if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
            named = str(thing.get("/ColorSpace", ""))
            assert "RGB" not in named
            assert "ICCBased" not in named


def test_fonts_are_embedded_as_subsets_with_their_characters(sheet):
    fonts = [
        thing for thing in sheet.objects if isinstance(thing, pikepdf.Dictionary) and thing.get("/Type") == "/Font"
    ]
    outer = [font for font in fonts if font.Subtype == "/Type0"]
    assert len(outer) >= 4
    for font in outer:
        name = str(font.BaseFont)
        assert name[7] == "+", name
        assert name[1:7].isalpha(), name
        assert name[1:7].isupper(), name
        assert "/ToUnicode" in font, name
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert {"/FontFile2", "/FontFile3"} & set(descriptor.keys()), name
    assert {str(font.Subtype) for font in fonts} <= {"/Type0", "/CIDFontType0", "/CIDFontType2"}


def test_the_sheet_says_where_it_is_trimmed(sheet):
    page = sheet.pages[0]

    def box(name: str) -> list[float]:
        return [round(float(side) / MM, 1) for side in page[name]]

    assert box("/MediaBox") == [0, 0, 410, 565]
    assert box("/TrimBox") == [10, 10, 400, 555]
    assert box("/BleedBox") == [7, 7, 403, 558]


def test_crop_marks_stand_outside_the_bleed(sheet):
    """Two at each corner, in line with the trimmed edges: read from the paths that are stroked."""
    page = sheet.pages[0]
    near, far_x, far_y = 10 * MM, 400 * MM, 555 * MM
    marks = {line for line in stroked(page) if outside(line, 7 * MM, 403 * MM, 558 * MM)}
    upright = sorted({round(x0) for x0, _y0, x1, _y1 in marks if abs(x0 - x1) < 0.01})
    level = sorted({round(y0) for _x0, y0, _x1, y1 in marks if abs(y0 - y1) < 0.01})
    assert (len(marks), upright, level) == (8, [round(near), round(far_x)], [round(near), round(far_y)])


def outside(line: tuple[float, ...], low: float, right: float, top: float) -> bool:
    """Whether all of the line lies on one side beyond the bleed."""
    x0, y0, x1, y1 = line
    return max(x0, x1) <= low or min(x0, x1) >= right or max(y0, y1) <= low or min(y0, y1) >= top


def stroked(page) -> list[tuple[float, float, float, float]]:
    """The straight lines of the page from its lower left corner."""
    matrices, matrix, start, found = [], pikepdf.Matrix(), None, []
    for operator, operands in instructions(page):
        if operator == "q":
            matrices.append(matrix)
        elif operator == "Q":
            matrix = matrices.pop()
        elif operator == "cm":
            matrix = pikepdf.Matrix(*(float(part) for part in operands)) @ matrix
        elif operator == "m":
            start = matrix.transform(tuple(float(part) for part in operands))
        elif operator == "l" and start is not None:
            end = matrix.transform(tuple(float(part) for part in operands))
            found.append((*start, *end))
            start = end
    return found


def page_with(photo: Path | None, *, press: bool = True) -> bytes:
    """A page with one picture, drawn from this original."""
    [layout] = layouts_of_descriptions([tp.whole_page(31, language="mixed")])
    draw = press_pdf if press else reader_pdf
    return draw([layout], files={f"{5:064x}": str(photo)} if photo else {})


def colours(pdf: bytes) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The top and the bottom of the picture as it is drawn, in RGB."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        [image] = images(opened.pages[0])
        picture = pikepdf.PdfImage(image).as_pil_image().convert("RGB")
    middle = picture.width // 2
    return picture.getpixel((middle, 2)), picture.getpixel((middle, picture.height - 3))


def test_a_photo_that_lies_on_its_side_in_its_file_is_printed_upright(tmp_path):
    upright = Image.new("RGB", (600, 400), "white")
    upright.paste("black", (0, 200, 600, 400))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    photo = tmp_path / "5.jpg"
    upright.transpose(Image.Transpose.ROTATE_90).save(photo, exif=exif)
    top, bottom = colours(page_with(photo, press=False))
    assert min(top) > 240
    assert max(bottom) < 15


def test_what_is_transparent_is_printed_white(tmp_path):
    photo = tmp_path / "5.png"
    Image.new("RGBA", (600, 400), (0, 0, 0, 0)).save(photo)
    assert [min(colour) > 240 for colour in colours(page_with(photo, press=False))] == [True, True]


def test_what_a_file_says_beside_its_pixels_reaches_no_pdf(tmp_path):
    photo = tmp_path / "5.jpg"
    Image.new("RGB", (600, 400), "teal").save(photo, comment=b"taken at home, 13 Willow Lane")
    with pikepdf.open(io.BytesIO(page_with(photo, press=False))) as opened:
        [image] = images(opened.pages[0])
        assert image.Filter == "/DCTDecode"
        assert b"Willow Lane" not in image.read_raw_bytes()


def test_the_press_prints_no_page_without_the_original_of_a_photo():
    with pytest.raises(TypesettingFailed) as refused:
        page_with(None)
    assert "photo 5" in str(refused.value)
    assert page_with(None, press=False).startswith(b"%PDF-")


def test_an_original_that_is_broken_is_said(tmp_path):
    photo = tmp_path / "5.jpg"
    photo.write_bytes(house.jpeg(600, 400)[:200])
    with pytest.raises(TypesettingFailed) as refused:
        page_with(photo)
    assert "ImageRefused" in str(refused.value)
