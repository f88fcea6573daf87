
import accounts.names
import django.contrib.auth.validators
import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0003_attempts_without_words'),
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        migrations.AlterField(
            model_name='user',
            name='contrast',
            field=models.CharField(blank=True, choices=[('', 'Same as system'), ('normal', 'Normal'), ('more', 'High')], default='', max_length=8),
        ),
        migrations.AlterField(
            model_name='user',
            name='display_name',
            field=models.CharField(blank=True, help_text='The name that others see. Leave empty to use your user name.', max_length=40, validators=[accounts.names.validate_name]),
        ),
        migrations.AlterField(
            model_name='user',
            name='theme',
            field=models.CharField(blank=True, choices=[('', 'Same as system'), ('dark', 'Dark'), ('light', 'Light')], default='', max_length=8),
        ),
        migrations.AlterField(
            model_name='user',
            name='username',
            field=models.CharField(error_messages={'unique': 'Somebody here already has this name. Choose another one.'}, help_text='Up to 40 letters, digits and @ . + - _, no spaces. You can choose a display name later.', max_length=40, unique=True, validators=[django.contrib.auth.validators.UnicodeUsernameValidator(), accounts.names.validate_name], verbose_name='user name'),
        ),
        migrations.AlterConstraint(
            model_name='user',
            name='username_unique_whatever_the_case',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('username'), name='username_unique_whatever_the_case', violation_error_message='Somebody here already has this name. Choose another one.'),
        ),
    ]
