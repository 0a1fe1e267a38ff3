import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("tenancy", "0001_tenants"),
    ]

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("storage_name", models.CharField(max_length=64, unique=True)),
                ("original_name", models.CharField(max_length=200, verbose_name="文件名")),
                ("content_type", models.CharField(max_length=100, verbose_name="类型")),
                ("size", models.BigIntegerField(verbose_name="大小")),
                ("sha256", models.CharField(max_length=64)),
                ("enciphered", models.BooleanField(default=False)),
                ("owner_kind", models.CharField(max_length=60)),
                ("owner_id", models.BigIntegerField()),
                ("uploaded_by", models.BigIntegerField(blank=True, null=True)),
                ("created_at", models.DateTimeField(verbose_name="上传时间")),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "tenant",
                    models.ForeignKey(
                        db_constraint=False,
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="tenancy.tenant",
                        verbose_name="所属单位",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["tenant", "owner_kind", "owner_id"], name="files_by_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 0)), name="files_size_not_negative"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("storage_name__regex", "^[0-9a-f]{64}$")),
                        name="files_random_storage_name",
                    ),
                ],
            },
        ),
    ]
