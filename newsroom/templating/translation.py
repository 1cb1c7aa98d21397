"""`{% translate %}` and `{% blocktranslate %}` in Jinja2, as Django's templates have them: `makemessages` collects what
they say by those tags, with contexts and plurals, and knows no others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NoReturn

from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup, escape

_COUNTED = nodes.ImportedName(f"{__name__}.counted")
_VALUE = re.compile(r"%(?:\((\w+)\)s|%)")


def counted(singular: str, plural: str, number: int, /, **values: object) -> Markup:
    """A sentence with its values, in the form that `number` asks for; it is ours, and so is its markup."""
    said = ngettext(singular, plural, number)
    return Markup(said % {name: escape(value) for name, value in values.items()})  # noqa: S704


class TranslationTags(Extension):
    """`{% translate "…" context "…" %}`, and `{% blocktranslate with a=… b=… count n=… %}… {{ a }} …{% plural %}…
    {% endblocktranslate %}`, in which `with`, `count` and `plural` may be left out.

    What is said is looked up when the template is compiled, in the `language` of its environment; only what depends on
    a number waits until the page is drawn.
    """

    tags = {"translate", "blocktranslate"}

    def parse(self, parser: Parser) -> nodes.Node:
        tag = next(parser.stream)
        said = self._translate(parser) if tag.value == "translate" else self._blocktranslate(parser)
        return nodes.Output(said).set_lineno(tag.lineno)

    def _translate(self, parser: Parser) -> list[nodes.Expr]:
        text = parser.stream.expect("string").value
        context = parser.stream.expect("string").value if parser.stream.skip_if("name:context") else None
        with self._spoken():
            return [nodes.TemplateData(pgettext(context, text) if context else gettext(text))]

    def _spoken(self) -> translation.override:
        return translation.override(self.environment.language)  # type: ignore[attr-defined]

    def _blocktranslate(self, parser: Parser) -> list[nodes.Expr]:
        values: dict[str, nodes.Expr] = {}
        number: nodes.Expr | None = None
        if parser.stream.skip_if("name:with"):
            while parser.stream.current.test("name") and not parser.stream.current.test("name:count"):
                values.update([_assignment(parser)])
        if parser.stream.skip_if("name:count"):
            name, number = _assignment(parser)
            values[name] = number
        parser.stream.expect("block_end")
        singular, end = _sentence(parser, values)
        plural = None
        if end == "plural":
            parser.stream.expect("block_end")
            plural, end = _sentence(parser, values)
        if end != "endblocktranslate":
            _fail(parser, f"{end} in a text to be translated")
        if plural is not None and number is not None:
            kept = [nodes.Keyword(name, value) for name, value in values.items()]
            return [nodes.Call(_COUNTED, [nodes.Const(singular), nodes.Const(plural), number], kept, None, None)]
        with self._spoken():
            return list(_parts(gettext(singular), values))


def _parts(said: str, values: Mapping[str, nodes.Expr]) -> Iterator[nodes.Expr]:
    """A sentence as what is ours in it and its values, in order."""
    end = 0
    for found in _VALUE.finditer(said):
        yield nodes.TemplateData(said[end : found.start()])
        yield values[found[1]] if found[1] else nodes.TemplateData("%")
        end = found.end()
    yield nodes.TemplateData(said[end:])


def _assignment(parser: Parser) -> tuple[str, nodes.Expr]:
    name = parser.stream.expect("name").value
    parser.stream.expect("assign")
    return name, parser.parse_expression()


def _sentence(parser: Parser, values: dict[str, nodes.Expr]) -> tuple[str, str]:
    """The text up to the next tag, and that tag's name; what it shows of the page joins `values`."""
    said = []
    while True:
        token = next(parser.stream)
        if token.type == "data":
            said.append(token.value.replace("%", "%%"))
        elif token.type == "variable_begin":
            name = parser.stream.expect("name").value
            parser.stream.expect("variable_end")
            values.setdefault(name, nodes.Name(name, "load"))
            said.append(f"%({name})s")
        elif token.type == "block_begin":
            return "".join(said), parser.stream.expect("name").value
        else:
            _fail(parser, "a text to be translated that does not end")


def _fail(parser: Parser, why: str) -> NoReturn:
    parser.fail(why)
