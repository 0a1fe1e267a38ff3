"""Forms of role administration and of the holiday table."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rongpei.ground.clock.codes import DayKind
from rongpei.ground.ui.forms import Form
from rongpei.org.access.codes import Role
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit

# Roles that come by themselves with an office; giving one apart is possible and rarely meant.
OFFICE_ROLES = (
    Role.GENERAL_BRANCH_SECRETARY, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER, Role.GROUP_LEADER,
    Role.DEPARTMENT_HEAD,
)  # fmt: skip


def role_groups(roles: Iterable[Role]) -> list[tuple[str, Any]]:
    """Choices in three groups: the separate administrators, working roles, and those that follow an office."""
    known = list(roles)
    plain = [(role.value, role.label) for role in known if role not in OFFICE_ROLES]
    office = [(role.value, role.label) for role in known if role in OFFICE_ROLES]
    groups: list[tuple[str, Any]] = [("", _("请选择")), (_t("工作角色"), plain)]
    return [*groups, (_t("通常随任职而来"), office)] if office else groups


def unit_groups(units: Iterable[Unit]) -> list[tuple[str, Any]]:
    """Units under the name of their tree, indented by depth."""
    found: list[tuple[str, Any]] = [("", _("请选择"))]
    for tree, rows in groupby(units, key=lambda unit: unit.tree):
        names = [(str(unit.pk), "　" * (unit.path.count("/") - 2) + unit.name) for unit in rows]
        found.append((str(Tree(tree).label), names))
    return found


class GrantForm(Form):
    """Role, unit and period."""

    role = forms.ChoiceField(label=_("角色"))
    unit = forms.ChoiceField(
        label=_("在哪个组织"), help_text=_("角色管到这个组织和它的下级；选最上级就是全院。")
    )
    starts_on = forms.DateField(label=_("从哪天起"))
    ends_on = forms.DateField(
        label=_("到哪天结束"), required=False, help_text=_("这一天起不再有效；长期有效就不填。")
    )

    def __init__(
        self, *args: Any, roles: Iterable[Role], units: Iterable[Unit], today: date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._today = today
        self._units = {str(unit.pk): unit for unit in units}
        self.fields["role"].choices = role_groups(roles)  # type: ignore[attr-defined]
        self.fields["unit"].choices = unit_groups(self._units.values())  # type: ignore[attr-defined]

    def clean_unit(self) -> Unit:
        """The unit itself."""
        return self._units[self.cleaned_data["unit"]]

    def clean_role(self) -> Role:
        """The role itself."""
        return Role(self.cleaned_data["role"])

    def clean_starts_on(self) -> date:
        """Nobody had a role before it was given."""
        day: date = self.cleaned_data["starts_on"]
        if day < self._today:
            raise ValidationError(_t("不能从过去的日期开始授权，最早是今天。"))
        return day

    def clean(self) -> dict[str, Any]:
        """The period is half-open and not empty."""
        values = super().clean() or self.cleaned_data
        starts, ends = values.get("starts_on"), values.get("ends_on")
        if starts and ends and ends <= starts:
            self.add_error("ends_on", _t("结束日期要晚于开始日期。"))
        return values


class EndForm(Form):
    """From which day a role ends."""

    on = forms.DateField(label=_("从哪天起结束"), help_text=_("这一天起不再有效。"))

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._today = today

    def clean_on(self) -> date:
        """What was held was held."""
        day: date = self.cleaned_data["on"]
        if day < self._today:
            raise ValidationError(_t("已经用过的权限不能倒着取消，最早从今天起结束。"))
        return day


class DayForm(Form):
    """One day of the holiday table."""

    day_on = forms.DateField(label=_("日期"))
    kind = forms.ChoiceField(label=_("类型"), choices=DayKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("节日名称"), max_length=40, help_text=_("例如：国庆节"))


class ChangeForm(Form):
    """What a day is; the date itself stays."""

    kind = forms.ChoiceField(label=_("类型"), choices=DayKind.choices, widget=forms.RadioSelect)
    name = forms.CharField(label=_("节日名称"), max_length=40)


class NoticeForm(Form):
    """The pasted notice of a year."""

    year = forms.IntegerField(label=_("年份"), min_value=2000, max_value=2100)
    text = forms.CharField(
        label=_("放假安排"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false"}),
        help_text=_("每行一天：日期，放假或上班，节日名称。可以从表格里整块粘贴。"),
    )  # fmt: skip
