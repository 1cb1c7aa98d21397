"""Addresses for machines that know stories alone; `editions.urls.discovery` puts them under the name `discovery`."""

from django.urls import path

from articles.urls import converters as converters
from articles.views import discovery, search

urlpatterns = [
    path("feeds/all.<feed_format:form>", discovery.feed, name="feed"),
    path("feeds/sections/<slug:slug>.<feed_format:form>", discovery.section_feed, name="section_feed"),
    path("feeds/authors/<slug:slug>.<feed_format:form>", discovery.author_feed, name="author_feed"),
    path("feeds/tags/<str:slug>.<feed_format:form>", discovery.tag_feed, name="tag_feed"),
    path("feeds/specials/<slug:slug>.<feed_format:form>", discovery.special_feed, name="special_feed"),
    path("feeds/search.<feed_format:form>", search.search_feed, name="search_feed"),
    path("robots.txt", discovery.robots_txt, name="robots"),
    path("sitemaps/news.xml", discovery.news_sitemap, name="news_sitemap"),
    path("sitemaps/authors-<number:part>.xml", discovery.author_sitemap, name="author_sitemap"),
    path("sitemaps/tags-<number:part>.xml", discovery.tag_sitemap, name="tag_sitemap"),
    path("sitemaps/stories-<year:year>-<month:month>.xml", discovery.story_sitemap, name="story_sitemap"),
    path(
        "sitemaps/stories-<year:year>-<month:month>-<str:after>.xml", discovery.story_sitemap, name="story_sitemap_from"
    ),
    path("oembed/", discovery.oembed, name="oembed"),
]
