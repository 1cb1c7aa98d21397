"""Printed pages in a size for phones."""

from django.db import migrations, models

from newsroom.migrating import AddCheck

KINDS = [
    ("press_pdf", "Press PDF"),
    ("reader_pdf", "Reader's PDF"),
    ("large_webp", "Page image, large, WebP"),
    ("large_png", "Page image, large, PNG"),
    ("mid_webp", "Page image, middle, WebP"),
    ("small_webp", "Page image, small, WebP"),
    ("small_png", "Page image, small, PNG"),
]


class Migration(migrations.Migration):
    dependencies = [("editions", "0008_page_signed_for")]
    operations = [
        migrations.AddField(
            model_name="publishedpage",
            name="image_middle",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="image, middle"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="printedfile",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=10, verbose_name="kind"),
        ),
        migrations.RemoveConstraint(model_name="printedfile", name="printed_file_kind_known"),
        AddCheck(
            model_name="printedfile",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", [kind for kind, _label in KINDS])), name="printed_file_kind_known"
            ),
        ),
    ]
