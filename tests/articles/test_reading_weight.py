"""What a reader's browser has to fetch stays small: one style, few scripts, a story without its picture."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

from tests import reading_rows
from tests.origin import Origin

READING = Path(settings.BASE_DIR) / "newsroom" / "static" / "reading"
KILOBYTE = 1024


def packed(files) -> int:
    return sum(len(gzip.compress(file.read_bytes(), 9)) for file in files)


def test_the_styles_take_less_than_twenty_kilobytes_packed():
    assert 0 < packed(READING.glob("*.css")) < 20 * KILOBYTE


def test_the_scripts_take_less_than_fifteen_kilobytes_packed():
    assert 0 < packed(READING.glob("*.js")) < 15 * KILOBYTE


@pytest.mark.django_db
def test_a_story_with_everything_but_its_picture_takes_less_than_sixty_kilobytes():
    paragraphs = "".join(f"<p>{'夜市今晚在城西开市，' * 20}{number}。</p>" for number in range(40))
    reading_rows.make_edition()
    reading_rows.make_articles(1, body=paragraphs)
    answer = Origin().get("/stories/9/", accept_encoding="gzip")
    assert answer.status == 200
    linked = re.findall(r'(?:href|src)="/static/(reading/[\w.-]+\.(?:css|js|svg))"', answer.text)
    assert linked
    total = len(answer.sent) + packed(READING.parent / name for name in set(linked))
    assert total < 60 * KILOBYTE
