"""Applications, what was submitted, credentials, codes by phone, the operator's settings and question forms."""

from rongpei.pipelines.verification.models.applying import Application, Submission
from rongpei.pipelines.verification.models.credential import Credential
from rongpei.pipelines.verification.models.joining import PhoneCode
from rongpei.pipelines.verification.models.keeping import AnswerTemplate, Policy
from rongpei.pipelines.verification.models.questions import QuestionForm

__all__ = ["AnswerTemplate", "Application", "Credential", "PhoneCode", "Policy", "QuestionForm", "Submission"]
