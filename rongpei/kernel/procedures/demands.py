"""Demands every procedure is built of: not before, within, a vote, a notice. Each returns a frozen `Demand`."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.ground.clock.calendar import add_months
from rongpei.kernel.procedures.declaring import Asked, Demand, Text
from rongpei.kernel.procedures.findings import Fault, Level
from rongpei.kernel.procedures.votes import Ballots, conflicts, resolution

Anchor = Callable[[Asked], date | None]
Articles = Mapping[str, str]


def day_of(*steps: str) -> Anchor:
    """The day the latest of these steps was done."""

    def anchor(asked: Asked) -> date | None:
        done = asked.last(*steps)
        return done.on if done and done.sound else None

    return anchor


def not_before(rule: str, articles: Articles, anchor: Anchor, *, months: int, says: Text, waivable: bool = False) -> Demand:  # fmt: skip
    """Blocked until so many calendar months after the anchor; the day itself is lawful."""

    def judge(asked: Asked) -> Iterator[Fault]:
        start = anchor(asked)
        if start is not None and asked.on < (lawful := add_months(start, months)):
            yield Fault(
                _("%(says)s：从%(start)s起算，最早%(on)s。") % {"says": says, "start": start, "on": lawful},
                lawful_from=lawful,
            )

    return Demand(rule, articles, judge, says, waivable=waivable)


def within(rule: str, articles: Articles, anchor: Anchor, *, months: int, says: Text, waivable: bool = False) -> Demand:  # fmt: skip
    """A warning when done later than so many calendar months after the anchor: lateness is recorded, with a reason."""

    def judge(asked: Asked) -> Iterator[Fault]:
        start = anchor(asked)
        if start is not None and asked.on > (due := add_months(start, months)):
            yield Fault(
                _("%(says)s：应在%(due)s前办理，请写明原因。") % {"says": says, "due": due}, Level.WARN
            )

    return Demand(rule, articles, judge, says, waivable=waivable)


def ballots_of(asked: Asked) -> Ballots:
    """The counts given with the act."""
    return Ballots(**{name: asked.data.get(name) for name in Ballots.__dataclass_fields__})


def vote(quorum_articles: Articles, majority_articles: Articles) -> tuple[Demand, ...]:
    """A members' resolution: quorum, majority, and ballots that reconcile."""

    def quorum(asked: Asked) -> Iterator[Fault]:
        ballots = ballots_of(asked)
        result = resolution(ballots)
        if result.quorate is False:
            yield Fault(
                _(
                    "应到 %(eligible)d 人，实到 %(present)d 人，不足 %(need)d 人，会议无效；书面意见不计入到会人数。"
                )
                % {"eligible": ballots.eligible, "present": ballots.present, "need": result.need_present}
            )

    def majority(asked: Asked) -> Iterator[Fault]:
        ballots = ballots_of(asked)
        result = resolution(ballots)
        if result.quorate is not False and result.carried is False:
            yield Fault(
                _("赞成 %(yes)d 票（含书面意见），未超过应到 %(eligible)d 人的半数，至少要 %(need)d 票。")
                % {"yes": result.yes_total, "eligible": ballots.eligible, "need": result.need_yes}
            )

    def reconcile(asked: Asked) -> Iterator[Fault]:
        for sentence in conflicts(ballots_of(asked)):
            yield Fault(_("票数对不上：%(sentence)s") % {"sentence": sentence})
            return

    return (
        Demand(
            "ballots",
            majority_articles,
            reconcile,
            _lazy("应到、实到、发出、收回、有效、同意、反对、弃权各数相符"),
            voids=True,
        ),
        Demand("quorum", quorum_articles, quorum, _lazy("到会有表决权的人数超过应到会的半数"), voids=True),
        Demand(
            "majority",
            majority_articles,
            majority,
            _lazy("赞成（含会前书面意见）超过应到会有表决权人数的半数"),
            voids=True,
        ),
    )


def notice(rule: str, articles: Articles, *, days: int, says: Text, waivable: bool = True) -> Demand:
    """A public notice (`posted_on`, `ended_on`) of at least so many full working days; the day of posting is not one."""

    def judge(asked: Asked) -> Iterator[Fault]:
        posted, ended = asked.data.get("posted_on"), asked.data.get("ended_on")
        if posted is None or ended is None:
            return
        found = asked.facts.calendar.add_working_days(posted, days)
        if ended < found.on:
            tail = _("（该年放假安排尚未公布，暂定）") if found.provisional else ""
            yield Fault(
                _("%(says)s：%(posted)s张贴，最早%(on)s期满%(tail)s。")
                % {"says": says, "posted": posted, "on": found.on, "tail": tail},
                lawful_from=found.on,
            )

    return Demand(rule, articles, judge, says, voids=False, waivable=waivable)
