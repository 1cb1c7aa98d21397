"""Pages say themselves that something printed on them is blank, for their PDF comes back without it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("editions", "0010_printed_files_held_against_their_kinds")]
    operations = [
        migrations.AddField(
            model_name="publishedpage",
            name="is_blanked",
            field=models.BooleanField(db_default=False, default=False, verbose_name="partly blank"),
        ),
    ]
