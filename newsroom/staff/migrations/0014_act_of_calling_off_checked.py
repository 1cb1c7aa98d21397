from django.db import migrations

from newsroom.migrating import ValidateCheck


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0013_act_of_calling_off'),
    ]

    operations = [
        ValidateCheck(model_name='auditentry', name='audit_act_known'),
    ]
