"""Published stories found by their last change, and by their genre."""

from django.db import migrations, models

from newsroom.migrating import AddIndexMeanwhile


class Migration(migrations.Migration):
    atomic = False

    dependencies = [('articles', '0029_where_stories_stood_when_signed')]
    operations = [
        AddIndexMeanwhile(
            model_name="publishedarticle",
            index=models.Index(fields=["updated_at"], name="published_by_change"),
        ),
        AddIndexMeanwhile(
            model_name="publishedarticle",
            index=models.Index(fields=["genre", "-published_at", "-number"], name="published_by_genre"),
        ),
    ]
