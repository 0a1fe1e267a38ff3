"""A case written as JSON, judged with the engine the pages use: no database, holidays as published.

In and out are specified in docs/check-case.md.
"""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.clock.calendar import WorkCalendar
from rongpei.kernel.procedures.declaring import Procedure
from rongpei.kernel.procedures.facts import Done, Facts, Waiver
from rongpei.kernel.procedures.findings import Judgement
from rongpei.kernel.procedures.judging import check, judge_acts
from rongpei.pipelines.membership.casedata import (
    Unreadable,
    read_count,
    read_data,
    read_date,
    read_fields,
    read_flag,
    read_list,
    read_object,
    read_text,
)
from rongpei.pipelines.membership.statutes import MEMBERSHIP

PROCEDURES = {MEMBERSHIP.code: MEMBERSHIP}
# What a document may lift is named as in the regulation's own words; both spellings are in use.
_SAME = {"min_cultivation_year": "cultivation_year"}


def judge_file(content: Any) -> Any:
    """Judge one case (an object) or several (a list), and answer in the same shape.

    Raises Unreadable with one sentence when the content is not a case.
    """
    calendar = WorkCalendar.published()
    if isinstance(content, list):
        return [
            judge_case(one, calendar, _("第%(n)d个案例的") % {"n": n})
            for n, one in enumerate(content, start=1)
        ]
    return judge_case(content, calendar)


def judge_case(content: Any, calendar: WorkCalendar, where: str = "") -> dict[str, Any]:
    """Judge the acts of one case in the order given, then what is to be tried."""
    if not isinstance(content, dict):
        raise Unreadable(_("%(where)s案例应为一个对象（{…}）。") % {"where": where})
    procedure = _procedure(content.get("procedure", MEMBERSHIP.code), where)
    acts = [
        _act(procedure, one, f"{where}acts[{n}]")
        for n, one in enumerate(read_list(content.get("acts"), f"{where}acts "), start=1)
    ]
    judged, facts = judge_acts(procedure, _facts(content, calendar, where), acts)
    answer: dict[str, Any] = {"id": content.get("id"), "acts": [_answer(one) for one in judged]}
    if content.get("try") is not None:
        tried = _act(procedure, content["try"], f"{where}try")
        answer["try"] = _answer(check(procedure, tried.step, facts=facts, on=tried.on, data=tried.data))
    return answer


def _procedure(code: Any, where: str) -> Procedure:
    if not isinstance(code, str) or code not in PROCEDURES:
        raise Unreadable(
            _("%(where)sprocedure 应为 %(known)s，现为“%(code)s”。")
            % {"where": where, "known": "、".join(PROCEDURES), "code": code}
        )
    return PROCEDURES[code]


def _act(procedure: Procedure, content: Any, where: str) -> Done:
    if not isinstance(content, dict):
        raise Unreadable(_("%(where)s应为一个对象（{…}）。") % {"where": where})
    step = content.get("step")
    if not isinstance(step, str) or step not in {one.code for one in procedure.steps}:
        raise Unreadable(_("%(where)s的步骤“%(step)s”不存在。") % {"where": where, "step": step})
    on = read_date(content.get("on"), f"{where}.on ")
    return Done(step, on, read_data(step, content.get("data"), f"{where}.data."))


def _facts(content: dict[str, Any], calendar: WorkCalendar, where: str) -> Facts:
    person = read_fields({"born_on": read_date}, content.get("person"), f"{where}person.")
    branch = read_fields(
        {"full_members": read_count, "has_committee": read_flag, "temporary": read_flag},
        content.get("branch"),
        f"{where}branch.",
    )
    rules = read_list(content.get("special_rules"), f"{where}special_rules ")
    waivers = tuple(_waiver(one, f"{where}special_rules[{n}].") for n, one in enumerate(rules, start=1))
    return Facts(subject=person, unit=branch, waivers=waivers, calendar=calendar)


def _waiver(content: Any, where: str) -> Waiver:
    rule = read_fields(
        {
            "document": read_text,
            "valid_from": read_date,
            "valid_to": read_date,
            "allows_temporary_org": read_flag,
        },
        read_object(content, where),
        where,
    )
    waives = [read_text(one, f"{where}waives ") for one in read_list(rule.get("waives"), f"{where}waives ")]
    return waiver(
        document=rule.get("document", ""), waives=waives, allows_temporary_org=rule.get("allows_temporary_org", False),
        valid_from=rule.get("valid_from"), valid_to=rule.get("valid_to"),
    )  # fmt: skip


def waiver(*, document: str, waives: Iterable[str], allows_temporary_org: bool, **period: Any) -> Waiver:
    """A special rule as the engine reads it."""
    lifted = {_SAME.get(one, one) for one in waives} | ({"temporary_org"} if allows_temporary_org else set())
    return Waiver(document, frozenset(lifted), period.get("valid_from"), period.get("valid_to"))


def _answer(judgement: Judgement) -> dict[str, Any]:
    return {
        "step": judgement.step,
        "on": judgement.on.isoformat(),
        "edition": judgement.edition,
        "lawful": judgement.lawful,
        "findings": [one.as_json() for one in judgement.findings],
    }
