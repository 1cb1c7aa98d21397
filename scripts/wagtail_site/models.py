"""The pages: home, sections, and in each section its stories."""

from __future__ import annotations

from collections import defaultdict

from django.core.paginator import Paginator
from django.db import models
from wagtail.fields import RichTextField
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index
from wagtail.snippets.models import register_snippet

LIST_SIZE, STORIES_A_SECTION, LATEST_STORIES, LEADING = 30, 4, 10, 11


@register_snippet
class Author(models.Model):
    name = models.CharField(max_length=60)

    def __str__(self):
        return self.name


class HomePage(Page):
    subpage_types = ["wagtail_site.SectionPage"]

    def get_context(self, request, *args, **kwargs):
        newest = list(StoryPage.listed()[: LEADING + LATEST_STORIES])
        told = {"leading": newest[:LEADING], "latest": newest[LEADING:], "blocks": _blocks()}
        return {**super().get_context(request, *args, **kwargs), **told}


def _blocks():
    """The sections, each with its newest stories: these from two queries, which are quicker than one a section."""
    sections = list(SectionPage.objects.live())
    newest = [section.stories().values("pk")[:STORIES_A_SECTION] for section in sections]
    found = StoryPage.listed().filter(pk__in=[row["pk"] for row in newest[0].union(*newest[1:], all=True)])
    of_section = defaultdict(list)
    for story in found:
        of_section[story.path[: -StoryPage.steplen]].append(story)
    return [(section, of_section[section.path]) for section in sections]


class SectionPage(Page):
    subpage_types = ["wagtail_site.StoryPage"]

    def stories(self):
        return StoryPage.listed().child_of(self)

    def get_context(self, request, *args, **kwargs):
        stories = Paginator(self.stories(), LIST_SIZE).get_page(request.GET.get("page"))
        return {**super().get_context(request, *args, **kwargs), "stories": stories}


class StoryPage(Page):
    subhead = models.CharField(max_length=200, blank=True)
    intro = models.TextField(blank=True)
    body = RichTextField()
    date = models.DateTimeField(db_index=True)
    author = models.ForeignKey(Author, on_delete=models.PROTECT, related_name="+")
    photo = models.ForeignKey(
        get_image_model_string(), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    caption = models.CharField(max_length=200, blank=True)

    parent_page_types = ["wagtail_site.SectionPage"]
    search_fields = [*Page.search_fields, index.SearchField("subhead"), index.SearchField("body")]

    @classmethod
    def listed(cls):
        """The public stories, newest first, with what lists show of them."""
        return cls.objects.live().order_by("-date").select_related("author", "photo")
