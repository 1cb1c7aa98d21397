"""Pages that were partly blank before they said so themselves."""

from django.db import migrations
from django.db.models import Exists, OuterRef


def say_so(apps, _schema_editor):
    """Every page that went to press had a PDF: one that has none any more lost it to a withdrawal."""
    pressed = apps.get_model("editions", "Edition").objects.filter(
        pressed_at__isnull=False, date=OuterRef("edition__date"), extra_number=OuterRef("edition__extra_number")
    )
    apps.get_model("editions", "PublishedPage").objects.filter(Exists(pressed), pdf="").update(is_blanked=True)


class Migration(migrations.Migration):
    dependencies = [("editions", "0011_pages_partly_blank")]
    operations = [migrations.RunPython(say_so, migrations.RunPython.noop)]
