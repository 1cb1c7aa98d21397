"""`{% translate %}` and `{% blocktranslate %}` in Jinja2, as Django's templates have them: `makemessages` collects what
they say by those tags, with contexts and plurals, and knows no others.
"""

from __future__ import annotations

from typing import NoReturn

from django.utils.translation import gettext, ngettext, pgettext
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser
from markupsafe import Markup, escape

_TRANSLATED, _FILLED = (nodes.ImportedName(f"{__name__}.{name}") for name in ("translated", "filled"))


def translated(text: str, context: str | None) -> Markup:
    """The text in the language of the interface; it is ours, and so is its markup."""
    return Markup(pgettext(context, text) if context else gettext(text))  # noqa: S704


def filled(singular: str, plural: str | None, number: int, /, **values: object) -> Markup:
    """A sentence with its values, in the form that `number` asks for where it has a plural."""
    said = ngettext(singular, plural, number) if plural else gettext(singular)
    return Markup(said % {name: escape(value) for name, value in values.items()})  # noqa: S704


class TranslationTags(Extension):
    """`{% translate "…" context "…" %}`, and `{% blocktranslate with a=… b=… count n=… %}… {{ a }} …{% plural %}…
    {% endblocktranslate %}`, in which `with`, `count` and `plural` may be left out.
    """

    tags = {"translate", "blocktranslate"}

    def parse(self, parser: Parser) -> nodes.Node:
        tag = next(parser.stream)
        said = self._translate(parser) if tag.value == "translate" else self._blocktranslate(parser)
        return nodes.Output([said]).set_lineno(tag.lineno)

    def _translate(self, parser: Parser) -> nodes.Expr:
        text = nodes.Const(parser.stream.expect("string").value)
        context = parser.stream.expect("string").value if parser.stream.skip_if("name:context") else None
        return _call(_TRANSLATED, [text, nodes.Const(context)])

    def _blocktranslate(self, parser: Parser) -> nodes.Expr:
        values: dict[str, nodes.Expr] = {}
        number: nodes.Expr = nodes.Const(0)
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
        kept = [nodes.Keyword(name, value) for name, value in values.items()]
        return _call(_FILLED, [nodes.Const(singular), nodes.Const(plural), number], kept)


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


def _call(function: nodes.Expr, values: list[nodes.Expr], named: list[nodes.Keyword] | None = None) -> nodes.Expr:
    return nodes.Call(function, values, named or [], None, None)


def _fail(parser: Parser, why: str) -> NoReturn:
    parser.fail(why)
