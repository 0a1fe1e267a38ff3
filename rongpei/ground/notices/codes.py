"""Kinds of notices, channels, and what became of a delivery."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

# A batch can be taken back this long; messages that leave the house wait for it unless they are urgent.
RECALL_FOR = timedelta(minutes=10)
DELIVER_TASK = "notices.deliver"


class NoticeKind(models.TextChoices):
    """Why somebody is told."""

    NOTICE = "notice", _("通知")
    REMINDER = "reminder", _("提醒")
    RESULT = "result", _("结果")
    APPROVAL = "approval", _("审批")


class Channel(models.TextChoices):
    """Ways out of the house."""

    EMAIL = "email", _("邮件")
    SMS = "sms", _("短信")
    WECOM = "wecom", _("企业微信")


class DeliveryState(models.TextChoices):
    """What became of a batch on one channel."""

    WAITING = "waiting", _("待发送")
    DONE = "done", _("已发送")
    PARTLY = "partly", _("部分未送达")
    FAILED = "failed", _("未送达")
    RECALLED = "recalled", _("已撤回")


FINISHED = frozenset(set(DeliveryState) - {DeliveryState.WAITING})
