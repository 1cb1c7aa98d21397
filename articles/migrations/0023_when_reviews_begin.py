"""When a story's review began, and topics found by their edition.

Of the stories under review when this runs it is known when they came to their step, and when that is due: one that
came later than it was due is of the night of that time.
"""

from django.db import migrations, models
from django.db.models.functions import Coalesce, Least


def fill(apps, schema_editor):
    began = Least("moved_at", Coalesce("due_at", "moved_at"))
    apps.get_model("articles", "Article").objects.filter(step__isnull=False).update(review_began_at=began)


class Migration(migrations.Migration):
    dependencies = [("articles", "0022_ways_back_of_what_was_spiked")]
    operations = [
        migrations.AddIndex(
            model_name="topic",
            index=models.Index(
                condition=models.Q(("edition_day__isnull", False)), fields=["edition_day"], name="topic_by_edition"
            ),
        ),
        migrations.AddField(
            model_name="article",
            name="review_began_at",
            field=models.DateTimeField(editable=False, null=True, verbose_name="under review since"),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
