"""A work's hours are those of its episodes; a number of its own could only disagree with them."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("culture", "0001_programmes_works_health_weeks")]
    operations = [migrations.RemoveField("work", "class_hours")]
