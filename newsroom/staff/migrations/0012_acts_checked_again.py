from django.db import migrations

from newsroom.migrating import ValidateCheck


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0011_an_assignment_due_at_another_time'),
    ]

    operations = [
        ValidateCheck(model_name='auditentry', name='audit_act_known'),
    ]
