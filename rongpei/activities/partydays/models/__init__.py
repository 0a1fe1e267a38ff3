"""Meetings, themes, rules of hours, make-up studies, and what people said."""

from rongpei.activities.partydays.models.hours import HoursRule, MakeUp
from rongpei.activities.partydays.models.meetings import Meeting, Motion
from rongpei.activities.partydays.models.themes import Theme, ThemeReminder
from rongpei.activities.partydays.models.voices import Inquiry, Nomination, Reflection

__all__ = [
    "HoursRule",
    "Inquiry",
    "MakeUp",
    "Meeting",
    "Motion",
    "Nomination",
    "Reflection",
    "Theme",
    "ThemeReminder",
]
