"""Placeholders that are lists: reviews, thought reports, training, what goes into the archive; and political review."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.ui.dates import day_full
from rongpei.kernel.ledger.models import Entry
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.models import Case
from rongpei.pipelines.membership.models import ReviewMaterial, ThoughtReport
from rongpei.pipelines.membership.preparing import training_entries
from rongpei.pipelines.membership.telling import told_of, words_of

Lines = list[dict[str, str]]
# What goes into the archive (DOMAIN A7, 细则 36): name, the step whose day it bears, whether the rule names it.
_ARCHIVED = (
    ("入党志愿书", "complete_admission_form", True), ("入党申请书", "submit_application", True),
    ("入党积极分子培养考察登记表", "recommend_and_confirm_activist", True), ("政治审查材料", "political_review", True),
    ("预备党员教育考察登记表", "probation_education", True), ("转正申请书", "apply_conversion", True),
    ("谈话记录", "initial_talk", False), ("推荐（推优）登记表", "recommend_and_confirm_activist", False),
    ("征求意见表", "propose_development_target", False), ("公示材料", "committee_consent_and_public_notice", False),
    ("集中培训登记表和结业证", "concentrated_training", False), ("接收预备党员票决情况汇总表", "branch_admission_meeting", False),
    ("接收预备党员支部大会决议和批复", "committee_admission_approval", False),
    ("转正票决情况汇总表、决议和批复", "committee_conversion_approval", False),
)  # fmt: skip


def lists_of(case: Case, facts: Facts, today: date) -> dict[str, Any]:
    """Every list but the secret one, and the counts that sum them up."""
    reviews = facts.all_of("cultivate_and_review")
    reports = list(ThoughtReport.objects.filter(case=case).order_by("written_on", "id"))
    return {
        "考察记录": _numbered(
            {"日期": day_full(one.on), "本人表现": _text(one, "self_report"),
             "培养联系人意见": _text(one, "mentors_opinion"), "党支部意见": _text(one, "branch_opinion")}
            for one in reviews
        ),
        "教育考察": _numbered(
            {"日期": day_full(one.on), "介绍人意见": _text(one, "introducers_opinion"),
             "党支部意见": _text(one, "branch_opinion")}
            for one in facts.all_of("probation_education")
        ),
        "思想汇报": _numbered(
            {"汇报日期": day_full(one.written_on), "收到日期": day_full(one.received_on),
             "形式": _("纸质") if one.paper else _("网上")}
            for one in reports
        ),
        "培训记录": _numbered(
            {"日期": day_full(one.occurred_on), "内容": one.source_label, "学时": f"{one.class_hours:g}"}
            for one in training_entries(case, today)
        ),
        "归档材料": _archived(facts, len(reports)),
        "考察次数": str(len(reviews)) if reviews else "",
        "思想汇报份数": _("%(n)d 份") % {"n": len(reports)} if reports else "",
        "参加学习活动": _activities(case, facts, today),
    }  # fmt: skip


def reviewed(case: Case, facts: Facts) -> dict[str, Any]:
    """What was found in the political review; only for those entitled, only in its own forms."""
    done = facts.last("political_review")
    rows = ReviewMaterial.objects.filter(case=case).order_by("obtained_on", "id")
    found: dict[str, Any] = {
        "政审材料": _numbered(
            {"类别": row.kind, "日期": day_full(row.obtained_on), "内容": row.body} for row in rows
        )
    }
    if done is not None:
        conclusion = next(one for one in told_of("political_review") if one.key == "conclusion")
        value = done.data.get("conclusion")
        found |= {
            "政审日期": day_full(done.on), "政审人": _text(done, "reviewers"),
            "政审结论": _("经政治审查，%(name)s同志政治审查结论为：%(words)s。")
            % {"name": case.person, "words": words_of(conclusion, value, {})} if value else "",
        }  # fmt: skip
    return found


def _numbered(rows: Iterable[dict[str, str]]) -> Lines:
    return [{"序号": str(number), **row} for number, row in enumerate(rows, start=1)]


def _text(done: Done, key: str) -> str:
    return str(done.data.get(key) or "")


def _archived(facts: Facts, reports: int) -> Lines:
    rows = [
        {"名称": name, "日期": day_full(done.on), "份数": "1", "备注": _("应归档") if ruled else ""}
        for name, step, ruled in _ARCHIVED
        if (done := facts.last(step)) is not None
    ]
    if reports:
        rows.append({"名称": _("思想汇报"), "日期": "", "份数": str(reports), "备注": ""})
    return _numbered(rows)


def _activities(case: Case, facts: Facts, today: date) -> str:
    """Activities in the ledger since the person became an activist."""
    began = facts.last("recommend_and_confirm_activist")
    if began is None or case.person_id is None:
        return ""
    rows = Entry.objects.filter(
        person_id=case.person_id, occurred_on__gte=began.on, occurred_on__lte=today, reverses=None, reversed_by=None
    )  # fmt: skip
    hours = list(rows.values_list("class_hours", flat=True))
    if not hours:
        return ""
    return _("%(n)d 次，%(hours)s 学时") % {"n": len(hours), "hours": f"{sum(hours):g}"}
