"""身份认证 as data: agreement, optional consent, profile, certificate, a person's decision, appeal."""

from collections.abc import Iterator

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from rongpei.kernel.procedures.declaring import Asked, Demand, Edition, Procedure, Stage, Step
from rongpei.kernel.procedures.facts import Done, Facts
from rongpei.kernel.procedures.findings import Fault
from rongpei.pipelines.verification.codes import PROCEDURE, Outcome

_PIPL = "pipl"


def _law(article: str) -> dict[str, str]:
    return {_PIPL: article}


def waits(facts: Facts) -> bool:
    """Whether something was handed in (or appealed) that nobody has decided."""
    return len(facts.all_of("submit", "appeal")) > len(facts.all_of("review"))


def was_rejected(facts: Facts) -> bool:
    """Whether the last decision was no, and nothing was handed in since."""
    last = facts.last("review")
    return last is not None and not waits(facts) and not _passed(last)


def _passed(done: Done) -> bool:
    return bool(done.data.get("passed"))


def _may_hand_in(asked: Asked) -> Iterator[Fault]:
    if waits(asked.facts):
        yield Fault(_t("已经提交，工作人员正在审核，不用重复提交。"))
    left = asked.facts.subject.get("tries_left")
    if left is not None and left <= 0:
        yield Fault(_t("提交次数已用完。不认可结论的，可以申请人工复核。"))


def _something_to_decide(asked: Asked) -> Iterator[Fault]:
    if not waits(asked.facts):
        yield Fault(_t("没有等待审核的材料。"))


def _something_to_appeal(asked: Asked) -> Iterator[Fault]:
    last = asked.facts.done[-1] if asked.facts.done else None
    if not was_rejected(asked.facts) or last is None:
        yield Fault(_t("没有可以申请复核的结论。"))
    elif last.data.get("appealed"):
        yield Fault(_t("这次结论已经复核过。修改材料后可以重新提交。"))


def _on_record(asked: Asked) -> Iterator[Fault]:
    if not asked.facts.subject.get("profession_on_record"):
        yield Fault(_t("本院人事记录里，您的岗位不是医疗卫生专业岗位。"))


def _never_urged(_facts: Facts) -> bool:
    """What is nobody's duty is no to-do."""
    return False


def _not_yet_decided(facts: Facts) -> bool:
    return not waits(facts) and facts.last("staff_record") is None


VERIFICATION = Procedure(
    code=PROCEDURE,
    label=_("医疗卫生专业人士身份认证"),
    editions=(Edition(_PIPL, _("《个人信息保护法》")),),
    stages=(Stage("agreement", _("协议")), Stage("information", _("填写")), Stage("review", _("审核"))),
    steps=(
        Step("agree", _("同意身份认证协议"), "agreement", 1, actor="applicant", article=_law("29")),
        Step(
            "inform", _("知情同意书"), "agreement", 2, actor="applicant", after=("agree",), optional=True,
            article=_law("14"), offered=_never_urged,
        ),
        Step(
            "profile", _("完善信息"), "information", 3, actor="applicant", after=("agree",), article=_law("6"),
            offered=_not_yet_decided,
        ),
        Step(
            "submit", _("上传证书并提交"), "information", 4, actor="applicant", after=("agree", "profile"), repeats=True,
            article=_law("29"), evidence=(_("资格证明"),), offered=_not_yet_decided,
            demands=(Demand("hand_in", _law("6"), _may_hand_in, _("审核期间不重复提交，次数有限")),),
        ),
        Step(
            "review", _("审核"), "review", 5, actor="reviewer", after=("submit",), repeats=True, article=_law("24"),
            holds=_passed, ends=Outcome.VERIFIED, offered=waits,
            demands=(Demand("decide", _law("24"), _something_to_decide, _("由审核员作出结论")),),
        ),
        Step(
            "appeal", _("申请人工复核"), "review", actor="applicant", needs=("submit",), repeats=True, offered=_never_urged,
            article=_law("24"), optional=True,
            demands=(Demand("appeal", _law("24"), _something_to_appeal, _("每个结论可复核一次")),),
        ),
        Step(
            "staff_record", _("按人事记录认证"), "review", actor="applicant", needs=("agree",), ends=Outcome.VERIFIED,
            article=_law("13"), optional=True,
            offered=lambda facts: bool(facts.subject.get("profession_on_record")) and not waits(facts),
            demands=(Demand("on_record", _law("13"), _on_record, _("岗位是医疗卫生专业岗位")),),
        ),
    ),
)  # fmt: skip
