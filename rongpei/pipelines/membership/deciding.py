"""The words of a members' meeting's resolution with its six items (《细则》第二十条、第二十一条)."""

from datetime import date

from django.utils.translation import gettext as _

from rongpei.ground.ui.dates import day_full
from rongpei.kernel.procedures.votes import Ballots, resolution


def resolution_words(
    *, name: str, applied_on: date, performance: str, admission: bool, held_on: date, ballots: Ballots,
    outcome: str = "",
) -> list[str]:  # fmt: skip
    """Performance; eligible, present, result and date; the decision. The signature stands below."""
    result = resolution(ballots)
    first = _("%(name)s同志自 %(on)s提出入党申请。%(performance)s") % {
        "name": name, "on": day_full(applied_on), "performance": performance or _("（主要表现由支部填写）"),
    }  # fmt: skip
    written = (
        _("（含会前提交书面意见的 %(n)d 名）") % {"n": ballots.written_yes} if ballots.written_yes else ""
    )
    topic = _("入党问题") if admission else _("转正问题")
    second = _(
        "%(on)s，支部大会对其%(topic)s进行了讨论。应到会有表决权的正式党员 %(eligible)s 名，实到会 %(present)s 名。"
        "经无记名投票，同意 %(yes)s 名%(written)s，反对 %(no)s 名，弃权 %(abstain)s 名。"
    ) % {
        "on": day_full(held_on), "topic": topic, "eligible": ballots.eligible, "present": ballots.present,
        "yes": result.yes_total if result.yes_total is not None else "—", "written": written,
        "no": (ballots.no or 0) + (ballots.written_no or 0), "abstain": ballots.abstain or 0,
    }  # fmt: skip
    return [first, second + _decision(name, ballots, admission=admission, outcome=outcome)]


def _decision(name: str, ballots: Ballots, *, admission: bool, outcome: str) -> str:
    if ballots.yes is None:
        return ""
    if not resolution(ballots).carried:
        return _("同意人数没有超过应到会有表决权的正式党员的半数，没有通过。")
    return _("同意人数超过应到会有表决权的正式党员的半数，") + decided_words(
        name, admission=admission, outcome=outcome
    )


def decided_words(name: str, *, admission: bool, outcome: str = "") -> str:
    """What a meeting decided, in one sentence."""
    words = {
        "convert": _("同意%(name)s同志转为中共正式党员。"), "extend": _("同意延长%(name)s同志的预备期。"),
        "cancel": _("同意取消%(name)s同志的预备党员资格。"),
    }  # fmt: skip
    chosen = _("同意接收%(name)s同志为中共预备党员。") if admission else words.get(outcome or "convert", "")
    return chosen % {"name": name}
