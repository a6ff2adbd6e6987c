from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0003_envelopes'),
    ]

    operations = [
        migrations.RemoveField(
            model_name='outgoing',
            name='file',
        ),
    ]
