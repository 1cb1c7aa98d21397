from django.db import migrations

# int8range instead of plain equality on the page spares the btree_gist extension. Deferrable, so that two
# placements can change places in one transaction. SQLite has no such constraint: there `placing` checks
# under the edition's lock, as it does everywhere.
ADD = """
ALTER TABLE editions_placement ADD CONSTRAINT placements_never_overlap EXCLUDE USING gist (
    int8range(page_id, page_id, '[]') WITH &&,
    int4range("column", "column" + width) WITH &&,
    int4range("row", "row" + height) WITH &&
) DEFERRABLE INITIALLY IMMEDIATE
"""
DROP = "ALTER TABLE editions_placement DROP CONSTRAINT placements_never_overlap"


def on_postgresql(sql):
    def run(_apps, schema_editor):
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(sql)

    return run


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_initial")]
    operations = [migrations.RunPython(on_postgresql(ADD), on_postgresql(DROP))]
