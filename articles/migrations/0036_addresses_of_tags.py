"""Keywords keep the addresses that readers knew."""

from django.db import migrations, models

from newsroom.migrating import AddCheck


class Migration(migrations.Migration):
    dependencies = [("articles", "0035_imprint")]
    operations = [
        migrations.RemoveConstraint(model_name="formeraddress", name="former_address_kind_known"),
        migrations.AlterField(
            model_name="formeraddress",
            name="kind",
            field=models.CharField(
                choices=[("section", "section"), ("author", "author"), ("special", "special"), ("tag", "keyword")],
                max_length=10,
                verbose_name="kind",
            ),
        ),
        AddCheck(
            model_name="formeraddress",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["section", "author", "special", "tag"])),
                name="former_address_kind_known",
            ),
        ),
    ]
