"""Cases about somebody, and what was recorded in them."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Field, Held, Keep
from rongpei.ground.personal.articles import RETENTION
from rongpei.kernel.procedures.codes import ASIDE
from rongpei.kernel.procedures.registry import all_registered

FILED = Keep(
    _("办理记录是组织作出决定的依据，依规归档，不能删除；有误用更正记录补正。"),
    RETENTION,
)


def _procedure(code: str) -> str:
    labels = {one.procedure.code: str(one.procedure.label) for one in all_registered()}
    if code.startswith(ASIDE):
        return _("%(procedure)s（导入已撤销）") % {"procedure": labels.get(code.removeprefix(ASIDE), code)}
    return labels.get(code, code)


def _step(code: str) -> str:
    steps = (step for one in all_registered() for step in one.procedure.steps)
    return next((str(step.label) for step in steps if step.code == code), code)


HELD = (
    Held(
        model="procedures.Case", title=_("办理的事项"), purpose=_("按程序办理"), persons=("person",), ends=FILED, sensitive=True,
        fields=(
            Field("procedure", _("程序"), _procedure), Field("unit__name", _("组织")), Field("state", _("状态")),
            Field("opened_on", _("开始")), Field("ended_on", _("结束")),
        ),
    ),
    Held(
        model="procedures.Record", title=_("办理记录"), purpose=_("按程序办理"), persons=("case__person",), ends=FILED,
        sensitive=True, fields=(Field("done_on", _("日期")), Field("kind", _("记录")), Field("step", _("步骤"), _step)),
    ),
    Held(
        model="procedures.Opening", title=_("待办的步骤"), purpose=_("到期提醒"), persons=("person",), ends=FILED,
        fields=(Field("procedure", _("程序"), _procedure), Field("step", _("步骤"), _step), Field("due_on", _("期限"))),
    ),
)  # fmt: skip
