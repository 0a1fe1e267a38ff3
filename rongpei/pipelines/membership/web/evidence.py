"""What proves a step, and what is still missing: reviews, thought reports, entries of the ledger."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from urllib.parse import urlencode

from django.db.models import Count, Max, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground.ui.dates import day_full
from rongpei.ground.ui.marks import hours
from rongpei.kernel.ledger.models import Entry
from rongpei.kernel.procedures.declaring import Step
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.findings import Judgement, Level
from rongpei.kernel.procedures.models import Case
from rongpei.pipelines.membership.models import ThoughtReport
from rongpei.pipelines.membership.preparing import training_entries
from rongpei.pipelines.membership.statutes import MEMBERSHIP

State = Literal["ok", "bad", "warn", "wait"]
_ACTIVIST = "recommend_and_confirm_activist"
# Judged by what is told when the step is done; until then they are neither met nor missing.
_TOLD_LATER = {
    "ballots", "quorum", "majority", "voters", "mentors", "public_notice", "objections", "notice_after_discussion",
    "approving_body", "extension_length", "introducer_sanction",
}  # fmt: skip


@dataclass(frozen=True)
class Evidence:
    """One line: met (ok), missing (bad, warn) or asked when the step is done (wait)."""

    state: State
    title: str
    second: str = ""
    url: str = ""
    link: str = ""
    article: str = ""


def demanded(step: Step, edition: str, judgement: Judgement) -> list[Evidence]:
    """What the regulation asks of a step, each with whether it is met on the day."""
    faults = {one.rule: one for one in judgement.findings}
    found: list[Evidence] = []
    seen: set[str] = set()
    for demand in step.demands:
        article = demand.article.get(edition)
        if article is None or demand.rule in seen:
            continue
        seen.add(demand.rule)
        fault = faults.get(demand.rule)
        told = demand.rule in _TOLD_LATER or (demand.rule, step.code) == ("introducers", "assign_introducers")
        state: State = "wait" if told else "ok"
        if fault is not None:
            state = "bad" if fault.level is Level.BLOCK else "warn"
        found.append(
            Evidence(state, str(demand.says), fault.message if fault else "", article=article_words(article))
        )
    return found


def article_words(article: str) -> str:
    """第十三条 of the edition, or the other text it stands in."""
    return _("第%(n)s条") % {"n": article} if article.isdigit() else article


def of_step(step: Step, case: Case, facts: Facts, today: date) -> list[Evidence]:
    """What the house knows that bears on a step."""
    if step.code == "cultivate_and_review":
        return [
            *_reviews(facts, "cultivate_and_review", today),
            *_reports(case),
            *_entries(case, facts, today),
        ]
    if step.code == "probation_education":
        return [*_reviews(facts, "probation_education", today), *_reports(case)]
    if step.code == "concentrated_training":
        return _training(case, today)
    return []


def _reviews(facts: Facts, code: str, today: date) -> list[Evidence]:
    found = [
        Evidence("ok", _("第 %(n)d 次考察") % {"n": number}, day_full(done.on))
        for number, done in enumerate(facts.all_of(code), start=1)
    ]
    due = MEMBERSHIP.step(code).window(facts).due_on
    if due is not None:
        late = due < today
        words = _("应在 %(on)s前") if not late else _("应在 %(on)s前，已过期")
        title = _("第 %(n)d 次考察") % {"n": len(found) + 1}
        found.append(Evidence("warn" if late else "wait", title, words % {"on": day_full(due)}))
    return found


def _reports(case: Case) -> list[Evidence]:
    sums = ThoughtReport.objects.filter(case=case).aggregate(number=Count("pk"), latest=Max("received_on"))
    url = reverse("membership:reports", args=[case.pk])
    if not sums["number"]:
        return [Evidence("wait", _("思想汇报"), _("还没有收到，本院惯例每季度一份。"), url, _("登记"))]
    second = _("最近一份收到于 %(on)s") % {"on": day_full(sums["latest"])}
    return [Evidence("ok", _("思想汇报 %(n)d 份") % {"n": sums["number"]}, second, url, _("查看"))]


def _entries(case: Case, facts: Facts, today: date) -> list[Evidence]:
    """Activities and hours since the person became an activist, with the entries behind them."""
    began = facts.last(_ACTIVIST)
    if began is None or case.person_id is None:
        return []
    rows = Entry.objects.filter(
        person_id=case.person_id, occurred_on__gte=began.on, reverses=None, reversed_by=None
    )
    sums = rows.aggregate(number=Count("pk"), hours=Sum("class_hours"), latest=Max("occurred_on"))
    query = urlencode({"person": case.person_id, "on_from": began.on, "on_to": today})
    url = f"{reverse('directory:ledger')}?{query}"
    if not sums["number"]:
        return [Evidence("wait", _("参加学习和活动"), _("台账里还没有这段时间的记录。"))]
    second = _("学时 %(hours)s，最近一次 %(on)s") % {
        "hours": hours(sums["hours"]), "on": day_full(sums["latest"]),
    }  # fmt: skip
    link = _("%(n)d 条记录") % {"n": sums["number"]}
    return [Evidence("ok", _("参加学习和活动 %(n)d 次") % {"n": sums["number"]}, second, url, link)]


def _training(case: Case, today: date) -> list[Evidence]:
    entries = training_entries(case, today)
    if not entries:
        return [
            Evidence("bad", _("集中培训"), _("台账里没有培训记录，请先登记培训的日期和学时。"),
                     reverse("membership:training", args=[case.pk]), _("登记培训"))
        ]  # fmt: skip
    days = len({one.occurred_on for one in entries})
    total = sum(one.class_hours for one in entries)
    query = urlencode(
        {"person": case.person_id, "on_from": entries[0].occurred_on, "on_to": entries[-1].occurred_on}
    )
    return [
        Evidence(
            "ok", _("培训 %(days)d 天，%(hours)s 学时") % {"days": days, "hours": hours(total)},
            "、".join(day_full(on) for on in sorted({one.occurred_on for one in entries})),
            f"{reverse('directory:ledger')}?{query}", _("%(n)d 条记录") % {"n": len(entries)},
        )
    ]  # fmt: skip
