"""SQLite's search index knows where in a text each pair stands, so that a passage is found without reading any text;
and what is said of what was found lies beside the texts.
"""

from django.db import migrations

INDEX = (
    "DROP TABLE articles_publishedsearch_fts",
    # Fed from `articles.search.sqlite`.
    "CREATE VIRTUAL TABLE articles_publishedsearch_fts USING fts5(tokens, content='', columnsize=0, tokenize='ascii')",
    # All that `articles.search.rows` reads: what is found is read from here alone.
    """
CREATE INDEX articles_publishedsearch_narrow ON articles_publishedsearch
    (article_id, number, published_at, section, genre, authors, headline, deck)
""",
)
# As `articles.search.sqlite` makes them of a row.
AS_LETTERS = {code: 0xE000 + code for code in range(128) if not chr(code).isalnum()}
PARTED = "\x1f"


def make(_apps, schema_editor):
    """The index as it is from now on, with nothing in it."""
    if schema_editor.connection.vendor == "sqlite":
        for statement in INDEX:
            schema_editor.execute(statement)


def take_away(_apps, schema_editor):
    """What was there before finds what it did in the same table."""
    if schema_editor.connection.vendor == "sqlite":
        schema_editor.execute("DROP INDEX articles_publishedsearch_narrow")


def fill(apps, schema_editor):
    if schema_editor.connection.vendor != "sqlite":
        return
    rows = apps.get_model("articles", "PublishedSearch").objects.only("plain", "extra").iterator(chunk_size=200)
    with schema_editor.connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO articles_publishedsearch_fts (rowid, tokens) VALUES (%s, %s)",
            ((row.pk, " ".join(tokens_of(row.plain, row.extra))) for row in rows),
        )


def tokens_of(plain, extra):
    pairs = [plain[place : place + 2] for place in range(len(plain) - 1)] or list(plain)
    others = set(plain) | set(filter(None, extra.split(PARTED)))
    return [token.translate(AS_LETTERS) for token in (*pairs, *others)]


class Migration(migrations.Migration):
    dependencies = [("articles", "0039_when_corrected_stories_changed")]
    operations = [migrations.RunPython(make, take_away), migrations.RunPython(fill, migrations.RunPython.noop)]
