"""The properties of XMP that the IPTC Photo Metadata Standard names, read and written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final
from xml.sax.saxutils import escape, quoteattr

from articles.pictures.facts.said import CaptionData, Found

_NAMESPACES: Final = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpCore": "http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}
_RDF: Final = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_PROPERTIES: Final = {
    "headline": "photoshop:Headline",
    "caption": "dc:description",
    "credit": "photoshop:Credit",
    "source": "photoshop:Source",
    "bylines": "dc:creator",
    "copyright_notice": "dc:rights",
    "usage_terms": "xmpRights:UsageTerms",
    "keywords": "dc:subject",
    "people": "Iptc4xmpExt:PersonInImage",
    "alt": "Iptc4xmpCore:AltTextAccessibility",
    "taken_at": "photoshop:DateCreated",
    "expires_on": "plus:LicenseEndDate",
}
# Where text lies within a property: the containers of RDF, and Pillow's name for an element's text.
_RDF_TEXT: Final = frozenset({"text", *(f"{{{_RDF}}}{name}" for name in ("li", "Alt", "Seq", "Bag"))})


def found_in(tree: Any) -> Found:
    """What Pillow's tree of dicts, lists and strings says, its names with their namespaces."""
    return {name: list(_property_texts(tree, _named(key))) for name, key in _PROPERTIES.items()}


def packet_of(said: CaptionData) -> bytes:
    """An XMP packet that says this and nothing else."""
    names = "".join(f" xmlns:{prefix}={quoteattr(address)}" for prefix, address in _NAMESPACES.items())
    properties = "".join(
        f"<{key}>{_WRITTEN.get(name, _plain)(value)}</{key}>"
        for name, key in _PROPERTIES.items()
        if (value := getattr(said, name))
    )
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        f'<rdf:RDF xmlns:rdf="{_RDF}"><rdf:Description rdf:about=""{names}>{properties}</rdf:Description></rdf:RDF>'
        '</x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def _plain(value: Any) -> str:
    return escape(value if isinstance(value, str) else value.isoformat())


def _alternatives(value: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(value)}</rdf:li></rdf:Alt>'


def _container(kind: str) -> Callable[[tuple[str, ...]], str]:
    return lambda values: f"<rdf:{kind}>{''.join(f'<rdf:li>{escape(v)}</rdf:li>' for v in values)}</rdf:{kind}>"


_WRITTEN: Final[dict[str, Callable[[Any], str]]] = {
    **dict.fromkeys(("caption", "copyright_notice", "usage_terms", "alt"), _alternatives),
    "bylines": _container("Seq"),
    "keywords": _container("Bag"),
    "people": _container("Bag"),
}


def _named(key: str) -> str:
    prefix, name = key.split(":")
    return f"{{{_NAMESPACES[prefix]}}}{name}"


def _property_texts(node: Any, key: str) -> Iterator[str]:
    """The texts of every property `key` in the tree."""
    for child in node if isinstance(node, list) else [node]:
        if isinstance(child, dict):
            yield from _rdf_texts(child.get(key))
            for value in child.values():
                yield from _property_texts(value, key)


def _rdf_texts(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    elif isinstance(node, list):
        for item in node:
            yield from _rdf_texts(item)
    elif isinstance(node, dict):
        yield from _rdf_texts([value for name, value in node.items() if name in _RDF_TEXT])
