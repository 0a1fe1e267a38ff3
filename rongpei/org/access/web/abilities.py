"""What each role may do, in the words of the overview. Rooms above register theirs in the wiring."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongpei.org.access.codes import PARTY_READERS, READERS, Role
from rongpei.org.access.rules import KEEPERS


@dataclass(frozen=True)
class Ability:
    """One column of the overview: what may be done, in a few words, and by whom."""

    short: str | Promise
    label: str | Promise
    roles: tuple[str, ...]


_known: list[Ability] = [
    Ability(_("看人员"), _("查看所管组织的人员"), READERS),
    Ability(_("看政治面貌"), _("查看所管人员的政治面貌"), PARTY_READERS),
    Ability(_("改名册"), _("导入名册，修改人员、组织和任职"), KEEPERS),
    Ability(_("授权"), _("授予和结束角色"), (Role.SECURITY_ADMIN,)),
    Ability(_("审计"), _("查看和导出审计记录"), (Role.AUDITOR,)),
    Ability(_("节假日"), _("修改节假日表"), (Role.SYSTEM_ADMIN,)),
]


def register(abilities: Iterable[Ability]) -> None:
    """Add what a room above lets roles do; called from the wiring only."""
    _known.extend(one for one in abilities if one not in _known)


def abilities() -> list[Ability]:
    """Every ability, in the order of the columns."""
    return list(_known)
