"""Who performed, who is shown, who studied, who wrote."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from rongpei.activities.culture.codes import ConsentState
from rongpei.activities.culture.models import Appearance
from rongpei.ground.personal import Blank, Field, Held, Keep, Subject
from rongpei.ground.personal.registry import Given
from rongpei.ground.ui.addresses import address

_KEPT = Keep(_("活动和学时的记录由主办部门保存。"), _("《个人信息保护法》第四十七条第二款"))
_OUT = Keep(
    _("科普由专家审核后对外发布，作者和审核人须能追溯；要撤下请向宣传处提出。"),
    _("《个人信息保护法》第四十七条第二款"),
)

HELD = (
    Held(
        model="culture.CastMember", title=_("参演的节目"), purpose=_("活动记录"), persons=("person",), ends=_KEPT,
        fields=(
            Field("item__programme__held_on", _("日期")), Field("item__programme__title", _("活动")),
            Field("item__title", _("节目")), Field("part", _("担任")),
        ),
    ),
    Held(
        model="culture.Appearance", title=_("出镜的作品"), purpose=_("取得同意后展出"), persons=("person",),
        ends=Keep(_("同意和撤回的记录须留存；撤回后作品不再展出。"), _("《个人信息保护法》第十五条、第六十九条")),
        fields=(
            Field("work__title", _("作品")), Field("where", _("出现在")), Field("state", _("同意")), Field("basis", _("凭据")),
            Field("answered_on", _("答复日期")),
        ),
    ),
    Held(
        model="culture.Study", title=_("学习作品的心得"), purpose=_("学时记录"), persons=("person",), ends=Blank({"thoughts": ""}),
        fields=(
            Field("studied_on", _("日期")), Field("episode__work__title", _("作品")), Field("episode__title", _("集")),
            Field("thoughts", _("心得")), Field("class_hours", _("学时")),
        ),
    ),
    Held(
        model="culture.Piece", title=_("写的科普"), purpose=_("对外科普"), persons=("author",), ends=_OUT,
        fields=(
            Field("title", _("标题")), Field("author_line", _("署名")), Field("state", _("状态")), Field("body", _("正文")),
            Field("published_on", _("发布日期")),
        ),
    ),
    Held(
        model="culture.Review", title=_("审过的科普"), purpose=_("科普审核"), persons=("expert",), ends=_OUT,
        fields=(
            Field("piece__title", _("标题")), Field("asked_on", _("约审日期")), Field("opinion", _("意见")),
            Field("passes", _("通过")), Field("answered_at", _("答复时间")),
        ),
    ),
)  # fmt: skip


def picture_consents(subject: Subject) -> Iterator[Given]:
    """Works in which the subject is shown, and what the subject said to it."""
    rows = Appearance.objects.filter(person_id=subject.person_id or 0).select_related("work").order_by("-id")
    for row in rows:
        state = ConsentState(row.state)
        yield Given(
            title=_("在“%s”中出镜") % row.work.title, state=state.label, on=row.answered_on,
            stands=state == ConsentState.GIVEN, url=address("culture:consents"),
        )  # fmt: skip
