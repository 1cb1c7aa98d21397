"""Tags for the stories that were published before there were any, a batch a transaction: the door goes on meanwhile."""

from django.db import migrations, transaction
from django.db.models import F
from django.utils import timezone

from articles.models.published_collections import tags_of

BATCH = 500


def fill(apps, schema_editor):
    last, written = 0, 0
    while (batch := _write_batch(apps, above=last)) is not None:
        last, taggings = batch
        written += taggings
    if written:
        frame = apps.get_model("articles", "PublicFrame").objects
        frame.update(generation=F("generation") + 1, changed_at=timezone.now())


def _write_batch(apps, above):
    """Write the tags of the next stories; the id of the last one and how many there were, None where none is left."""
    with transaction.atomic():
        # As the door does, so that no tag goes while it is named here.
        list(apps.get_model("articles", "PublicFrame").objects.select_for_update(no_key=True))
        stories = apps.get_model("articles", "PublishedArticle").objects.filter(pk__gt=above, taggings=None)
        stories = list(stories.only("keywords", "published_at", "number").order_by("pk")[:BATCH])
        if not stories:
            return None
        by_story = {story: tags_of(story.keywords) for story in stories}
        tags = _tags(apps, {slug: name for names in by_story.values() for slug, name in names.items()})
        Tagging = apps.get_model("articles", "PublishedTagging")
        taggings = [
            Tagging(tag_id=tags[slug], article=story, published_at=story.published_at, number=story.number)
            for story, names in by_story.items()
            for slug in names
        ]
        Tagging.objects.bulk_create(taggings)
    return stories[-1].pk, len(taggings)


def _tags(apps, names):
    """The ids of the tags of these addresses, by address; what is not there yet is made."""
    Tag = apps.get_model("articles", "PublishedTag")
    Tag.objects.bulk_create([Tag(slug=slug, name=name) for slug, name in names.items()], ignore_conflicts=True)
    return dict(Tag.objects.filter(slug__in=list(names)).values_list("slug", "pk"))


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("articles", "0027_file_names_of_photos")]

    # Back there is nothing to do: the tags are those of the stories.
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
