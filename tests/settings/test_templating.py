"""The reading site's templates: each can be drawn, and says what is translated as `makemessages` reads it."""

from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.utils.translation import override
from django.utils.translation.template import templatize
from jinja2 import TemplateSyntaxError, UndefinedError, meta, nodes

FOLDER = Path(settings.BASE_DIR) / "templates" / "reading"
# What views and `around` draw pages with.
GIVEN = set(
    """
article author chapter book described edition form found facets frame front groups headline_in_print instead issues
kinds language month next page pages paper_page photos previous printed printed_differently related request roles root
root_path section special specials stories tag view withdrawn years
""".split()
)


@pytest.fixture
def environment():
    return engines["jinja2"].env


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.*")), ids=lambda path: path.name)
def test_a_template_names_nothing_that_is_not_there(environment, path):
    name = f"reading/{path.relative_to(FOLDER)}"
    environment.get_template(name)
    source, *_where = environment.loader.get_source(environment, name)
    tree = environment.parse(source)
    own = {macro for taken in tree.find_all(nodes.FromImport) for macro in taken.names}
    own |= {name.name for name in tree.find_all(nodes.Name) if name.ctx == "store"}
    assert meta.find_undeclared_variables(tree) <= GIVEN | own | set(environment.globals)


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


def test_a_text_that_does_not_end_is_told(environment):
    with pytest.raises(TemplateSyntaxError):
        environment.from_string("{% blocktranslate %}Page{% endblock %}")
