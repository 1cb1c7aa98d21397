"""Every address for machines, under the name `discovery`: feeds, sitemaps, robots.txt, cards, oEmbed."""

from django.urls import include, path

from articles.urls import converters as converters
from editions.urls import reading as reading
from editions.views import discovery

app_name = "discovery"
urlpatterns = [
    path("feeds/editions/<edition:key>.<feed_format:form>", discovery.edition_feed, name="edition_feed"),
    path("feeds/pages/<number:order>.<feed_format:form>", discovery.page_feed, name="page_feed"),
    path("paper/<edition:key>.epub", discovery.edition_book, name="edition_book"),
    path("sitemap.xml", discovery.sitemap, name="sitemap"),
    path("sitemaps/site.xml", discovery.site_sitemap, name="site_sitemap"),
    path("sitemaps/editions-<year:year>.xml", discovery.edition_sitemap, name="edition_sitemap"),
    path("cards/nameplate.png", discovery.nameplate, name="nameplate_card"),
    path("cards/<number:number>.png", discovery.card, name="card"),
    path("", include("articles.urls.discovery")),
]
