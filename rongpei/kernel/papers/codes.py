"""Kinds of questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionKind(models.TextChoices):
    """How a question is answered."""

    SINGLE = "single", _("单选")
    MULTIPLE = "multiple", _("多选")
    SCALE = "scale", _("打分")
    NUMBER = "number", _("数字")
    DATE = "date", _("日期")
    TEXT = "text", _("填空")


# A scale runs from 1 to this.
SCALE_TOP = 5
# Results of a paper without names are shown from so many answers on, so that nobody is recognised.
FEWEST_SHOWN = 5
