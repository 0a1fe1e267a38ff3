"""What belongs to membership alone; the case itself is the kernel's."""

from rongpei.pipelines.membership.models.desk import (
    Application,
    Contact,
    ContactTalk,
    RelationLetter,
    ReviewMaterial,
    YearPlan,
)
from rongpei.pipelines.membership.models.meeting import Candidate, MeetingKit
from rongpei.pipelines.membership.models.rules import Helper, SpecialRule, ThoughtReport

__all__ = [
    "Application",
    "Candidate",
    "Contact",
    "ContactTalk",
    "Helper",
    "MeetingKit",
    "RelationLetter",
    "ReviewMaterial",
    "SpecialRule",
    "ThoughtReport",
    "YearPlan",
]
