"""Corrections of a withdrawn story, until it is published again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0033_former_addresses_held_against_their_kinds")]
    operations = [
        migrations.AddField(
            model_name="article",
            name="told_corrections",
            field=models.JSONField(
                blank=True, default=list, editable=False, verbose_name="corrections readers were told of"
            ),
        ),
    ]
