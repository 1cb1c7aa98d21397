"""A person's own lists and columns, and the list as a file."""

from __future__ import annotations

from collections.abc import Iterator

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from articles import rules
from articles.errors import Refusal
from articles.forms.listing import ColumnsForm, SavedListForm
from articles.lists import saved as saved_lists
from articles.lists.exporting import MOST_ROWS, as_csv, as_xlsx
from articles.lists.filters import in_words, kept_query
from articles.models import Article, SavedList
from articles.views.desk.access import DeskRequest, desk_view, sentences_in, sentences_of, status_of
from articles.views.desk.listing import ALL, Listing, address_of_list, listing_of
from newsroom.staff.models import User
from newsroom.undoing import Undo, offer

_CSV = "text/csv; charset=utf-8"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@desk_view
def story_lists(request: DeskRequest) -> HttpResponse:
    """My lists, to rename, order and delete; my columns. A list is kept here, with the filters it was asked for."""
    if request.method != "POST":
        return _show(request, SavedListForm(user=request.user), kept_query(request.GET), 200)
    query = kept_query(QueryDict(request.POST.get("query", "")[:500]))
    form = SavedListForm(request.POST, user=request.user)
    if not form.is_valid():
        return _show(request, form, query, 422)
    try:
        saved = saved_lists.save_list(
            form.cleaned_data["name"], query, shared=form.wants_sharing(), acting_user=request.user
        )
    except (Refusal, ValidationError) as refused:
        form.add_error("name", sentences_of(refused))
        return _show(request, form, query, status_of(refused))
    messages.success(request, _("“%(list)s” is a tab above the stories now.") % {"list": saved})
    return to_list(saved.pk)


def _show(request: DeskRequest, form: SavedListForm, query: str, status: int) -> HttpResponse:
    choice = saved_lists.choice_of(request.user)
    context = {
        "form": form,
        "query": query,
        "query_in_words": in_words(query),
        "rows": [_row(request.user, saved) for saved in saved_lists.lists_of(request.user)],
        "choice": choice,
    }
    return render(request, "desk/story_lists.html", context, status=status)


def _row(user: User, saved: SavedList) -> dict[str, object]:
    """One tab with what this person may do to it."""
    return {
        "saved": saved,
        "is_own": saved.user_id == user.pk,
        "may_change": rules.can_change_list(user, saved),
        "form": SavedListForm(user=user, instance=saved, prefix=str(saved.pk)),
    }


@desk_view
@require_POST
def list_change(request: DeskRequest, number: int) -> HttpResponse:
    """Rename, share, move or delete one list, or open with it: whichever button was pressed."""
    saved = get_object_or_404(saved_lists.lists_of(request.user), pk=number)
    try:
        _CHANGES.get(request.POST.get("do", ""), _rename)(request, saved)
    except (Refusal, ValidationError) as refused:
        messages.error(request, " ".join(sentences_of(refused)))
    return redirect("desk:story_lists")


def _rename(request: DeskRequest, saved: SavedList) -> None:
    form = SavedListForm(request.POST, user=request.user, instance=saved, prefix=str(saved.pk))
    if not form.is_valid():
        raise ValidationError(sentences_in(form))
    saved_lists.change_list(saved.pk, form.cleaned_data["name"], shared=form.wants_sharing(), acting_user=request.user)


def _delete(request: DeskRequest, saved: SavedList) -> None:
    gone = saved_lists.delete_list(saved.pk, acting_user=request.user)
    messages.success(request, _("“%(list)s” is deleted.") % {"list": gone})
    if gone.user_id == request.user.pk:
        fields = [("name", gone.name), ("query", gone.query), *([("shared", "on")] if gone.shared else [])]
        offer(request, Undo(reverse("desk:story_lists"), fields))


_CHANGES = {
    "up": lambda request, saved: saved_lists.move_list(saved.pk, -1, acting_user=request.user),
    "down": lambda request, saved: saved_lists.move_list(saved.pk, 1, acting_user=request.user),
    "open": lambda request, saved: saved_lists.open_with(saved.pk, acting_user=request.user),
    "delete": _delete,
}


@desk_view
@require_POST
def list_usual(request: DeskRequest) -> HttpResponse:
    """Open with every story again."""
    saved_lists.open_with(None, acting_user=request.user)
    return redirect("desk:story_lists")


@desk_view
@require_POST
def list_columns(request: DeskRequest) -> HttpResponse:
    """Choose the columns; back to the list they were chosen on."""
    form = ColumnsForm(request.POST)
    if form.is_valid():
        saved_lists.choose_columns(form.cleaned_data["columns"], acting_user=request.user)
        messages.success(request, _("Your list shows these columns from now on."))
    else:
        messages.error(request, _("There is no such column."))
    return redirect(address_of_list(request.POST.get("back", "")))


def to_list(number: int | str) -> HttpResponseRedirect:
    """To the list of stories as this tab shows it."""
    return redirect(f"{reverse('desk:stories')}?list={number}")


@desk_view
def story_export(request: DeskRequest, form: str) -> HttpResponseBase:
    """The list as it is filtered, with the columns chosen, as CSV or XLSX: what the person may read, and no more
    than `MOST_ROWS` of it, which the last row then says.
    """
    listing = listing_of(request.user, request.GET)
    if not listing.narrowed.form.is_valid():
        messages.error(request, _("A filter makes no sense: nothing was exported."))
        return redirect(f"{reverse('desk:stories')}?{request.GET.urlencode() or f'list={ALL}'}")
    rows = _Rows(listing)
    name = f"stories-{timezone.localtime():%Y%m%d-%H%M}.{form}"
    response: HttpResponseBase
    if form == "xlsx":
        response = HttpResponse(as_xlsx(rows, listing.columns, rows.ending()), content_type=_XLSX)
    else:
        response = StreamingHttpResponse(as_csv(rows, listing.columns, rows.ending()), content_type=_CSV)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


class _Rows:
    """The stories of an export, read in portions; knows afterwards whether there were more."""

    def __init__(self, listing: Listing) -> None:
        self._stories = listing.stories.order_by(*(f"-{name}" for name in listing.narrowed.newest_by))
        self._had_more = False

    def __iter__(self) -> Iterator[Article]:
        for count, article in enumerate(self._stories[: MOST_ROWS + 1].iterator(chunk_size=500)):
            if count == MOST_ROWS:
                self._had_more = True
                return
            yield article

    def ending(self) -> Iterator[str]:
        """Read after the rows: the line that says that they are not all."""
        if self._had_more:
            yield _("There are more: these are the first %(limit)s.") % {"limit": MOST_ROWS}
