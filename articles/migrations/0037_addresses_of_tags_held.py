"""The kinds of former addresses held against the rows that were there before."""

from django.db import migrations

from newsroom.migrating import ValidateCheck


class Migration(migrations.Migration):
    dependencies = [("articles", "0036_addresses_of_tags")]
    operations = [ValidateCheck(model_name="formeraddress", name="former_address_kind_known")]
