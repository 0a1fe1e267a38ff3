"""What a development target goes through: introducers, political review, training (steps 9 to 11)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from rongpei.kernel.procedures.declaring import Asked, Demand, Step
from rongpei.kernel.procedures.facts import Done
from rongpei.kernel.procedures.findings import Fault, Level
from rongpei.kernel.procedures.judging import stands
from rongpei.pipelines.membership.statutes.articles import article, since_2026
from rongpei.pipelines.membership.statutes.beginnings import is_full
from rongpei.pipelines.membership.statutes.cultivation import LISTED

TRAINING_DAYS, TRAINING_HOURS = 3, 24
_TARGET = "propose_development_target"
_NOTICE = "committee_consent_and_public_notice"
_LIGHT = ("warning", "serious_warning", "removal_from_post")


def _introducers(asked: Asked) -> Iterator[Fault]:
    named = asked.data.get("introducers")
    if named is None:
        return
    if len(named) != 2:
        yield Fault(_now("入党介绍人应为两名，现为 %(count)d 名。") % {"count": len(named)})
    if not all(map(is_full, named)):
        yield Fault(_now("入党介绍人应当是正式党员。"))
    if any(map(_without_rights, named)):
        yield Fault(_now("受留党察看处分、尚未恢复党员权利的党员，不能作入党介绍人。"))


def _without_rights(member: Mapping[str, Any]) -> bool:
    return member.get("sanction") == "probation_within_party" and not member.get("rights_restored")


def _sanctioned(asked: Asked) -> Iterator[Fault]:
    for member in asked.data.get("introducers") or ():
        until = member.get("effect_until")
        if member.get("sanction") in _LIGHT and until is not None and asked.on <= until:
            yield Fault(
                _now("介绍人在处分影响期内（至%(until)s），不宜作入党介绍人。") % {"until": until}, Level.WARN
            )
            return


def _trained(asked: Asked) -> Iterator[Fault]:
    days, hours = asked.data.get("days"), asked.data.get("class_hours")
    enough = (days is not None and days >= TRAINING_DAYS) or (hours is not None and hours >= TRAINING_HOURS)
    if (days is not None or hours is not None) and not enough:
        yield Fault(_now("集中培训不少于三天或者不少于二十四个学时。"))
    if asked.data.get("passed") is False:
        yield Fault(_now("集中培训没有合格，须重新培训。"))


_LACKING = {
    "assign_introducers": _("还没有确定两名合格的入党介绍人。"),
    "political_review": _("没有经过政治审查，不能发展入党。"),
    "concentrated_training": _("没有经过集中培训或者培训没有合格，不能发展入党。"),
}
_UNQUALIFIED = _("政治审查不合格，不能发展入党。")


def _lacks(code: str) -> Callable[[Asked], Iterator[Fault]]:
    def judge(asked: Asked) -> Iterator[Fault]:
        done = asked.last(code)
        if asked.presumes(code) or stands(asked.procedure, done):
            return
        failed = code == "political_review" and done is not None
        yield Fault(str(_UNQUALIFIED if failed else _LACKING[code]))

    return judge


# Asked again before the branch committee's review and before the meeting: nobody joins without these three.
PREPARED = (
    Demand("introducers", article(14), _lacks("assign_introducers"), _("有两名入党介绍人")),
    Demand("political_review", article(16), _lacks("political_review"), _("政治审查合格")),
    Demand("training", article(17), _lacks("concentrated_training"), _("集中培训合格"), waivable=True),
)
PREPARING = ("assign_introducers", "political_review", "concentrated_training")


def _qualified(done: Done) -> bool:
    return done.data.get("conclusion") != "unqualified"


STEPS = (
    Step(
        "assign_introducers", _("确定入党介绍人"), "development_target", 9, actor="branch", evidence=(_("确定介绍人记录"),),
        article=article(14), after=(_TARGET, _NOTICE), needs=(_TARGET,), effects=("introducers",),
        demands=(
            LISTED,
            Demand("introducers", article(14), _introducers, _("两名正式党员作入党介绍人"), voids=True),
            Demand("introducer_sanction", since_2026(14), _sanctioned, _("处分影响期内的党员不宜作介绍人")),
        ),
    ),
    Step(
        "political_review", _("进行政治审查"), "development_target", 10, actor="branch",
        evidence=(_("政治审查结论"), _("函调、外调材料")), documents=("inquiry_letter", "review_conclusion"),
        article=article(16), after=(_TARGET, _NOTICE), needs=(_TARGET,), holds=_qualified, demands=(LISTED,),
    ),
    Step(
        "concentrated_training", _("开展集中培训"), "development_target", 11, actor="party_committee",
        evidence=(_("培训结业证明"), _("学时记录")), article=article(17), after=(_TARGET, _NOTICE), needs=(_TARGET,),
        demands=(
            LISTED,
            Demand("training", article(17), _trained, _("不少于三天或二十四个学时，合格"), voids=True, waivable=True),
        ),
    ),
)  # fmt: skip
