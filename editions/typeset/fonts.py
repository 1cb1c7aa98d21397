"""The faces a page is set in, and what is known of their characters: widths and coverage. No database.

The fonts are files that the set-up fetches (`scripts/fonts.sh`) into `NEWSROOM_FONTS`; all are under the SIL
Open Font License. Widths are in em.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont


class FontsMissing(RuntimeError):
    """A font file is not where it should be; the text says which, and what to do."""


class FontFile(NamedTuple):
    """One face's file, and how the engine calls it: family and weight."""

    file: str
    family: str
    weight: int


FILES: Mapping[str, FontFile] = {
    "song": FontFile("NotoSerifSC_400Regular.ttf", "Noto Serif SC", 400),
    "song-bold": FontFile("NotoSerifSC_700Bold.ttf", "Noto Serif SC", 700),
    "song-heavy": FontFile("NotoSerifSC_900Black.ttf", "Noto Serif SC", 900),
    "hei": FontFile("NotoSansSC_400Regular.ttf", "Noto Sans SC", 400),
    "hei-bold": FontFile("NotoSansSC_700Bold.ttf", "Noto Sans SC", 700),
    "hei-heavy": FontFile("NotoSansSC_900Black.ttf", "Noto Sans SC", 900),
    "kai": FontFile("LXGWWenKai-Regular.ttf", "LXGW WenKai", 400),
}
# Kai has Latin quotation marks and dashes, and letters of a schoolbook; these are the Song's (see page.typ).
_NOT_OF_KAI = re.compile("[“”‘’…—· -~\u00a0-\u024f]")
# The face of bold runs within a text; Kai has no bold.
BOLD = {"song": "song-bold"}
# What a face does not have is set in these, in this order; a character that none has is missing.
FALLBACKS = ("song", "hei")


def check_fonts(folder: Path) -> None:
    """Raise FontsMissing unless every face's file is there."""
    absent = [font.file for font in FILES.values() if not (folder / font.file).is_file()]
    if absent:
        raise FontsMissing(
            _("Fonts are missing in %(folder)s: %(files)s. “make fonts” fetches them.")
            % {"folder": folder, "files": ", ".join(absent)}
        )


class Fonts:
    """The faces in one folder, each read when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        check_fonts(folder)
        self.folder = folder
        self._widths: dict[str, dict[int, float]] = {}
        self._narrow: dict[str, dict[int, float]] = {}
        self._kerning: dict[str, Kerning] = {}

    def width(self, face: str, character: str) -> float:
        """The advance of a character in em: of the face itself, or of the fallback that has it; 1 where none has."""
        code = ord(character)
        for name in (_face_of(face, character), *FALLBACKS):
            found = self._of(name).get(code)
            if found is not None:
                return found
        return 1.0

    def narrow_width(self, face: str, character: str) -> float:
        """The advance of a mark as English has it, in em: it fills no square there."""
        name = _face_of(face, character)
        if name not in self._narrow:
            self._narrow[name] = _read_narrow_widths(self.folder / FILES[name].file)
        return self._narrow[name].get(ord(character)) or self.width(face, character)

    def kern(self, face: str, before: str, after: str) -> float:
        """What is added between two Latin letters, in em: less than 0 where they are set closer, as A and V are."""
        name = _face_of(face, before)
        if name != _face_of(face, after):
            return 0.0
        if name not in self._kerning:
            self._kerning[name] = Kerning(self.folder / FILES[name].file)
        return self._kerning[name].between(before, after)

    def has(self, face: str, character: str) -> bool:
        """Whether the character can be printed where `face` is asked for."""
        return any(ord(character) in self._of(name) for name in (face, *FALLBACKS))

    def _of(self, face: str) -> dict[int, float]:
        if face not in self._widths:
            self._widths[face] = _read_widths(self.folder / FILES[face].file)
        return self._widths[face]


class Kerning:
    """The pairs of one font that are set closer or wider: its feature `kern`."""

    def __init__(self, path: Path) -> None:
        font = TTFont(path, lazy=True)
        self._glyphs: dict[int, str] = font.getBestCmap()
        self._per_em: int = font["head"].unitsPerEm
        self._tables = list(_tables(font, "GPOS", "kern")) if "GPOS" in font else []
        self._known: dict[tuple[str, str], float] = {}

    def between(self, before: str, after: str) -> float:
        """In em; 0 for a pair that the font does not know."""
        pair = before, after
        if pair not in self._known:
            first, second = self._glyphs.get(ord(before)), self._glyphs.get(ord(after))
            found = (_pair_in(table, first, second) for table in self._tables)
            self._known[pair] = next((units for units in found if units is not None), 0) / self._per_em
        return self._known[pair]


def _pair_in(table: Any, first: str | None, second: str | None) -> int | None:
    """What one table of pairs says of these two glyphs, None where it leaves them to the next one."""
    if first not in table.Coverage.glyphs:
        return None
    if table.Format == 1:
        pairs = table.PairSet[table.Coverage.glyphs.index(first)].PairValueRecord
        value = next((pair.Value1 for pair in pairs if pair.SecondGlyph == second), None)
        return None if value is None else getattr(value, "XAdvance", 0)
    of_first, of_second = table.ClassDef1.classDefs.get(first, 0), table.ClassDef2.classDefs.get(second, 0)
    return getattr(table.Class1Record[of_first].Class2Record[of_second].Value1, "XAdvance", 0)


def _tables(font: TTFont, name: str, feature: str) -> Iterator[Any]:
    """The lookup tables of a feature in `GSUB` or `GPOS`."""
    whole = font[name].table
    records = [record for record in whole.FeatureList.FeatureRecord if record.FeatureTag == feature]
    for number in sorted({number for record in records for number in record.Feature.LookupListIndex}):
        for table in whole.LookupList.Lookup[number].SubTable:
            yield getattr(table, "ExtSubTable", table)


def _face_of(face: str, character: str) -> str:
    return "song" if face == "kai" and _NOT_OF_KAI.match(character) else face


def _read_narrow_widths(path: Path) -> dict[int, float]:
    """The advances of the glyphs that the font's feature `pwid` (proportional widths) puts in."""
    with TTFont(path, lazy=True) as font:
        narrow: dict[str, str] = {}
        for table in _tables(font, "GSUB", "pwid"):
            narrow |= table.mapping
        advances, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {
            code: advances[narrow[glyph]][0] / per_em for code, glyph in font.getBestCmap().items() if glyph in narrow
        }


def _read_widths(path: Path) -> dict[int, float]:
    with TTFont(path, lazy=True) as font:
        per_em = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        return {code: advances[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}
