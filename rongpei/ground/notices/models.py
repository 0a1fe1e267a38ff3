"""What was said, to whom, and by which ways it left the house."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground.notices.codes import FINISHED, Channel, DeliveryState, NoticeKind
from rongpei.ground.tenancy.models import TenantModel


class Batch(TenantModel):
    """One thing said once, to one or ten thousand readers."""

    kind = models.CharField(_("类型"), max_length=12, choices=NoticeKind)
    title = models.CharField(_("标题"), max_length=120)
    body = models.TextField(_("内容"), blank=True)
    url = models.CharField(max_length=300, blank=True)
    readers = models.PositiveIntegerField(_("人数"))
    sender_id = models.BigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField(_("时间"))
    recalled_at = models.DateTimeField(null=True, blank=True)

    audited = True
    personal_fields = ("title", "body")

    class Meta:
        indexes = [models.Index(fields=["tenant", "sender_id", "-id"], name="notices_by_sender")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Notice(TenantModel):
    """A batch in one reader's inbox. `reader_id` is the person on the floor above."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="notices", db_index=False)
    reader_id = models.BigIntegerField()
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["tenant", "reader_id", "-id"], name="notices_inbox"),
            models.Index(
                fields=["tenant", "reader_id", "-id"], name="notices_unread", condition=models.Q(read_at=None)
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["batch", "reader_id"], name="notices_once_each")]

    def __str__(self) -> str:
        return f"{self.batch_id} → {self.reader_id}"

    @property
    def title(self) -> str:
        """The batch's title."""
        return self.batch.title

    @property
    def body(self) -> str:
        """The batch's text."""
        return self.batch.body

    @property
    def url(self) -> str:
        """Where it leads; an address of this site, or empty."""
        return self.batch.url

    @property
    def kind(self) -> str:
        """Why the reader is told."""
        return self.batch.kind


class Delivery(TenantModel):
    """A batch on one channel. `settled` holds the readers who need no further try, so that a repeat skips them.

    `leased_until` keeps a second worker away while one is sending; a lease outlives no dead worker for long.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="deliveries", db_index=False)
    channel = models.CharField(_("渠道"), max_length=12, choices=Channel)
    state = models.CharField(_("状态"), max_length=12, choices=DeliveryState, default=DeliveryState.WAITING)
    tries = models.PositiveSmallIntegerField(_("次数"), default=0)
    settled = ArrayField(models.BigIntegerField(), default=list)
    reached = models.PositiveIntegerField(_("已送达"), default=0)
    last_problem = models.CharField(_("最近的问题"), max_length=200, blank=True)
    leased_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["batch", "channel"], name="notices_channel_once")]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.channel} {self.state}"

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will be tried."""
        return self.state in FINISHED

    def is_leased(self, now: datetime) -> bool:
        """Whether a worker is sending it at this moment."""
        return self.leased_until is not None and self.leased_until > now
