"""Codes of cases and their records."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """The life of a case."""

    OPEN = "open", _("进行中")
    SUSPENDED = "suspended", _("已中止")
    ENDED = "ended", _("已结束")


class RecordKind(models.TextChoices):
    """What a record says."""

    OPENED = "opened", _("立案")
    DONE = "done", _("办理")
    TOLD = "told", _("据台账补录")
    RETURNED = "returned", _("退回")
    CORRECTED = "corrected", _("更正")
    SUSPENDED = "suspended", _("中止")
    RESUMED = "resumed", _("恢复")
    TRANSFERRED = "transferred", _("转接")
    ENDED = "ended", _("结束")
    REOPENED = "reopened", _("重新办理")


# A step that no rule dates is still somebody's work: this many days after it opens, by the house's own practice.
CUSTOM_DAYS = 30
# A case whose import was taken back is kept under its procedure's code with this before it: nobody's lists find it.
ASIDE = "-"
UNDONE = "undone"
REMIND_DAYS = 7
ESCALATE_DAYS = 7
