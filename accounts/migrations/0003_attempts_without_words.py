"""What was kept of failed sign-ins beside name and address goes: it may hold an invitation's token."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("axes", "AccessAttempt").objects.update(get_data="", post_data="")


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_profile"), ("axes", "__first__")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop)]
