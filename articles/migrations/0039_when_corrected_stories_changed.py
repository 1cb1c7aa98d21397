"""Of stories that were corrected before it was kept when they changed, it was then; a batch a transaction: the door goes
on meanwhile. Of others it is not known.
"""

import datetime

from django.db import migrations, transaction

BATCH = 500


def fill(apps, _schema_editor):
    _fill(apps.get_model("articles", "PublishedArticle"), "corrections", "changed_at")
    # What was withdrawn comes back with them.
    _fill(apps.get_model("articles", "Article"), "told_corrections", "told_changed_at")


def _fill(model, corrections, moment):
    last = 0
    while last is not None:
        last = _fill_batch(model.objects.filter(**{moment: None}).exclude(**{corrections: []}), corrections, moment, last)


def _fill_batch(stories, corrections, moment, above):
    """Fill the next stories; the id of the last one, None where none is left."""
    with transaction.atomic():
        stories = list(
            stories.filter(pk__gt=above).select_for_update(no_key=True).only(corrections).order_by("pk")[:BATCH]
        )
        for story in stories:
            corrected = getattr(story, corrections)[-1]["at"]
            setattr(story, moment, datetime.datetime.fromisoformat(corrected))
            story.save(update_fields=[moment])
    return stories[-1].pk if stories else None


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0038_when_stories_changed")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
