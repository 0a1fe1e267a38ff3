"""The one judge of all procedures: pages, commands, imports and actions ask it, and nothing else decides."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from rongpei.kernel.procedures.declaring import Asked, Demand, Procedure, Step
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.findings import Fault, Finding, Judgement, Level

ORDER = "order"
ENDED = "case_ended"
AGAIN = "done_already"


def check(
    procedure: Procedure, step: str, *, facts: Facts, on: date, data: Mapping[str, Any] | None = None
) -> Judgement:
    """Judge one act by the edition in force on its date. Asks nothing but its arguments."""
    declared = procedure.step(step)
    asked = Asked(procedure, declared, procedure.edition_on(on), on, data or {}, facts)
    findings: list[Finding] = []
    sound = True
    for rule, article, voids, fault in _faults(asked):
        findings.append(Finding(rule, fault.level, article, fault.message, fault.lawful_from))
        sound = sound and not (voids and fault.level is Level.BLOCK)
    return Judgement(step, on, asked.edition.code, tuple(findings), sound)


def judge_acts(procedure: Procedure, facts: Facts, acts: Iterable[Done]) -> tuple[list[Judgement], Facts]:
    """Judge acts one after another, each by what was done before it; also the facts after all of them.

    A blocked act still happened, so those after it are judged; only what it decided counts for nothing when the
    block says so (a vote without quorum is no resolution).
    """
    judged: list[Judgement] = []
    for act in acts:
        judgement = check(procedure, act.step, facts=facts, on=act.on, data=act.data)
        judged.append(judgement)
        facts = facts.with_done(replace(act, sound=judgement.sound))
    return judged, facts


def judge_told(procedure: Procedure, facts: Facts, acts: Iterable[Done]) -> list[Judgement]:
    """Judge acts that an old book tells, each by what it tells before it and by the edition in force on its own day.

    They have happened and had their effect: whatever would block warns, and every one of them counts. A step of which
    the book never speaks (`facts.silent`) is presumed; one that it could tell and does not is found missing.
    """
    judged: list[Judgement] = []
    for act in acts:
        step = procedure.step(act.step)
        unspoken = {code for code in facts.silent if procedure.step(code).number < step.number}
        missing = [code for code in step.needs if code not in unspoken and not facts.all_of(code)]
        around = replace(facts, presumed=frozenset(unspoken.union(missing)))
        judgement = eased(check(procedure, act.step, facts=around, on=act.on, data=act.data))
        if missing:
            judgement = _lacking(procedure, judgement, missing)
        judged.append(judgement)
        facts = facts.with_done(act)
    return judged


def eased(judgement: Judgement) -> Judgement:
    """The same findings about something that has happened: all of them warn, and it counts."""
    found = tuple(replace(one, level=Level.WARN) for one in judgement.findings)
    return replace(judgement, findings=found, sound=True)


def _lacking(procedure: Procedure, judgement: Judgement, missing: Iterable[str]) -> Judgement:
    names = "、".join(str(procedure.step(code).label) for code in missing)
    article = procedure.step(judgement.step).article.get(judgement.edition, "")
    fault = Finding(ORDER, Level.WARN, article, _("没有写明“%(steps)s”是哪天办的。") % {"steps": names})
    return replace(judgement, findings=(fault, *judgement.findings))


def stands(procedure: Procedure, done: Done | None) -> bool:
    """Whether a doing carries the steps that rest on it."""
    return done is not None and done.sound and procedure.step(done.step).holds(done)


def _faults(asked: Asked) -> Iterator[tuple[str, str, bool, Fault]]:
    article = asked.step.article.get(asked.edition.code, "")
    for fault in _ended(asked):
        yield ENDED, article, True, fault
    for fault in _again(asked):
        yield AGAIN, article, False, fault
    for fault in _order(asked):
        yield ORDER, article, False, fault
    for demand in asked.step.demands:
        if asked.edition.code in demand.article:
            for fault in _not_waived(asked, demand):
                yield demand.rule, demand.article[asked.edition.code], demand.voids, fault


def _ended(asked: Asked) -> Iterator[Fault]:
    for done in asked.facts.done:
        ends = asked.procedure.step(done.step).ends
        if ends and stands(asked.procedure, done):
            yield Fault(
                _("%(on)s已%(step)s，这件事已经结束。") % {"on": done.on, "step": _name(asked, done.step)}
            )
            return


def _again(asked: Asked) -> Iterator[Fault]:
    """In a case of ours, what stands is corrected and not done a second time."""
    done = asked.last(asked.step.code)
    if asked.facts.ours and not asked.step.repeats and stands(asked.procedure, done):
        yield Fault(_("“%(step)s”已经办理，请用“更正”。") % {"step": asked.step.label})


def _order(asked: Asked) -> Iterator[Fault]:
    step = asked.step
    wanted = dict.fromkeys((*step.needs, *(step.after if asked.facts.complete else ())))
    missing = [code for code in wanted if not asked.presumes(code) and not _has(asked, code)]
    if missing:
        names = "、".join(_name(asked, code) for code in missing)
        yield Fault(
            _("还没有有效完成“%(steps)s”，不能办理“%(step)s”。") % {"steps": names, "step": step.label}
        )
        return
    earlier = {*wanted, *step.after, *step.demanded}
    dates = [asked.settled_on(done) for code in earlier if (done := asked.last(code)) and done.sound]
    if dates and asked.on < max(dates):
        yield Fault(
            _("“%(step)s”不能早于它前面的步骤（%(on)s）。") % {"step": step.label, "on": max(dates)},
            lawful_from=max(dates),
        )


def _has(asked: Asked, code: str) -> bool:
    return asked.procedure.step(code).optional or stands(asked.procedure, asked.last(code))


def _name(asked: Asked, code: str) -> str:
    return str(asked.procedure.step(code).label)


def _not_waived(asked: Asked, demand: Demand) -> Iterator[Fault]:
    """Faults of a demand, less what a document lifts on the day, and with the day from which one would."""
    waivers = [one for one in asked.facts.waivers if demand.waivable and demand.rule in one.waives]
    if any(one.is_active(asked.on) for one in waivers):
        return
    lifted = [one.valid_from for one in waivers if one.valid_from and one.valid_from > asked.on]
    for fault in demand.judge(asked):
        if fault.level is Level.BLOCK and lifted:
            yield replace(fault, lawful_from=min([*lifted, *filter(None, [fault.lawful_from])]))
        else:
            yield fault


def offered_steps(procedure: Procedure, facts: Facts) -> list[Step]:
    """Steps that may be taken up now: what they come after stands, and they are not done yet or may repeat."""
    found = []
    behind = procedure.behind(facts)
    for step in procedure.steps:
        done = step.code in behind or stands(procedure, facts.last(step.code))
        before = [code for code in (*step.after, *step.demanded) if code not in behind]
        ready = all(procedure.step(code).optional or stands(procedure, facts.last(code)) for code in before)
        if ready and (step.repeats or not done) and step.offered(facts):
            found.append(step)
    ended = any(procedure.step(one.step).ends and stands(procedure, one) for one in facts.done)
    return [] if ended else found
