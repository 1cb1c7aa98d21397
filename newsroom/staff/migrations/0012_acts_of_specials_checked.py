from django.db import migrations

from newsroom.migrating import ValidateCheck


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0011_acts_of_specials'),
    ]

    operations = [
        ValidateCheck(model_name='auditentry', name='audit_act_known'),
    ]
