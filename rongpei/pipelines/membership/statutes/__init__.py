"""《中国共产党发展党员工作细则》 as a declaration: one module for each run of steps."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from rongpei.kernel.procedures.declaring import Edition, Procedure, Stage
from rongpei.pipelines.membership.statutes import (
    admission,
    beginnings,
    cultivation,
    events,
    probation,
    targets,
)
from rongpei.pipelines.membership.statutes.articles import NEW, OLD

SWITCH = date(2026, 5, 11)

MEMBERSHIP = Procedure(
    code="membership",
    label=_("发展党员"),
    editions=(
        Edition(OLD, _("2014年《细则》")),
        Edition(NEW, _("2026年《细则》"), starts_on=SWITCH),
    ),
    stages=(
        Stage("application", _("申请入党")),
        Stage("activist", _("入党积极分子的确定和培养教育")),
        Stage("development_target", _("发展对象的确定和考察")),
        Stage("admission", _("预备党员的接收")),
        Stage("probation", _("预备党员的教育考察和转正")),
    ),
    steps=(
        *beginnings.STEPS,
        *cultivation.STEPS,
        *targets.STEPS,
        *admission.STEPS,
        *probation.STEPS,
        *events.STEPS,
    ),
)
