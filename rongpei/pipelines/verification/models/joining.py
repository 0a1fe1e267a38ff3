"""Codes sent to telephones."""

from django.db import models

from rongpei.ground.tenancy.models import TenantModel


class PhoneCode(TenantModel):
    """A one-time code: only keyed digests of the number, the place it was asked from and the code are kept."""

    phone_index = models.CharField(max_length=32)
    place_index = models.CharField(max_length=32)
    code_hash = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["phone_index", "-sent_at"], name="verification_code_phone"),
            models.Index(fields=["place_index", "-sent_at"], name="verification_code_place"),
            models.Index(fields=["expires_at"], name="verification_code_old"),
        ]

    def __str__(self) -> str:
        return f"{self.phone_index[:8]} {self.sent_at}"
