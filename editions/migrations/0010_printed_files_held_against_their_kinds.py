"""The kinds of printed files held against the rows that were there before."""

from django.db import migrations

from newsroom.migrating import ValidateCheck


class Migration(migrations.Migration):
    dependencies = [("editions", "0009_pages_in_a_middle_size")]
    operations = [ValidateCheck(model_name="printedfile", name="printed_file_kind_known")]
