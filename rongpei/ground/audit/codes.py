"""Kinds and results of audit events."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """Why a row was written."""

    ACT = "act", _("操作")
    CHANGE = "change", _("数据变更")
    VIEW = "view", _("查看")
    SIGN_IN = "sign_in", _("登录")


class Result(models.TextChoices):
    """What came of it."""

    DONE = "done", _("允许")
    REFUSED = "refused", _("拒绝")
