from django.db import migrations

# Every character of the text and every two in a row, and the tokens that the row brings itself. The same as
# `articles.search.tokens.of_text`. COST keeps the planner from reckoning it row by row instead of asking the index.
POSTGRESQL = r"""
CREATE FUNCTION articles_publishedsearch_tokens(plain text, extra text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000 AS $$
    SELECT array_to_tsvector(
        array(SELECT a || b FROM unnest(one, one[2:]) AS pair(a, b) WHERE b IS NOT NULL)
        || one || string_to_array(extra, E'\x1f')
    )
    FROM string_to_array(plain, NULL) AS one
$$;
-- The long columns lie apart, so that what is read of many rows is read from few pages.
ALTER TABLE articles_publishedsearch SET (toast_tuple_target = 128);
ALTER TABLE articles_publishedsearch ALTER COLUMN headline SET STORAGE MAIN;
ALTER TABLE articles_publishedsearch ALTER COLUMN deck SET STORAGE MAIN;
ALTER TABLE articles_publishedsearch ALTER COLUMN authors SET STORAGE MAIN;
-- Without a list of what waits to be sorted in: readers would look through it with every question.
CREATE INDEX articles_publishedsearch_gin ON articles_publishedsearch
    USING gin (articles_publishedsearch_tokens(plain, extra)) WITH (fastupdate = off);
-- Statistics of the tokens would cost a minute at every ANALYZE and no question needs them.
ALTER INDEX articles_publishedsearch_gin ALTER COLUMN 1 SET STATISTICS 0;
"""
POSTGRESQL_BACK = """
DROP INDEX articles_publishedsearch_gin;
DROP FUNCTION articles_publishedsearch_tokens(text, text);
"""
# Fed from `articles.search.sqlite`, which makes tokens of nothing but what this tokenizer keeps together.
SQLITE = (
    """
CREATE VIRTUAL TABLE articles_publishedsearch_fts
    USING fts5(tokens, content='', detail=none, columnsize=0, tokenize='ascii')
""",
    # A table that was emptied as a whole leaves nothing behind in the index.
    """
CREATE TRIGGER articles_publishedsearch_emptied AFTER DELETE ON articles_publishedsearch
WHEN NOT EXISTS (SELECT 1 FROM articles_publishedsearch)
BEGIN
    INSERT INTO articles_publishedsearch_fts (articles_publishedsearch_fts) VALUES ('delete-all');
END
""",
)
SQLITE_BACK = (
    "DROP TRIGGER IF EXISTS articles_publishedsearch_emptied",
    "DROP TABLE articles_publishedsearch_fts",
)


def on(**sql):
    def run(_apps, schema_editor):
        for statement in sql[schema_editor.connection.vendor]:
            schema_editor.execute(statement)

    return run


make = on(postgresql=[POSTGRESQL], sqlite=SQLITE)
take_away = on(postgresql=[POSTGRESQL_BACK], sqlite=SQLITE_BACK)


class Migration(migrations.Migration):
    dependencies = [("articles", "0019_searched_stories")]
    operations = [migrations.RunPython(make, take_away)]
