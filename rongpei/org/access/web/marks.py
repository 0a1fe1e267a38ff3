"""How a period's state is said in one word."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.ui.marks import Status
from rongpei.org.access.queries import COMING, CURRENT, ENDED

STATES = ((CURRENT, _("有效")), (ENDED, _("已结束")), (COMING, _("未开始")))
_MARKS = {
    CURRENT: Status("ok", _("有效")),
    ENDED: Status("line", _("已结束")),
    COMING: Status("info", _("未开始")),
}


def state_mark(state: str) -> Status:
    """The word beside a role."""
    return _MARKS[state]
