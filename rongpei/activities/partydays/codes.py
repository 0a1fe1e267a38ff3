"""Kinds of meetings and what each asks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingKind(models.TextChoices):
    """主题党日、三会一课 and the others."""

    THEME_DAY = "theme_day", _("主题党日")
    MEMBERS = "members_meeting", _("支部党员大会")
    COMMITTEE = "committee_meeting", _("支部委员会")
    GROUP = "group_meeting", _("党小组会")
    LECTURE = "party_lecture", _("党课")
    LIFE = "organizational_life", _("组织生活会")


LEDGER_ATTENDED = "partydays.attended"
LEDGER_TAUGHT = "partydays.taught"
SOURCE = "partydays.meeting"
