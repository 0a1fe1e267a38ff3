"""Stage 4, the admission of probationary members: steps 12 to 18."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.ground.clock.calendar import add_months
from rongpei.kernel.procedures.declaring import Asked, Demand, Step, Window
from rongpei.kernel.procedures.demands import day_of, vote, within
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.findings import Fault, Level
from rongpei.pipelines.membership.statutes.articles import article, elsewhere, since_2026
from rongpei.pipelines.membership.statutes.beginnings import OF_AGE
from rongpei.pipelines.membership.statutes.targets import PREPARED, PREPARING

MEETING = "branch_admission_meeting"
APPROVAL = "committee_admission_approval"
APPROVAL_MONTHS, APPROVAL_MONTHS_MOST = 3, 6
LEAVING_MONTHS = 3
BRANCH_LEAST = 3


def passed(done: Done) -> bool:
    """A review that was not passed carries nothing."""
    return done.data.get("passed") is not False


def approved(done: Done) -> bool:
    """An approval that was refused carries nothing."""
    return done.data.get("approved") is not False


def _leaving(asked: Asked) -> Iterator[Fault]:
    """A person who leaves within three months; before the meeting only what became known after the pre-review."""
    leaving = asked.last("leave_unit")
    until = leaving.data.get("on_or_before") if leaving else None
    if not leaving or not isinstance(until, date):
        return
    reviewed = asked.last("committee_pre_review")
    told_before = asked.step.code == MEETING and reviewed is not None and leaving.on <= reviewed.on
    if until <= add_months(asked.on, LEAVING_MONTHS) and not told_before:
        yield Fault(
            _now("本人将在%(until)s前离开单位，三个月内离开的一般不办理接收手续。") % {"until": until},
            Level.WARN,
        )


LEAVING = Demand("leaving_soon", article(18), _leaving, _("三个月内离开单位的一般不办理"), waivable=True)


def _small(asked: Asked) -> Iterator[Fault]:
    members = asked.facts.unit.get("full_members")
    if members is not None and members < BRANCH_LEAST:
        yield Fault(
            _now(
                "党支部正式党员只有 %(count)d 名，不足三名，不能召开接收党员的支部大会，应由上级党组织调整设置。"
            )
            % {"count": members}
        )


def _temporary(asked: Asked) -> Iterator[Fault]:
    if asked.facts.unit.get("temporary"):
        yield Fault(_now("临时党组织不能接收预备党员；可以把材料转给本人所在党支部。"))


def _too_many(asked: Asked) -> Iterator[Fault]:
    eligible, members = asked.data.get("eligible"), asked.facts.unit.get("full_members")
    if eligible is not None and members is not None and eligible > members:
        yield Fault(
            _now("应到有表决权的 %(eligible)d 人，多于正式党员 %(members)d 人；预备党员没有表决权。")
            % {"eligible": eligible, "members": members},
            Level.WARN,
        )


VOTERS = Demand("voters", elsewhere("党章7"), _too_many, _("只有正式党员有表决权"))


def _body(asked: Asked) -> Iterator[Fault]:
    body = asked.data.get("body")
    if body == "general_branch":
        yield Fault(_now("党总支只能审议，不能审批，须报党委审批。"))
    elif body == "party_group":
        yield Fault(_now("党组不能审批预备党员，须报党委审批。"))


def _temporary_body(asked: Asked) -> Iterator[Fault]:
    if asked.data.get("body") == "temporary_committee":
        yield Fault(_now("临时党组织不能审批预备党员。"))


APPROVERS = (
    Demand("approving_body", article(22), _body, _("由党委审批"), voids=True),
    Demand("temporary_org", article(22), _temporary_body, _("临时党组织不能审批"), voids=True, waivable=True),
)


def _approval_time(asked: Asked) -> Iterator[Fault]:
    meeting = asked.last(MEETING)
    if meeting is None or asked.on <= add_months(meeting.on, APPROVAL_MONTHS):
        return
    if asked.on > add_months(meeting.on, APPROVAL_MONTHS_MOST):
        yield Fault(_now("支部大会后超过六个月才审批，请写明原因。"), Level.WARN)
    elif not asked.data.get("extension_reason"):
        yield Fault(_now("应在支部大会后三个月内审批；特殊情况延长的请写明原因，最长六个月。"), Level.WARN)


def _talked(asked: Asked) -> Iterator[Fault]:
    code = "pre_approval_talk"
    done = asked.last(code)
    if asked.presumes(code) or (done and done.on <= asked.on):
        return
    yield Fault(_now("审批前应当指派党委委员或组织员同本人谈话。"), lawful_from=done.on if done else None)


def _month_after(step: str, months: int) -> Callable[[Facts], Window]:
    def window(facts: Facts) -> Window:
        done = facts.last(step)
        return Window(due_on=add_months(done.on, months)) if done else Window()

    return window


STEPS = (
    Step(
        "branch_committee_review", _("支部委员会审查"), "admission", 12, actor="branch_committee",
        evidence=(_("支部委员会会议记录"),), article=article(18), decided_by=_("集体讨论"),
        after=("propose_development_target",), needs=("propose_development_target",), demanded=PREPARING,
        demands=PREPARED,
    ),
    Step(
        "committee_pre_review", _("上级党委预审"), "admission", 13, actor="party_committee",
        evidence=(_("书面预审结果"),), documents=("pre_review",), article=article(18), after=("branch_committee_review",),
        needs=("branch_committee_review",), holds=passed, demands=(LEAVING,),
    ),
    Step(
        "complete_admission_form", _("填写入党志愿书"), "admission", 14, actor="applicant",
        evidence=(_("入党志愿书"),), documents=("form_sample",), article=article(18, old=19),
        after=("committee_pre_review",), needs=("committee_pre_review",), effects=("form",),
    ),
    Step(
        MEETING, _("支部大会讨论"), "admission", 15, actor="members_meeting",
        evidence=(_("会议记录"), _("票决结果"), _("支部大会决议")), documents=("ballots", "resolution"), article=article(19),
        decided_by=_("无记名投票，赞成超过应到会有表决权人数的半数"),
        after=("committee_pre_review", "complete_admission_form"), needs=("committee_pre_review",),
        demanded=PREPARING, window=_month_after("committee_pre_review", 1), effects=("status:probationary",),
        demands=(
            OF_AGE,
            *PREPARED,
            within("meeting_month", since_2026(19), day_of("committee_pre_review"), months=1,
                   says=_("预审合格后一个月内召开支部大会"), waivable=True),
            LEAVING,
            Demand("small_branch", elsewhere("支部工作条例5"), _small, _("正式党员不少于三名"), voids=True),
            Demand("temporary_org", article(22), _temporary, _("临时党组织不能接收"), voids=True, waivable=True),
            VOTERS,
            *vote(article(19), article(20)),
        ),
    ),
    Step(
        "pre_approval_talk", _("上级党委派人谈话"), "admission", 16, actor="party_committee", evidence=(_("谈话意见"),),
        documents=("approval_talk",), article=article(23), after=(MEETING,), needs=(MEETING,),
    ),
    Step(
        APPROVAL, _("上级党委审批"), "admission", 17, actor="party_committee", evidence=(_("审批意见和预备期起止"),),
        documents=("approval_request", "approval_reply"), article=article(25), decided_by=_("党委会集体讨论表决，逐个审批"),
        after=(MEETING,), needs=(MEETING,), demanded=("pre_approval_talk",), holds=approved,
        window=_month_after(MEETING, APPROVAL_MONTHS), effects=("decided:admission",),
        demands=(
            Demand("talk_before_approval", article(23), _talked, _("审批前派人谈话")),
            *APPROVERS,
            Demand("approval_months", article(25), _approval_time, _("三个月内审批，特殊情况不超过六个月")),
        ),
    ),
    Step(
        "file_with_higher_org_dept", _("再上一级党委组织部门备案"), "admission", 18, actor="party_committee",
        evidence=(_("备案材料"),), documents=("higher_filing",), article=article(25), after=(APPROVAL,), needs=(APPROVAL,),
    ),
)  # fmt: skip
