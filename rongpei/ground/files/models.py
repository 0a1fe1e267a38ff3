"""Stored files."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.models import TenantModel


class StoredFile(TenantModel):
    """A file that belongs to an object (`owner_kind`, `owner_id`) of a room above.

    `size` and `sha256` are of the content as it is served. When the blob is deleted, the row and its hash stay.
    """

    storage_name = models.CharField(max_length=64, unique=True)
    original_name = models.CharField(_("文件名"), max_length=200)
    content_type = models.CharField(_("类型"), max_length=100)
    size = models.BigIntegerField(_("大小"))
    sha256 = models.CharField(max_length=64)
    enciphered = models.BooleanField(default=False)
    owner_kind = models.CharField(max_length=60)
    owner_id = models.BigIntegerField()
    uploaded_by = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(_("上传时间"))
    deleted_at = models.DateTimeField(null=True, blank=True)

    audited = True
    personal_fields = ("original_name",)

    class Meta:
        indexes = [models.Index(fields=["tenant", "owner_kind", "owner_id"], name="files_by_owner")]
        constraints = [
            models.CheckConstraint(condition=models.Q(size__gte=0), name="files_size_not_negative"),
            models.CheckConstraint(
                condition=models.Q(storage_name__regex="^[0-9a-f]{64}$"), name="files_random_storage_name"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner_kind}/{self.owner_id}/{self.pk}"
