from articles.models.article import Article, ArticlePhoto, Byline, BylineRole, Genre
from articles.models.contributor import Contributor
from articles.models.moved import AddressKind, FormerAddress, MovedAddress
from articles.models.photo import Photo, Rendition, ScreenRendition
from articles.models.presence import StoryPresence
from articles.models.proofreading import AcceptedFinding, Fingerprint, HouseWord, ProofreadingSwitch
from articles.models.published import (
    PublicFrame,
    PublishedArticle,
    PublishedAuthor,
    PublishedByline,
    PublishedPhoto,
    PublishedSection,
    WithdrawnArticle,
)
from articles.models.published_collections import (
    PublishedSpecial,
    PublishedSpecialStory,
    PublishedTag,
    PublishedTagging,
)
from articles.models.published_search import PublishedSearch, PublishedSearchChange
from articles.models.purge import Purge
from articles.models.readership import CountedReads, ReadCount
from articles.models.remark import Remark, RemarkAnswer, RemarkedField, ReturnReason
from articles.models.revision import Revision, Signature
from articles.models.saved_list import ListChoice, SavedList
from articles.models.special import Special, SpecialStory
from articles.models.title import ReviewStep, Section, Title
from articles.models.topic import Assignment, Topic

__all__ = [
    "AcceptedFinding",
    "AddressKind",
    "Article",
    "ArticlePhoto",
    "Assignment",
    "Byline",
    "BylineRole",
    "Contributor",
    "CountedReads",
    "Fingerprint",
    "FormerAddress",
    "Genre",
    "HouseWord",
    "ListChoice",
    "MovedAddress",
    "Photo",
    "ProofreadingSwitch",
    "PublicFrame",
    "PublishedArticle",
    "PublishedAuthor",
    "PublishedByline",
    "PublishedPhoto",
    "PublishedSearch",
    "PublishedSearchChange",
    "PublishedSection",
    "PublishedSpecial",
    "PublishedSpecialStory",
    "PublishedTag",
    "PublishedTagging",
    "Purge",
    "ReadCount",
    "Remark",
    "RemarkAnswer",
    "RemarkedField",
    "Rendition",
    "ReturnReason",
    "ReviewStep",
    "Revision",
    "SavedList",
    "ScreenRendition",
    "Section",
    "Signature",
    "Special",
    "SpecialStory",
    "StoryPresence",
    "Title",
    "Topic",
    "WithdrawnArticle",
]
