from editions.models.edition import Edition, EditionState, Page, PagePresence, PageStory, Placement
from editions.models.page_template import PageTemplate
from editions.models.printed import PrintedEdition, PrintedFile, PrintedFileKind, PrintedPage
from editions.models.proof import PageSignatory, PageSignature, Proof, ProofMark, ProofRound, SignatureKind
from editions.models.published import PublishedEdition, PublishedPage, PublishedPlacement, PublishedPrinting

__all__ = [
    "Edition",
    "EditionState",
    "Page",
    "PagePresence",
    "PageSignatory",
    "PageSignature",
    "PageStory",
    "PageTemplate",
    "Placement",
    "PrintedEdition",
    "PrintedFile",
    "PrintedFileKind",
    "PrintedPage",
    "Proof",
    "ProofMark",
    "ProofRound",
    "PublishedEdition",
    "PublishedPage",
    "PublishedPlacement",
    "PublishedPrinting",
    "SignatureKind",
]
