"""What the foot of every public page says of the paper."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0034_corrections_readers_were_told_of")]
    operations = [
        migrations.AddField(
            model_name="publicframe",
            name="reprint_terms",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="terms for reprints"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publicframe",
            name="reprint_terms_en",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="terms for reprints in English"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publicframe",
            name="contact",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="contact"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publicframe",
            name="contact_en",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="contact in English"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publicframe",
            name="icp_filing",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="ICP filing number"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="publicframe",
            name="news_licence",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="internet news licence number"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="title",
            name="reprint_terms",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="terms for reprints"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="title",
            name="reprint_terms_en",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="terms for reprints in English"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="title",
            name="contact",
            field=models.CharField(blank=True, default="", max_length=200, verbose_name="contact"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="title",
            name="contact_en",
            field=models.CharField(blank=True, default="", max_length=300, verbose_name="contact in English"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="title",
            name="icp_filing",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="ICP filing number"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="title",
            name="news_licence",
            field=models.CharField(blank=True, default="", max_length=60, verbose_name="internet news licence number"),
            preserve_default=False,
        ),
    ]
