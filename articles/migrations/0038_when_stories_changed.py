"""Since when public stories say something else than was published first."""

from django.db import migrations, models
from django.db.models import F


def fill(apps, _schema_editor):
    """Of those that were corrected it is known; of others the last publication is, which need not have changed them."""
    stories = apps.get_model("articles", "PublishedArticle").objects.exclude(corrections=[])
    stories.update(changed_at=F("updated_at"))


class Migration(migrations.Migration):
    dependencies = [("articles", "0037_addresses_of_tags_held")]
    operations = [
        migrations.AddField(
            model_name="article",
            name="told_version",
            field=models.PositiveIntegerField(editable=False, null=True, verbose_name="version that readers had"),
        ),
        migrations.AddField(
            model_name="article",
            name="told_changed_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="last changed for readers"),
        ),
        migrations.AddField(
            model_name="publishedarticle",
            name="changed_at",
            field=models.DateTimeField(null=True, verbose_name="changed at"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
