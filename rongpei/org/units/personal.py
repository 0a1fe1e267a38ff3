"""Where people belong and what office they hold."""

from django.utils.translation import gettext_lazy as _

from rongpei.ground.personal import Field, Held
from rongpei.org.people.personal import ROSTER

_SPAN = (Field("unit__name", _("组织")), Field("starts_on", _("起")), Field("ends_on", _("止")))

HELD = (
    Held(
        model="units.Posting", title=_("所在组织的变化"), purpose=_("人事和党员管理"), persons=("person",), ends=ROSTER,
        fields=(Field("tree", _("体系")), Field("unit__name", _("组织")), Field("starts_on", _("起"))),
    ),
    Held(
        model="units.Place", title=_("现在所在组织"), purpose=_("人事和党员管理"), persons=("person",), ends=ROSTER,
        fields=(
            Field("department__name", _("科室")), Field("branch__name", _("党支部")), Field("group__name", _("党小组")),
            Field("league__name", _("团组织")),
        ),
    ),
    Held(model="units.Affiliation", title=_("临时编入"), purpose=_("临时组织管理"), persons=("person",), ends=ROSTER, fields=_SPAN),
    Held(
        model="units.Appointment", title=_("任职"), purpose=_("职务和权限"), persons=("person",), ends=ROSTER,
        fields=(Field("office", _("职务")), *_SPAN),
    ),
    Held(
        model="units.RosterImport", title=_("导入名册的记录"), purpose=_("可以撤销导入"), persons=("uploaded_by",), ends=ROSTER,
        fields=(Field("created_at", _("时间")), Field("filename", _("文件名"))),
    ),
    Held(
        model="units.ImportedPerson", title=_("导入时的原样"), purpose=_("可以撤销导入"), persons=("person",), ends=ROSTER,
        fields=(Field("roster_import__created_at", _("导入时间")), Field("roster_import__filename", _("文件名"))),
    ),
)  # fmt: skip
