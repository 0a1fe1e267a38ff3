"""What the case page shows, asked once: the facts, the five stages, the steps, what comes next."""

from rongpei.pipelines.membership.web.caseview.steprow import ACTORS, StepRow
from rongpei.pipelines.membership.web.caseview.view import CaseView

__all__ = ["ACTORS", "CaseView", "StepRow"]
