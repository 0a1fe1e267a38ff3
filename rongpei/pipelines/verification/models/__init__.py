"""Applications, what was submitted, credentials codes by phone, the operator's settings."""

from rongpei.pipelines.verification.models.applying import Application, Submission
from rongpei.pipelines.verification.models.credential import Credential
from rongpei.pipelines.verification.models.joining import PhoneCode
from rongpei.pipelines.verification.models.keeping import AnswerTemplate, Policy

__all__ = ["AnswerTemplate", "Application", "Credential", "PhoneCode", "Policy", "Submission"]
