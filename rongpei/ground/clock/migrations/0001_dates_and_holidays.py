import csv
from datetime import date
from pathlib import Path

from django.db import migrations, models

DATA = Path(__file__).parent.parent / "data" / "cn_holidays.csv"


def seed(apps, schema_editor):
    Holiday = apps.get_model("clock", "Holiday")
    with DATA.open(encoding="utf-8") as lines:
        Holiday.objects.bulk_create(
            Holiday(day_on=date.fromisoformat(row["date"]), kind=row["kind"], name=row["name"])
            for row in csv.DictReader(lines)
        )


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [
        migrations.CreateModel(
            name="Holiday",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day_on", models.DateField(unique=True, verbose_name="日期")),
                (
                    "kind",
                    models.CharField(
                        choices=[("off", "放假"), ("work", "调休上班")], max_length=8, verbose_name="类型"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
            ],
        ),
        migrations.CreateModel(
            name="Setting",
            fields=[
                ("id", models.PositiveSmallIntegerField(default=1, primary_key=True, serialize=False)),
                ("anchor_on", models.DateField(verbose_name="示范数据基准日")),
                ("business_on", models.DateField(verbose_name="业务日期")),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("id", 1)), name="clock_one_setting")
                ]
            },
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
