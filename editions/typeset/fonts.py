"""The faces a page is set in, and what is known of their characters: widths and coverage. No database.

The fonts are files that the set-up fetches (`scripts/fonts.sh`) into `NEWSROOM_FONTS`; all are under the SIL
Open Font License. Widths are in em.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

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

    def width(self, face: str, character: str) -> float:
        """The advance of a character in em: of the face itself, or of the fallback that has it; 1 where none has."""
        code = ord(character)
        for name in (_face_of(face, character), *FALLBACKS):
            found = self._of(name).get(code)
            if found is not None:
                return found
        return 1.0

    def narrow_width(self, face: str, character: str) -> float:
        """The advance of a quotation mark as English has it, in em: it fills no square there."""
        name = _face_of(face, character)
        if name not in self._narrow:
            self._narrow[name] = _read_narrow_widths(self.folder / FILES[name].file)
        return self._narrow[name].get(ord(character)) or self.width(face, character)

    def has(self, face: str, character: str) -> bool:
        """Whether the character can be printed where `face` is asked for."""
        return any(ord(character) in self._of(name) for name in (face, *FALLBACKS))

    def _of(self, face: str) -> dict[int, float]:
        if face not in self._widths:
            self._widths[face] = _read_widths(self.folder / FILES[face].file)
        return self._widths[face]


def _face_of(face: str, character: str) -> str:
    return "song" if face == "kai" and _NOT_OF_KAI.match(character) else face


def _read_narrow_widths(path: Path) -> dict[int, float]:
    """The advances of the glyphs that the font's feature `pwid` (proportional widths) puts in."""
    with TTFont(path, lazy=True) as font:
        substitutions = font["GSUB"].table
        numbers = {
            number
            for record in substitutions.FeatureList.FeatureRecord
            if record.FeatureTag == "pwid"
            for number in record.Feature.LookupListIndex
        }
        narrow: dict[str, str] = {}
        for number in numbers:
            for table in substitutions.LookupList.Lookup[number].SubTable:
                narrow |= getattr(table, "ExtSubTable", table).mapping
        advances, per_em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {
            code: advances[narrow[glyph]][0] / per_em for code, glyph in font.getBestCmap().items() if glyph in narrow
        }


def _read_widths(path: Path) -> dict[int, float]:
    with TTFont(path, lazy=True) as font:
        per_em = font["head"].unitsPerEm
        advances = font["hmtx"].metrics
        return {code: advances[glyph][0] / per_em for code, glyph in font.getBestCmap().items()}
