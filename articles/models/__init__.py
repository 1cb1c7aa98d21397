from articles.models.article import Article, ArticlePhoto, Byline, BylineRole, Genre
from articles.models.contributor import Contributor
from articles.models.photo import Photo, Rendition
from articles.models.presence import StoryPresence
from articles.models.published import (
    PublicFrame,
    PublishedArticle,
    PublishedAuthor,
    PublishedByline,
    PublishedPhoto,
    PublishedSection,
    WithdrawnArticle,
)
from articles.models.remark import Remark, RemarkAnswer, RemarkedField, ReturnReason
from articles.models.revision import Revision, Signature
from articles.models.title import ReviewStep, Section, Title
from articles.models.topic import Assignment, Topic

__all__ = [
    "Article",
    "ArticlePhoto",
    "Assignment",
    "Byline",
    "BylineRole",
    "Contributor",
    "Genre",
    "Photo",
    "PublicFrame",
    "PublishedArticle",
    "PublishedAuthor",
    "PublishedByline",
    "PublishedPhoto",
    "PublishedSection",
    "Remark",
    "RemarkAnswer",
    "RemarkedField",
    "Rendition",
    "ReturnReason",
    "ReviewStep",
    "Revision",
    "Section",
    "Signature",
    "StoryPresence",
    "Title",
    "Topic",
    "WithdrawnArticle",
]
