"""What a person sets for themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from newsroom.staff.models import NoticeChoice, NoticeKind, User


class NoticeChoicesForm(forms.Form):
    """Two switches for each kind of notice, in the desk and by mail; where nothing was chosen, the first is on.

    The switches for mail are there only where mails go out and this person has an address; otherwise what they
    chose before stays.
    """

    language = forms.ChoiceField(label=_("Language of mails"), choices=settings.DESK_LANGUAGES)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._before = {choice.kind: choice for choice in NoticeChoice.objects.filter(user=user)}
        self.has_mail = bool(settings.MAIL_IS_SET_UP and user.email)
        self.fields["language"].initial = user.language
        if not self.has_mail:
            self.fields["language"].widget = forms.HiddenInput()
        for kind in NoticeKind:
            self._add(f"{kind}_in_desk", kind not in self._before or self._before[kind].in_desk)
            if self.has_mail:
                self._add(f"{kind}_by_mail", self._mailed_before(kind))

    def rows(self) -> Iterator[tuple[str, forms.BoundField, forms.BoundField | None]]:
        """Each kind in words with its switches; None for the second where there is no mail."""
        for kind in NoticeKind:
            yield str(kind.label), self[f"{kind}_in_desk"], self[f"{kind}_by_mail"] if self.has_mail else None

    def choices(self) -> dict[str, tuple[bool, bool]]:
        """(in the desk, by mail) by kind."""
        said = self.cleaned_data
        return {
            kind: (said[f"{kind}_in_desk"], said.get(f"{kind}_by_mail", self._mailed_before(kind)))
            for kind in NoticeKind.values
        }

    def _mailed_before(self, kind: str) -> bool:
        return kind in self._before and self._before[kind].by_mail

    def _add(self, name: str, is_on: bool) -> None:
        self.fields[name] = forms.BooleanField(required=False, initial=is_on)
