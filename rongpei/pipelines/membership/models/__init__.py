"""What belongs to membership alone; the case itself is the kernel's."""

from rongpei.pipelines.membership.models.desk import (
    Application,
    Contact,
    ContactTalk,
    RelationLetter,
    ReviewMaterial,
    YearPlan,
)
from rongpei.pipelines.membership.models.documents import (
    AdmissionBook,
    FormTemplate,
    IssuedDocument,
    OfficeDetails,
    Series,
)
from rongpei.pipelines.membership.models.imports import (
    ImportedCase,
    RegisterImport,
    RegisterProgress,
)
from rongpei.pipelines.membership.models.meeting import Candidate, MeetingKit
from rongpei.pipelines.membership.models.rules import Helper, SpecialRule, ThoughtReport

__all__ = [
    "AdmissionBook",
    "Application",
    "Candidate",
    "Contact",
    "ContactTalk",
    "FormTemplate",
    "Helper",
    "ImportedCase",
    "IssuedDocument",
    "MeetingKit",
    "OfficeDetails",
    "RegisterImport",
    "RegisterProgress",
    "RelationLetter",
    "ReviewMaterial",
    "Series",
    "SpecialRule",
    "ThoughtReport",
    "YearPlan",
]
