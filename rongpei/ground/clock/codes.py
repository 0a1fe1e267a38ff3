"""Kinds of exceptional days."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DayKind(models.TextChoices):
    """What the State Council's notice makes of a day."""

    OFF = "off", _("放假")
    WORKED = "work", _("调休上班")
