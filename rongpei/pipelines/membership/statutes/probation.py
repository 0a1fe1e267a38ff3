"""Stage 5, probation and conversion: steps 19 to 25."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.ground.clock.calendar import add_months
from rongpei.kernel.procedures.declaring import Asked, Demand, Step, Window
from rongpei.kernel.procedures.demands import day_of, vote, within
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.findings import Fault, Level
from rongpei.kernel.procedures.judging import stands
from rongpei.pipelines.membership.statutes import terms
from rongpei.pipelines.membership.statutes.admission import APPROVAL, APPROVERS, MEETING, VOTERS, approved
from rongpei.pipelines.membership.statutes.articles import article, since_2026

CONVERSION = terms.CONVERSION
CONVERSION_APPROVAL = "committee_conversion_approval"
# No national figure says how prompt "promptly" is; a warning after three months asks for the reason.
PROMPT_MONTHS = 3
POSTPONE_MONTHS = 6
_APPLY_EARLY = timedelta(days=14)


def _due(asked: Asked) -> date | None:
    return terms.probation_due_on(asked.facts)


def _not_before_expiry(asked: Asked) -> Iterator[Fault]:
    due = _due(asked)
    if due is not None and asked.on < due and asked.data.get("outcome") != "cancel":
        yield Fault(
            _now("预备期从支部大会通过之日算起，%(due)s期满，期满前不能讨论转正。") % {"due": due},
            lawful_from=due,
        )


def _promptly(asked: Asked) -> Iterator[Fault]:
    due = _due(asked)
    if due is None or terms.is_postponed(asked.facts) or asked.on <= add_months(due, PROMPT_MONTHS):
        return
    yield Fault(_now("预备期%(due)s已满，应当及时讨论转正，请写明原因。") % {"due": due}, Level.WARN)


def _postponed_too_long(asked: Asked) -> Iterator[Fault]:
    due = _due(asked)
    if due is None or not terms.is_postponed(asked.facts):
        return
    if asked.on > (last := add_months(due, POSTPONE_MONTHS)):
        yield Fault(_now("推迟讨论不超过六个月，最迟%(last)s，请写明原因。") % {"last": last}, Level.WARN)


def _extended_again(asked: Asked) -> Iterator[Fault]:
    if asked.data.get("outcome") == "extend" and terms.extensions(asked.facts):
        yield Fault(_now("预备期只能延长一次，已经延长过。"))


def _applied(asked: Asked) -> Iterator[Fault]:
    code = "apply_conversion"
    needless = asked.data.get("outcome") in ("extend", "cancel") or asked.presumes(code)
    if not needless and not stands(asked.procedure, asked.last(code)):
        yield Fault(_now("本人还没有书面提出转正申请。"))


def _converted(asked: Asked) -> Iterator[Fault]:
    done = asked.last(CONVERSION)
    if done is not None and done.data.get("outcome") in ("extend", "cancel"):
        yield Fault(_now("支部大会没有通过转正，不能按转正归档。"))


def _undecided(asked: Asked) -> Iterator[Fault]:
    done = asked.last(CONVERSION, terms.EXTENSION)
    if not asked.presumes(CONVERSION) and (done is None or not done.sound):
        yield Fault(_now("支部大会还没有有效通过决议，不能审批。"))


def _for_conversion(done: Done) -> bool:
    return done.data.get("outcome") in (None, "convert")


def is_converted(facts: Facts) -> bool:
    """Whether a conversion was decided and approved."""
    meeting, approval = facts.last(CONVERSION), facts.last(CONVERSION_APPROVAL)
    if not meeting or not approval or not approval.sound:
        return False
    return _for_conversion(meeting) and approved(approval)


def _oath_window(facts: Facts) -> Window:
    done = facts.last(APPROVAL)
    return Window(due_on=add_months(done.on, 1)) if done else Window()


def _apply_window(facts: Facts) -> Window:
    due = terms.probation_due_on(facts)
    return Window(due - _APPLY_EARLY, due) if due else Window()


def _meeting_window(facts: Facts) -> Window:
    due = terms.probation_due_on(facts)
    if due is None:
        return Window()
    return Window(due, add_months(due, POSTPONE_MONTHS) if terms.is_postponed(facts) else due)


def _conversion_approval_window(facts: Facts) -> Window:
    done = facts.last(CONVERSION)
    return Window(due_on=add_months(done.on, 3)) if done else Window()


def _education_window(facts: Facts) -> Window:
    done = facts.last("probation_education") or facts.last(MEETING)
    return Window(due_on=add_months(done.on, 6)) if done else Window()


def _in_probation(facts: Facts) -> bool:
    return not is_converted(facts)


STEPS = (
    Step(
        "assign_to_branch_and_group", _("编入党支部和党小组"), "probation", 19, actor="branch", evidence=(_("党员名册"),),
        article=article(28), after=(APPROVAL,), needs=(APPROVAL,),
    ),
    Step(
        "oath_ceremony", _("入党宣誓"), "probation", 20, actor="branch", evidence=(_("宣誓记录"),),
        documents=("oath_record",), article=article(29), after=(APPROVAL,), needs=(APPROVAL,), window=_oath_window,
        demands=(
            within("oath_month", since_2026(29), day_of(APPROVAL), months=1, says=_("批准后一个月内宣誓"), waivable=True),
        ),
    ),
    Step(
        "probation_education", _("继续教育考察"), "probation", 21, actor="branch", evidence=(_("预备党员教育考察登记表"),),
        documents=("probation_register",), article=article(30), after=(APPROVAL,), needs=(APPROVAL,), repeats=True,
        optional=True, window=_education_window, offered=_in_probation,
    ),
    Step(
        "apply_conversion", _("提出转正申请"), "probation", 22, actor="applicant", evidence=(_("书面转正申请书"),),
        documents=("conversion_application",), article=article(32),
        after=("assign_to_branch_and_group", "oath_ceremony"), needs=(APPROVAL,), window=_apply_window,
    ),
    Step(
        CONVERSION, _("支部大会讨论转正"), "probation", 23, actor="members_meeting",
        evidence=(_("会议记录"), _("票决结果"), _("支部大会决议")), documents=("conversion_ballots", "conversion_resolution"),
        article=article(32), decided_by=_("与接收预备党员的支部大会相同"), after=(APPROVAL,), needs=(APPROVAL,),
        demanded=("apply_conversion",), holds=_for_conversion, window=_meeting_window,
        demands=(
            Demand("conversion_application", article(32), _applied, _("本人书面提出转正申请")),
            Demand("probation_year", article(31), _not_before_expiry, _("预备期满才讨论转正")),
            Demand("conversion_prompt", article(31), _promptly, _("期满及时讨论")),
            Demand("postponement", article(35), _postponed_too_long, _("推迟讨论不超过六个月")),
            Demand("extension_once", article(31), _extended_again, _("预备期只能延长一次"), voids=True),
            VOTERS,
            *vote(article(32), article(32)),
        ),
    ),
    Step(
        CONVERSION_APPROVAL, _("上级党委审批转正"), "probation", 24, actor="party_committee", evidence=(_("审批意见"),),
        documents=("conversion_request", "conversion_reply"), article=article(33), after=(CONVERSION,), holds=approved,
        window=_conversion_approval_window, effects=("decided:conversion",),
        demands=(
            Demand("conversion_meeting", article(33), _undecided, _("支部大会通过")),
            *APPROVERS,
            within("conversion_approval_months", article(33), day_of(CONVERSION), months=3, says=_("三个月内审批")),
        ),
    ),
    Step(
        "archive_materials", _("材料归档"), "probation", 25, actor="branch", evidence=(_("归档目录"),),
        documents=("archive_list",), article=article(36), after=(CONVERSION_APPROVAL,), needs=(CONVERSION_APPROVAL,),
        ends="completed",
        demands=(Demand("converted", article(36), _converted, _("转正后归档")),),
    ),
)  # fmt: skip
