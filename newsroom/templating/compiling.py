"""How the reading site's templates are compiled: what Jinja2 finds out at every call, and is the same in all templates
here, is settled once.

A page asks a thousand attributes and calls two hundred macros and functions. Jinja2 looks at each whether it wants to
be told of the context, and wraps each value several times; that took longer than what was called.
"""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from jinja2 import Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]

# Used here are insides of Jinja2's code generator and macros, and how MarkupSafe escapes a string: with other versions
# they have to be read again.
WRITTEN_FOR = {"jinja2": (3, 1), "markupsafe": (3, 0)}


def shown(value: Any) -> str:
    """The value as it stands in a page: escaped, unless it is markup."""
    kind = type(value)
    if kind is str:
        return _escape_inner(value)
    return value if kind in _MARKUP else escape(value)


def call(called: Any, *args: Any, **kwargs: Any) -> Any:
    """What a function gives, or a macro as markup. Raises TypeError where a macro is given what it does not name."""
    if type(called) is not Macro:
        return called(*args, **kwargs)
    rest = [kwargs.pop(name, missing) for name in called.arguments[len(args) :]]
    if kwargs:
        raise TypeError(f"{called.name} takes no {', '.join(kwargs)}")
    return Markup(called._func(*args, *rest))  # noqa: S704 (a template escapes what it shows)


_MARKUP = frozenset({Markup, SafeString})


class Compiler(CodeGenerator):
    """Functions are called as they are: none of them wants to be told of the context."""

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        self.write("environment.call(")
        self.visit(node.node, frame)
        self.signature(node, frame, {"caller": "caller"} if forward_caller else None)
        self.write(")")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write("environment.shown(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


class CompiledTemplate(Template):
    """A template whose macros know the environment's names and no others, whoever takes them."""

    def _get_default_module(self, ctx: Context | None = None) -> Any:
        return super()._get_default_module()
