"""Words that users see can be collected: xgettext does not look into the braces of an f-string."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TRANSLATING = {"_", "gettext", "gettext_lazy", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy"}


def test_no_words_are_translated_inside_the_braces_of_an_f_string():
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for room in ("articles", "editions", "newsroom")
        for path in (ROOT / room).rglob("*.py")
        for text in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in TRANSLATING
    ]
    assert hidden == []
