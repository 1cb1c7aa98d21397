"""Many who write one story at once, each as the edit page does: keep the text, change it, save, take over the answer.

Each writer has a paragraph of their own, which they change again and again, and now and then adds a mark to a
paragraph that is everybody's, where they meet. Nobody takes anything out, so whatever was acknowledged has to be
there at the end.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from django.db import close_old_connections

from articles import editing
from articles.content import content_of
from articles.errors import StaleVersion
from articles.models import Article, Revision
from articles.text.body import elements
from newsroom.staff.models import User

SHARED = 4
TRIES = 200


def first_body(writers: int) -> str:
    shared = [f"<p>共{number}：</p>" for number in range(SHARED)]
    return "".join(shared + [f"<p>己{number}：〇</p>" for number in range(writers)])


@dataclass
class Writer:
    """One person with the story open: the version their text continues, and the text."""

    number: int
    story: int
    user: User
    version: int
    body: str
    marks: list[str] = field(default_factory=list)
    own: str = ""
    lost: list[str] = field(default_factory=list)
    merged: int = 0
    asked: int = 0

    def write(self, saves: int, often: float = 0.15) -> None:
        """Save so many changes, of which that part is made in everybody's paragraphs."""
        chance = random.Random(self.number)
        for save in range(saves):
            if chance.random() < often:
                self._save_mark(f"＋{self.number}－{save}；", chance.randrange(SHARED))
            else:
                self._save_own(save)
            close_old_connections()

    def _save_own(self, save: int) -> None:
        text = f"<p>己{self.number}：{'字' * (save % 7)}{save}</p>"
        self._check_own()
        self._acknowledge(lambda body: body.replace(self._own_paragraph(body), text))
        self.own = text

    def _save_mark(self, mark: str, place: int) -> None:
        def marked(body: str) -> str:
            paragraph = elements(body)[place]
            return body.replace(paragraph, paragraph.replace("</p>", f"{mark}</p>"))

        self._acknowledge(marked)
        self.marks.append(mark)

    def _own_paragraph(self, body: str) -> str:
        return next(block for block in elements(body) if block.startswith(f"<p>己{self.number}："))

    def _check_own(self) -> None:
        if self.own and self._own_paragraph(self.body) != self.own:
            self.lost.append(self.own)

    def _acknowledge(self, change) -> None:
        """Save `change` of the text; where somebody is asked, make it anew on what stands."""
        for _try in range(TRIES):
            try:
                saved = editing.save_story(
                    self.story, {"body": change(self.body)}, based_on=self.version, acting_user=self.user
                )
            except StaleVersion as stale:
                self.asked += 1
                self.version, self.body = stale.current.number, stale.current.content["body"]
                continue
            self.merged += saved.before != saved.continued
            self.version, self.body = saved.article.version, saved.article.body
            return
        raise AssertionError("never saved")


def what_was_lost(story: int, writers: list[Writer]) -> list[str]:
    """Everything that was acknowledged and is not there, and every disagreement of the rows."""
    article = Article.objects.get(pk=story)
    lost = [text for writer in writers for text in writer.lost]
    lost += [mark for writer in writers for mark in writer.marks if mark not in article.body]
    lost += [writer.own for writer in writers if writer.own and writer.own not in article.body]
    numbers = list(Revision.objects.filter(article=story).order_by("number").values_list("number", flat=True))
    if numbers != list(range(1, article.version + 1)):
        lost.append("a version")
    if article.revisions.get(number=article.version).content != content_of(article):
        lost.append("the row is not its revision")
    return lost
