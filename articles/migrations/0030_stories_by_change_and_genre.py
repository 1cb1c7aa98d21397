"""Published stories found by their last change, and by their genre."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [('articles', '0029_where_stories_stood_when_signed')]
    operations = [
        migrations.AddIndex(
            model_name="publishedarticle",
            index=models.Index(fields=["updated_at"], name="published_by_change"),
        ),
        migrations.AddIndex(
            model_name="publishedarticle",
            index=models.Index(fields=["genre", "-published_at", "-number"], name="published_by_genre"),
        ),
    ]
