"""Stage 1 and the confirmation of activists: steps 1 to 5."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.ground.clock.calendar import add_months, add_years
from rongpei.kernel.procedures.declaring import Asked, Demand, Step, Window
from rongpei.kernel.procedures.demands import day_of, within
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.findings import Fault
from rongpei.pipelines.membership.statutes.articles import article

ADULT_YEARS = 18


def _of_age(asked: Asked) -> Iterator[Fault]:
    born = asked.facts.subject.get("born_on")
    if born is not None and asked.on < (adult := add_years(born, ADULT_YEARS)):
        yield Fault(_now("未满十八周岁，%(on)s起可以。") % {"on": adult}, lawful_from=adult)


OF_AGE = Demand("age", article(5), _of_age, _("年满十八岁"))


def is_full(member: Mapping[str, Any]) -> bool:
    """Whether a named helper is a full member, as far as it is given."""
    return member.get("status") in (None, "full")


def _mentors(asked: Asked) -> Iterator[Fault]:
    mentors = asked.data.get("mentors")
    if mentors is None:
        return
    if not 1 <= len(mentors) <= 2:
        yield Fault(_now("培养联系人应为一至两名，现为 %(count)d 名。") % {"count": len(mentors)})
    elif not all(map(is_full, mentors)):
        yield Fault(_now("培养联系人应当是正式党员，预备党员不能担任。"))


MENTORS = Demand("mentors", article(9), _mentors, _("一至两名正式党员作培养联系人"), voids=True)


def _talk_window(facts: Facts) -> Window:
    applied = facts.last("submit_application")
    return Window(due_on=add_months(applied.on, 1)) if applied else Window()


STEPS = (
    Step(
        "submit_application", _("递交入党申请书"), "application", 1, actor="applicant",
        evidence=(_("入党申请书（本人手写签名）"),), article=article(5), demands=(OF_AGE,),
        effects=("status:applicant",),
    ),
    Step(
        "initial_talk", _("党组织派人谈话"), "application", 2, actor="branch", evidence=(_("谈话记录"),),
        documents=("talk_record",), article=article(7), after=("submit_application",),
        needs=("submit_application",), window=_talk_window,
        demands=(
            within("talk_month", article(7), day_of("submit_application"), months=1,
                   says=_("收到入党申请书后一个月内派人谈话")),
        ),
    ),
    Step(
        "recommend_and_confirm_activist", _("推荐和确定入党积极分子"), "activist", 3, actor="branch_committee",
        evidence=(_("推荐或推优材料"), _("支部委员会会议记录")), documents=("recommendation",), article=article(8),
        decided_by=_("支部委员会（未设委员会的由党员大会）研究决定"),
        after=("submit_application", "initial_talk"), needs=("submit_application", "initial_talk"),
        effects=("status:activist",),
    ),
    Step(
        "file_activist", _("上级党委备案"), "activist", 4, actor="party_committee", evidence=(_("备案报告或批复"),),
        documents=("activist_filing",), article=article(8), after=("recommend_and_confirm_activist",),
        needs=("recommend_and_confirm_activist",),
    ),
    Step(
        "assign_mentors", _("指定培养联系人"), "activist", 5, actor="branch", evidence=(_("指定记录"),),
        article=article(9), after=("recommend_and_confirm_activist",), needs=("recommend_and_confirm_activist",),
        demands=(MENTORS,), effects=("mentors",), repeats=False,
    ),
)  # fmt: skip
