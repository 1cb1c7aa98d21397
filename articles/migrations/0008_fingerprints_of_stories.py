"""A fingerprint for every story that was there before fingerprints were kept."""

from django.db import migrations

from articles.text.body import plain_text
from articles.text.fingerprints import fingerprint, shingles

BATCH = 500


def fill(apps, schema_editor):
    Article, Fingerprint = apps.get_model("articles", "Article"), apps.get_model("articles", "Fingerprint")
    rows = []
    for number, html in Article.objects.values_list("pk", "body").iterator(BATCH):
        keys = fingerprint(shingles(plain_text(html)))
        rows += [Fingerprint(article_id=number, key=key) for key in keys]
        if len(rows) > BATCH * 32:
            Fingerprint.objects.bulk_create(rows, ignore_conflicts=True)
            rows = []
    Fingerprint.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    dependencies = [("articles", "0007_proofreading_aid")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
