"""Since when public stories say something else than was published first."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0037_addresses_of_tags_held")]
    operations = [
        migrations.AddField(
            model_name="article",
            name="told_version",
            field=models.IntegerField(editable=False, null=True, verbose_name="version that readers had"),
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
    ]
