"""Cultivation and the proposal of development targets: steps 6 to 8."""

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.ground.clock.calendar import add_months, add_years
from rongpei.kernel.procedures.declaring import Asked, Demand, Step, Window
from rongpei.kernel.procedures.demands import day_of, not_before, notice, within
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.findings import Fault, Level
from rongpei.kernel.procedures.judging import stands
from rongpei.pipelines.membership.statutes.articles import article, since_2026

REVIEW_MONTHS = 6
_ACTIVIST = "recommend_and_confirm_activist"
_REVIEWED = _("每半年对入党积极分子考察一次")


def _last_review(asked: Asked) -> date | None:
    """The latest review of this cultivation; from the confirmation when none was held."""
    done = asked.last("cultivate_and_review") or asked.last(_ACTIVIST)
    return done.on if done else None


def _reviewed_until_now(asked: Asked) -> date | None:
    """As above, once reviews are known at all: none given is none judged, unless the case is complete."""
    known = asked.facts.complete or asked.last("cultivate_and_review")
    return _last_review(asked) if known else None


def _posted_after_discussion(asked: Asked) -> Iterator[Fault]:
    posted, proposed = asked.data.get("posted_on"), asked.last("propose_development_target")
    if posted is not None and proposed is not None and posted < proposed.on:
        yield Fault(
            _now("公示（%(posted)s）早于支部委员会讨论（%(on)s）。") % {"posted": posted, "on": proposed.on}
        )


def _objections(asked: Asked) -> Iterator[Fault]:
    if asked.data.get("objections"):
        yield Fault(_now("公示期间有异议，应当核查清楚并写明结果。"), Level.WARN)


def listed_on(done: Done) -> date:
    """A person is listed when the notice has ended."""
    ended = done.data.get("ended_on")
    return max(done.on, ended) if isinstance(ended, date) else done.on


def _agreed(done: Done) -> bool:
    return done.data.get("approved") is not False


def _review_window(facts: Facts) -> Window:
    done = facts.last("cultivate_and_review") or facts.last(_ACTIVIST)
    return Window(due_on=add_months(done.on, REVIEW_MONTHS)) if done else Window()


def _until_target(facts: Facts) -> bool:
    target = facts.last("propose_development_target")
    return target is None or not target.sound


def _year_window(facts: Facts) -> Window:
    activist = facts.last(_ACTIVIST)
    return Window(opens_on=add_years(activist.on, 1)) if activist else Window()


STEPS = (
    Step(
        "cultivate_and_review", _("培养教育考察"), "activist", 6, actor="branch",
        evidence=(_("入党积极分子培养考察登记表"), _("思想汇报")), documents=("activist_register",), article=article(11),
        after=(_ACTIVIST,), needs=(_ACTIVIST,), repeats=True, optional=True, window=_review_window,
        offered=_until_target,
        demands=(
            within("half_year_review", article(11), _last_review, months=REVIEW_MONTHS, says=_REVIEWED, waivable=True),
        ),
    ),
    Step(
        "propose_development_target", _("确定发展对象"), "development_target", 7, actor="branch_committee",
        evidence=(_("党小组、培养联系人、党员和群众意见"), _("支部委员会会议记录")), documents=("opinions",),
        article=article(13), decided_by=_("支部委员会讨论"), after=(_ACTIVIST, "file_activist", "assign_mentors"),
        needs=(_ACTIVIST,), window=_year_window,
        demands=(
            not_before("cultivation_year", article(13), day_of(_ACTIVIST), months=12,
                       says=_("经过一年以上培养教育和考察"), waivable=True),
            within("half_year_review", article(11), _reviewed_until_now, months=REVIEW_MONTHS, says=_REVIEWED,
                   waivable=True),
        ),
    ),
    Step(
        "committee_consent_and_public_notice", _("上级党委同意并公示（2014年为备案）"), "development_target", 8,
        actor="party_committee", evidence=(_("上级党委意见"), _("公示和公示结果")),
        documents=("public_notice", "notice_result"), article=article(13), after=("propose_development_target",),
        needs=("propose_development_target",), settled=listed_on, holds=_agreed, effects=("status:development_target",),
        demands=(
            notice("public_notice", since_2026(13), days=5, says=_("公示不少于五个工作日")),
            Demand("notice_after_discussion", since_2026(13), _posted_after_discussion, _("讨论后再公示")),
            Demand("objections", since_2026(13), _objections, _("公示异议须核查")),
        ),
    ),
)  # fmt: skip


def _unlisted(asked: Asked) -> Iterator[Fault]:
    code = "committee_consent_and_public_notice"
    if not asked.presumes(code) and not stands(asked.procedure, asked.last(code)):
        yield Fault(_now("还没有经上级党委同意并公示，不能列为发展对象。"))


LISTED = Demand("listed", since_2026(13), _unlisted, _("经上级党委同意并公示后列为发展对象"))
