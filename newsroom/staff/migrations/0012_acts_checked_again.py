from django.db import migrations

from newsroom.migrating import ValidateCheck


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0011_more_acts_and_places_of_notices'),
    ]

    operations = [
        ValidateCheck(model_name='auditentry', name='audit_act_known'),
    ]
