"""Every story that lies on a page already gets its treatment there, in the order it was placed from the top."""

from django.db import migrations


def treat_what_lies_on_pages(apps, schema_editor):
    placement = apps.get_model("editions", "Placement")
    page_story = apps.get_model("editions", "PageStory")
    pages = {}
    for page, article in placement.objects.order_by("page_id", "row", "column").values_list("page_id", "article_id"):
        stories = pages.setdefault(page, {})
        stories.setdefault(article, len(stories) + 1)
    page_story.objects.bulk_create(
        (
            page_story(page_id=page, article_id=article, order=order, headline_style="third")
            for page, stories in pages.items()
            for article, order in stories.items()
        ),
        batch_size=1000,
    )


class Migration(migrations.Migration):
    dependencies = [("editions", "0004_page_layout")]

    operations = [migrations.RunPython(treat_what_lies_on_pages, migrations.RunPython.noop)]
