"""The reading site's templates: each can be drawn, and says what is translated as `makemessages` reads it."""

import ast
import re
from importlib.metadata import version
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.utils.safestring import mark_safe
from django.utils.translation import override
from django.utils.translation.template import templatize
from jinja2 import TemplateSyntaxError, UndefinedError, meta, nodes
from markupsafe import Markup, escape

from newsroom.templating import compiling
from newsroom.templating.compiling import WRITTEN_FOR

FOLDER = Path(settings.BASE_DIR) / "templates" / "reading"
# What views and `around` draw pages with.
GIVEN = set(
    """
absolute article author beside chapter book day_without described edition form found facets frame front groups
headline_in_print in_languages instead is_no_day issues kinds language month newest next own page pages paper_page
photos previous printed printed_differently related request roles root root_path section special specials stories tag
view withdrawn years
""".split()
)


@pytest.fixture
def environment():
    return engines["jinja2"].env.here


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.*")), ids=lambda path: path.name)
def test_a_template_names_nothing_that_is_not_there(environment, path):
    name = f"reading/{path.relative_to(FOLDER)}"
    environment.get_template(name)
    source, *_where = environment.loader.get_source(environment, name)
    tree = environment.parse(source)
    own = {macro for taken in tree.find_all(nodes.FromImport) for macro in taken.names}
    own |= {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    assert meta.find_undeclared_variables(tree) <= GIVEN | own | set(environment.globals)


def test_makemessages_reads_every_template_that_says_something():
    """Unasked it opens no others, and what it has not seen is said in English everywhere."""
    translated = re.compile(r"{%-?\s*(?:block)?translate\b")
    saying = {path for path in FOLDER.rglob("*.*") if translated.search(path.read_text(encoding="utf-8"))}
    assert saying
    assert {path.name for path in saying if path.suffix not in {".html", ".txt"}} == set()


def test_nothing_missing_is_drawn_as_an_empty_place(environment):
    with pytest.raises(UndefinedError):
        environment.from_string("{{ article.headlin }}").render(article={})


def test_what_is_shown_is_escaped(environment):
    assert environment.from_string("{{ words }}").render(words='<a href="">') == "&lt;a href=&#34;&#34;&gt;"


@pytest.mark.parametrize(
    ("source", "collected", "shown"),
    [
        ('{% translate "Front page" %}', "gettext(u'Front page')", "首页"),
        ('{% translate "Search" context "the whole paper" %}', "pgettext(u'the whole paper', u'Search')", "搜索"),
        (
            "{% blocktranslate with label=page.label %}Page {{ label }}{% endblocktranslate %}",
            "Page %(label)s",
            "第A&lt;1版",
        ),
        (
            "{% blocktranslate count number=pages %}{{ number }} page{% plural %}{{ number }} pages"
            "{% endblocktranslate %}",
            "%(number)s pages",
            "今日8版",
        ),
    ],
)
def test_what_is_collected_is_what_is_shown(environment, source, collected, shown):
    assert collected in templatize(source)
    with override("zh-hans"):
        drawn = environment.from_string(source).render(page={"label": "A<1"}, pages=8)
    assert drawn.replace(" ", "") == shown


def test_a_template_speaks_the_language_of_the_interface_whichever_was_asked_first():
    environments = engines["jinja2"].env
    for language, shown in (("zh-hans", "首页"), ("en", "Front page"), ("zh-hant", "首页"), ("zh-hans", "首页")):
        with override(language):
            assert environments.from_string('{% translate "Front page" %}').render() == shown
            text = environments.get_template("reading/400.html").render()
            assert ("To the front page" in text) == (language == "en")


def test_what_is_said_with_a_value_is_escaped_and_a_per_cent_sign_is_one(environment):
    source = "{% blocktranslate with rate=rate %}100% of {{ rate }}, {{ other }}{% endblocktranslate %}"
    assert environment.from_string(source).render(rate="<1", other="<2") == "100% of &lt;1, &lt;2"


def test_functions_and_macros_are_called_with_what_they_are_given(environment):
    pair = "{% macro pair(a, b='<') %}{{ a }}{{ b }}{% endmacro %}"
    page = environment.from_string(pair + "{{ pair('&') }}{{ pair(1, b=2) }}{{ joined(3, c='>') }}")
    assert page.render(joined="{}{c}".format) == "&amp;&lt;123&gt;"
    for wrongly in ("pair(1, c=2)", "pair(1, 2, 3)"):
        with pytest.raises(TypeError):
            environment.from_string(pair + "{{ " + wrongly + " }}").render()


def test_it_was_written_for_what_is_installed():
    installed = {name: tuple(map(int, version(name).split(".")[:2])) for name in WRITTEN_FOR}
    assert installed == WRITTEN_FOR, "read what newsroom.templating.compiling uses of them, then raise WRITTEN_FOR"


def test_all_whose_insides_are_used_are_held():
    """Names that begin with an underscore or that no documentation promises."""
    source = Path(compiling.__file__).read_text(encoding="utf-8")
    used = {node.module for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and node.module}
    assert {module.partition(".")[0] for module in used} & {"jinja2", "markupsafe"} == set(WRITTEN_FOR)


@pytest.mark.parametrize("value", ["", "夜市", "<b> & \"x\" 'y'", Markup("<b>"), mark_safe("<i>"), 7, None])
def test_a_value_stands_in_a_page_as_jinja_would_write_it(value):
    assert compiling.shown(value) == escape(value)


def test_a_text_that_does_not_end_is_told(environment):
    with pytest.raises(TemplateSyntaxError):
        environment.from_string("{% blocktranslate %}Page{% endblock %}")
