"""Pages say themselves that something printed on them is blank, for their PDF comes back without it."""

from django.db import migrations, models
from django.db.models import Exists, OuterRef


def say_so(apps, _schema_editor):
    """Every page that went to press had a PDF: one that has none any more lost it to a withdrawal."""
    pressed = apps.get_model("editions", "Edition").objects.filter(
        pressed_at__isnull=False, date=OuterRef("edition__date"), extra_number=OuterRef("edition__extra_number")
    )
    apps.get_model("editions", "PublishedPage").objects.filter(Exists(pressed), pdf="").update(is_blanked=True)


class Migration(migrations.Migration):
    dependencies = [("editions", "0010_printed_files_held_against_their_kinds")]
    operations = [
        migrations.AddField(
            model_name="publishedpage",
            name="is_blanked",
            field=models.BooleanField(default=False, verbose_name="partly blank"),
        ),
        migrations.RunPython(say_so, migrations.RunPython.noop),
    ]
