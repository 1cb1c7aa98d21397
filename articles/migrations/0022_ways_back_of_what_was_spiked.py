"""What was spiked before its way back was kept gets it from the audit trail."""

from django.db import migrations

BATCH = 500


def fill(apps, schema_editor):
    Article, AuditEntry = apps.get_model("articles", "Article"), apps.get_model("staff", "AuditEntry")
    without = Article.objects.filter(state="spiked", spiked_from__isnull=True)
    for number in without.values_list("pk", flat=True).iterator(BATCH):
        trail = AuditEntry.objects.filter(target_type="articles.article", target_id=str(number)).order_by("-id")
        spiked = trail.filter(act="story.spike").first()
        if spiked is None:
            continue
        said = {}
        if spiked.data["from"] == "returned":
            # A story that stands as returned since it was revived has no reasons of a return.
            last = trail.filter(act__in=["story.return", "story.revive"], id__lt=spiked.pk).first()
            said = last.data if last is not None and last.act == "story.return" else {}
        way_back = {
            "state": spiked.data["from"],
            "reason": said.get("reason", ""),
            "reasons": said.get("reasons", []),
        }
        Article.objects.filter(pk=number).update(spiked_from=way_back)


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0021_orders_to_hubs"),
        ("staff", "0009_answers_and_duties_taken_back"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
