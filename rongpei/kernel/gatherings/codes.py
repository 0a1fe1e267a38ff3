"""States of gatherings and of attendance."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mode(models.TextChoices):
    """How people come together."""

    ON_SITE = "on_site", _("现场")
    ONLINE = "online", _("线上")
    BOTH = "both", _("线上线下结合")


class State(models.TextChoices):
    """The life of a gathering."""

    PLANNED = "planned", _("计划中")
    CONFIRMED = "confirmed", _("已确认")
    CANCELLED = "cancelled", _("已取消")


class Presence(models.TextChoices):
    """What is known of one person at one gathering."""

    EXPECTED = "expected", _("应到")
    PRESENT = "present", _("实到")
    LEAVE = "leave", _("请假")
    ABSENT = "absent", _("缺席")


class Part(models.TextChoices):
    """In what capacity somebody comes."""

    ATTENDEE = "attendee", _("应参加")
    OBSERVER = "observer", _("列席")
    LECTURER = "lecturer", _("授课")


class Means(models.TextChoices):
    """How a presence was recorded."""

    CODE = "code", _("扫码")
    SPOKEN = "spoken", _("口令")
    TICK = "tick", _("名单勾选")
    LATER = "later", _("补录")
    OFFLINE = "offline", _("离线勾选")
    SELF = "self", _("本人请假")


class Arrival(models.TextChoices):
    """When somebody came and left, by the clock of the server."""

    ON_TIME = "on_time", _("准时")
    LATE = "late", _("迟到")
    LEFT_EARLY = "left_early", _("早退")


class PlaceState(models.TextChoices):
    """What became of a registration."""

    PLACED = "placed", _("已报名")
    WAITING = "waiting", _("候补")
    WITHDRAWN = "withdrawn", _("已取消")
