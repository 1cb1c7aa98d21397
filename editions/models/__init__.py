from editions.models.edition import Edition, EditionState, Page, Placement
from editions.models.page_template import PageTemplate
from editions.models.published import PublishedEdition, PublishedPage, PublishedPlacement

__all__ = [
    "Edition",
    "EditionState",
    "Page",
    "PageTemplate",
    "Placement",
    "PublishedEdition",
    "PublishedPage",
    "PublishedPlacement",
]
