from django.db import migrations

from newsroom.migrating import ValidateCheck


class Migration(migrations.Migration):

    dependencies = [
        ('staff', '0013_calling_off_and_topics_decided'),
    ]

    operations = [
        ValidateCheck(model_name='auditentry', name='audit_act_known'),
        ValidateCheck(model_name='notice', name='notice_kind_known'),
    ]
