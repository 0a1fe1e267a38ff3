"""Kinds of texts and answers."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class TextKind(models.TextChoices):
    """What a text asks."""

    USER_AGREEMENT = "user_agreement", _("用户服务协议")
    PRIVACY_POLICY = "privacy_policy", _("隐私政策")
    IDENTITY_AGREEMENT = "identity_agreement", _("身份认证协议书")
    INFORMED_CONSENT = "informed_consent", _("知情同意书")


class Answer(models.TextChoices):
    """What was answered; a skip is never a consent."""

    AGREE = "agree", _("同意")
    REFUSE = "refuse", _("拒绝")
    SKIP = "skip", _("跳过")
    WITHDRAW = "withdraw", _("撤回")
