"""Every form of the pack, in the order of the steps."""

from rongpei.pipelines.membership.documents.catalogue import admitting, applying, probation, targets
from rongpei.pipelines.membership.documents.parts import WordForm
from rongpei.pipelines.membership.statutes import MEMBERSHIP

_ORDER = {step.code: index for index, step in enumerate(MEMBERSHIP.steps)}
FORMS: tuple[WordForm, ...] = tuple(
    sorted((*applying.FORMS, *targets.FORMS, *admitting.FORMS, *probation.FORMS), key=lambda one: _ORDER[one.step])
)  # fmt: skip
BY_CODE = {form.code: form for form in FORMS}
NUMBERED = tuple(form for form in FORMS if form.numbering)


def forms_of_stage(stage: str) -> tuple[WordForm, ...]:
    """The forms of one of the five stages."""
    return tuple(form for form in FORMS if MEMBERSHIP.step(form.step).stage == stage)
