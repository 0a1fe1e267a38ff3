"""The menu: groups are the user's tasks, never module names."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongpei.activities.columns.rules import DESK, EDITORS, MODERATORS
from rongpei.activities.partydays.rules import READERS as BRANCH_READERS
from rongpei.activities.partydays.rules import RUNNERS
from rongpei.ground.ui.addresses import address_if_any
from rongpei.org.access.codes import READERS, Role
from rongpei.org.access.rules import PORTAL_ROLES
from rongpei.org.access.visit import Held
from rongpei.org.privacy.rules import OFFICE as PRIVACY_OFFICE
from rongpei.pipelines.membership.rules import READERS as DEVELOPERS
from rongpei.pipelines.verification.rules import BUILDERS, REVIEWERS

Words = str | Promise


@dataclass(frozen=True)
class Entry:
    """A menu line: where it leads (a url name, or a function of the roles held giving an address or "").

    roles: who sees it; everybody when empty. house: nothing for people of the portal alone; guest: for them alone.
    """

    title: Words
    target: str | Callable[[tuple[Held, ...]], str]
    icon: str
    roles: tuple[str, ...] = ()
    house: bool = False
    guest: bool = False

    def shown_to(self, held: tuple[Held, ...]) -> bool:
        """Whether somebody who holds these roles sees it."""
        roles = {one.role for one in held}
        guest = bool(roles) and roles.issubset(PORTAL_ROLES)
        return (not self.roles or not roles.isdisjoint(self.roles)) and not (
            self.house if guest else self.guest
        )

    def address(self, held: tuple[Held, ...]) -> str:
        """The address for somebody who holds these roles, or nothing."""
        return self.target(held) if callable(self.target) else address_if_any(self.target)


def _own_branch(held: tuple[Held, ...]) -> str:
    if not address_if_any("directory:units"):
        return ""
    branch = next((one.unit_id for one in held if one.unit_kind in ("branch", "temporary_branch")), None)
    return reverse("directory:branch", args=[branch]) if branch else ""


OFFICES = (Role.PARTY_OFFICE, Role.HR_OFFICE)
OVERSEERS = (Role.PARTY_OFFICE, Role.HOSPITAL_LEADER, Role.AUTHORITY_OFFICER, Role.GENERAL_BRANCH_SECRETARY)

MENU: tuple[tuple[Words, tuple[Entry, ...]], ...] = (
    ("", (Entry(_("首页"), "home", "home"),)),
    (
        _("今天要办"),
        (
            Entry(_("会议与党日"), "partydays:meetings", "calendar-event", house=True),
            Entry(_("主题"), "partydays:themes", "bulb", BRANCH_READERS),
            Entry(_("我的成长档案"), "directory:me", "timeline", house=True),
            Entry(_("专业园地"), "columns:home", "news"),
            Entry(_("文化"), "culture:exhibition", "masks-theater"),
            Entry(_("我的认证"), "verification:consents", "shield-check"),
            Entry(_("资格审核"), "verification:desk", "id-badge-2", REVIEWERS),
        ),
    ),
    (
        _("编好内容"),
        (
            Entry(_("稿件"), "columns:desk", "writing", DESK),
            Entry(_("专栏管理"), "columns:columns", "columns", EDITORS),
            Entry(_("评论审核"), "columns:queue", "message-check", MODERATORS),
            Entry(_("收集问题"), "verification:forms", "forms", BUILDERS),
        ),
    ),
    (
        _("带好队伍"),
        (
            Entry(_("我的支部"), _own_branch, "flag", RUNNERS),
            Entry(_("培养发展"), "membership:board", "stairs-up", DEVELOPERS),
            Entry(_("人员"), "directory:people", "users", READERS),
            Entry(_("组织"), "directory:units", "sitemap", house=True),
        ),
    ),
    (
        _("看全局"),
        (
            Entry(_("支部总览"), "directory:branches", "layout-grid", OVERSEERS),
            Entry(_("台账"), "directory:ledger", "notebook", READERS),
        ),
    ),
    (
        _("基础资料"),
        (
            Entry(_("名册导入"), "units:roster", "file-import", OFFICES),
            Entry(_("激活码"), "activation-codes", "key", OFFICES),
            Entry(_("角色授权"), "access:roles", "user-shield", (Role.SECURITY_ADMIN,)),
            Entry(_("认证文本"), "verification:texts", "file-certificate", (Role.SYSTEM_ADMIN,)),
            Entry(_("节假日表"), "access:holidays", "calendar-cog", (Role.SYSTEM_ADMIN, Role.PARTY_OFFICE)),
            Entry(_("个人信息申请"), "privacy:desk", "shield-lock", PRIVACY_OFFICE),
            Entry(_("审计记录"), "access:audit", "shield-search", (Role.AUDITOR,)),
        ),
    ),
)

TABS: tuple[Entry, ...] = (
    Entry(_("首页"), "home", "home"),
    Entry(_("活动"), "partydays:meetings", "calendar-event", house=True),
    Entry(_("签到"), "partydays:spoken", "scan", house=True),
    Entry(_("我的"), "directory:me", "user", house=True),
    Entry(_("园地"), "columns:home", "news", guest=True),
    Entry(_("认证"), "verification:consents", "shield-check", guest=True),
    Entry(_("我的"), "privacy:mine", "user", guest=True),
)

ACCOUNT: tuple[Entry, ...] = (
    Entry(_("我的成长档案"), "directory:me", "timeline", house=True),
    Entry(_("我的个人信息"), "privacy:mine", "shield-lock"),
    Entry(_("设置"), "settings", "settings"),
)
