"""Kinds and states of requests."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RequestKind(models.TextChoices):
    """Which right is asked for."""

    CORRECT = "correct", _("更正、补充")
    DELETE = "delete", _("删除")
    EXPLAIN = "explain", _("解释说明")
    TRANSFER = "transfer", _("转给我指定的单位")


ARTICLES = {
    RequestKind.CORRECT: _("《个人信息保护法》第四十六条"),
    RequestKind.DELETE: _("《个人信息保护法》第四十七条"),
    RequestKind.EXPLAIN: _("《个人信息保护法》第四十八条"),
    RequestKind.TRANSFER: _("《个人信息保护法》第四十五条第三款"),
}
# The right to know and decide, consent and its withdrawal, the copy, and the office's duty to take requests and give reasons.
KNOW = _("《个人信息保护法》第四十四条")
WITHDRAW = _("《个人信息保护法》第十五条")
COPY = _("《个人信息保护法》第四十五条")
ANSWERING = _("《个人信息保护法》第五十条")


class RequestState(models.TextChoices):
    """Where it stands."""

    OPEN = "open", _("办理中")
    ANSWERED = "answered", _("已答复")
    WITHDRAWN = "withdrawn", _("已撤回")


class Outcome(models.TextChoices):
    """What was answered."""

    GRANTED = "granted", _("同意")
    PARTLY = "partly", _("部分同意")
    REFUSED = "refused", _("不同意")
