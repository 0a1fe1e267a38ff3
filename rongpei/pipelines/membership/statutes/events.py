"""What may happen beside the twenty-five steps: transfer, leaving, postponement, extension, cancellation."""

from collections.abc import Iterator

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.ground.clock.calendar import add_months
from rongpei.kernel.procedures.declaring import Asked, Demand, Step
from rongpei.kernel.procedures.demands import vote
from rongpei.kernel.procedures.facts import Facts
from rongpei.kernel.procedures.findings import Fault, Level
from rongpei.pipelines.membership.statutes import terms
from rongpei.pipelines.membership.statutes.admission import APPROVAL, VOTERS
from rongpei.pipelines.membership.statutes.articles import article
from rongpei.pipelines.membership.statutes.probation import POSTPONE_MONTHS, is_converted


def _still_probationary(asked: Asked) -> Iterator[Fault]:
    if is_converted(asked.facts):
        yield Fault(_now("已经转为正式党员，不再适用。"))


def _length(asked: Asked) -> Iterator[Fault]:
    months = asked.data.get("months")
    if months is not None and not terms.LEAST_MONTHS <= months <= terms.MOST_MONTHS:
        yield Fault(_now("延长预备期不少于半年、不超过一年，现为 %(months)d 个月。") % {"months": months})


def _once(asked: Asked) -> Iterator[Fault]:
    """A meeting that decided to extend is carried out by this act; a second decision is not lawful."""
    found = terms.extensions(asked.facts)
    if any(done.step == terms.EXTENSION for done in found):
        yield Fault(_now("预备期只能延长一次，已经延长过。"))


def _transferred(asked: Asked) -> Iterator[Fault]:
    moved, began = asked.last("transfer_in"), terms.probation_began_on(asked.facts)
    if moved is None or (began is not None and moved.on < began):
        yield Fault(_now("只有对转入的预备党员才可以推迟讨论转正。"))


def _postponed_in_time(asked: Asked) -> Iterator[Fault]:
    due, until = terms.probation_due_on(asked.facts), asked.data.get("until")
    months = asked.data.get("months")
    if due is None:
        return
    last = add_months(due, POSTPONE_MONTHS)
    if (until is not None and until > last) or (months is not None and months > POSTPONE_MONTHS):
        yield Fault(_now("推迟讨论不超过六个月，最迟到%(last)s。") % {"last": last})
    elif asked.on > last:
        yield Fault(_now("推迟讨论不超过六个月，%(last)s已过，请写明原因。") % {"last": last}, Level.WARN)


def _on_probation(facts: Facts) -> bool:
    return terms.probation_began_on(facts) is not None and not is_converted(facts)


PROBATIONARY = Demand(
    "still_probationary", article(31), _still_probationary, _("只适用于预备党员"), voids=True
)

STEPS = (
    Step("transfer_in", _("转入"), "activist", actor="branch", article=article(12), repeats=True, optional=True,
         evidence=(_("转出党组织移交的材料"), _("本党组织的审查意见")), offered=lambda facts: False),
    Step("leave_unit", _("将离开单位"), "application", actor="branch", article=article(18), repeats=True, optional=True,
         offered=lambda facts: False),
    Step("postpone_conversion", _("推迟讨论转正"), "probation", actor="branch", article=article(35),
         needs=(APPROVAL,), repeats=True, optional=True, offered=lambda facts: False,
         demands=(
             PROBATIONARY,
             Demand("postponement", article(35), _transferred, _("只对转入的预备党员"), voids=True),
             Demand("postponement", article(35), _postponed_in_time, _("不超过六个月"), voids=True),
         )),
    Step(terms.EXTENSION, _("延长预备期"), "probation", actor="members_meeting", article=article(31), needs=(APPROVAL,),
         repeats=True, optional=True, offered=lambda facts: False, documents=("extension_resolution",),
         decided_by=_("支部大会讨论通过，上级党组织批准"),
         demands=(
             PROBATIONARY,
             Demand("extension_length", article(31), _length, _("六至十二个月"), voids=True),
             Demand("extension_once", article(31), _once, _("只能延长一次"), voids=True),
             VOTERS,
             *vote(article(31), article(31)),
         )),
    Step("cancel_probation", _("取消预备党员资格"), "probation", actor="members_meeting", article=article(31),
         needs=(APPROVAL,), optional=True, ends="cancelled", offered=lambda facts: False,
         documents=("cancellation_resolution",), decided_by=_("支部大会讨论通过，上级党组织批准"),
         effects=("status:none",), demands=(PROBATIONARY, VOTERS, *vote(article(31), article(31)))),
)  # fmt: skip
