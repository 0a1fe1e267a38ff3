"""What meetings leave open, as to-dos: confirm what was held, hold what is due, come to what one is asked to."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from rongpei.activities.partydays.codes import MakeUpState, MeetingKind, ThemeState
from rongpei.activities.partydays.headway import own_branches
from rongpei.activities.partydays.kinds import OFTEN, rule_of
from rongpei.activities.partydays.models import MakeUp, Meeting, Theme
from rongpei.activities.partydays.owed import Owed, owed_by
from rongpei.activities.partydays.rules import BRANCH_RUNNERS, RUNNERS
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.notices.todos import Todo
from rongpei.ground.tenancy.any_of import any_of
from rongpei.ground.tenancy.prepared import prepared, prepared_models
from rongpei.ground.tenancy.together import Asked
from rongpei.ground.ui.addresses import address
from rongpei.kernel.gatherings.codes import Presence, State
from rongpei.kernel.gatherings.models import Attendance
from rongpei.kernel.papers.models import Invitation
from rongpei.org.access.rules import units_below
from rongpei.org.units.models import Unit

_CONFIRM_WITHIN = timedelta(days=3)
_MANY = 99


def meeting_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """Meetings to confirm and to plan, make-ups to judge; at most six queries, none for those who run no meetings."""
    if actor.holds(*RUNNERS):
        yield from _to_confirm(actor, on)
    if actor.holds(*BRANCH_RUNNERS):
        branches = _own_branches(actor=actor)
        given = list(_unplanned(branches, on))
        yield from (_to_plan(branch, theme) for branch, theme in given)
        yield from _to_judge(branches)
        yield from _to_hold(actor, on, {branch.pk for branch, theme in given if theme.starts_on <= on})


def own_asks(actor: Actor, on: date) -> Iterator[Asked]:
    """Where everybody's own to-dos come from."""
    if actor.person_id is not None:
        yield Asked(_asked_today, {"person_id": actor.person_id, "on": on})
        yield Asked(_unanswered, {"person_id": actor.person_id, "on": on})


def own_todos(actor: Actor, on: date) -> Iterable[Todo]:
    """Meetings of today to come to, and surveys one is asked to answer; two queries."""
    if actor.person_id is not None:
        yield from _to_attend(actor.person_id, on)
        yield from _to_answer(actor.person_id, on)


def _to_answer(person_id: int, on: date) -> Iterator[Todo]:
    for paper_id, title, closes_on, anonymous in _unanswered(person_id=person_id, on=on):
        yield Todo(
            key=f"partydays.answer:{paper_id}",
            title=title,
            due_on=closes_on,
            why=_("不记名。") if anonymous else _("记名，截止前可以修改。"),
            url=address("partydays:survey", paper_id),
            button=_("去作答"),
        )


@prepared
def _unanswered(*, person_id: int, on: date) -> QuerySet[Invitation, Any]:
    rows = Invitation.objects.filter(person_id=person_id, answered=False, paper__opens_on__lte=on)
    rows = rows.filter(paper__inquiry__isnull=False).filter(
        Q(paper__closes_on=None) | Q(paper__closes_on__gte=on)
    )
    listed = rows.order_by("paper__closes_on", "id")[:10]
    return listed.values_list("paper_id", "paper__title", "paper__closes_on", "paper__anonymous")


@prepared_models
def _own_branches(*, actor: Actor) -> QuerySet[Unit]:
    return own_branches(actor, BRANCH_RUNNERS)[:10]


def _to_judge(branches: list[Unit]) -> Iterator[Todo]:
    if number := len(_to_be_judged(branches=[branch.pk for branch in branches])):
        yield Todo(
            key="partydays.judge_make_ups",
            title=_("审核 %(n)s 条补学") % {"n": f"{_MANY}+" if number > _MANY else number},
            why=_("审核后单独计学时，出勤不变。"),
            url=address("partydays:make-ups"),
            button=_("去审核"),
            binding=False,
        )


def _unplanned(branches: list[Unit], on: date) -> Iterator[tuple[Unit, Theme]]:
    """Own branches with each theme given to them that they have not planned."""
    above = sorted({int(part) for branch in branches for part in branch.path.split("/") if part})
    themes = _themes_asking(above=above, on=on)
    if not themes:
        return
    ids = {"themes": [one.pk for one in themes], "branches": [one.pk for one in branches]}
    planned = set(_planned_under(**ids))
    for theme in themes:
        for branch in branches:
            if branch.path.startswith(theme.unit.path) and (theme.pk, branch.pk) not in planned:
                yield branch, theme


def _to_plan(branch: Unit, theme: Theme) -> Todo:
    return Todo(
        key=f"partydays.theme:{theme.pk}:{branch.pk}",
        title=_("按方案安排“%(title)s”") % {"title": theme.title},
        due_on=theme.plan_by_on,
        why=_("党委下发的主题，一键带入议题、场次和调查。"),
        url=address("partydays:theme", theme.pk),
        button=_("去安排"),
    )


@prepared
def _to_be_judged(*, branches: list[int]) -> QuerySet[MakeUp, Any]:
    rows = MakeUp.objects.filter(any_of("meeting__gathering__unit", branches), state=MakeUpState.LOGGED)
    return rows.values_list("pk")[: _MANY + 1]


@prepared_models
def _themes_asking(*, above: list[int], on: date) -> QuerySet[Theme]:
    rows = Theme.objects.filter(any_of("unit", above), state=ThemeState.ISSUED, ends_on__gte=on)
    return rows.select_related("unit").order_by("plan_by_on", "id")[:5]


@prepared
def _planned_under(*, themes: list[int], branches: list[int]) -> QuerySet[Meeting, Any]:
    rows = Meeting.objects.filter(any_of("theme", themes), any_of("gathering__unit", branches))
    kept = rows.exclude(gathering__state=State.CANCELLED)
    return kept.values_list("theme_id", "gathering__unit_id").distinct()


def _to_confirm(actor: Actor, on: date) -> Iterator[Todo]:
    for pk, title, held_on in _unconfirmed(actor=actor, on=on):
        yield Todo(
            key=f"partydays.confirm:{pk}",
            title=_("确认“%(title)s”") % {"title": title},
            due_on=held_on + _CONFIRM_WITHIN,
            why=_("确认后学时才会记入每个人的成长档案。"),
            url=address("partydays:meeting", pk),
            button=_("去确认"),
            binding=False,
        )


@prepared
def _unconfirmed(*, actor: Actor, on: date) -> QuerySet[Meeting, Any]:
    units = Unit.objects.filter(units_below(actor.places(*BRANCH_RUNNERS))).values("id")
    rows = Meeting.objects.filter(
        any_of("gathering__unit", units), gathering__state=State.PLANNED, gathering__held_on__lt=on
    )
    listed = rows.order_by("gathering__held_on", "pk")
    return listed.values_list("pk", "gathering__title", "gathering__held_on")[:20]


def _to_hold(actor: Actor, on: date, given: Collection[int]) -> Iterator[Todo]:
    """What branches owe; those given a theme for their theme day are told of that instead."""
    for one in owed_by(actor, on):
        if one.kind == MeetingKind.THEME_DAY and one.branch_id in given:
            continue
        rule, kind = rule_of(one.kind), one.kind.label
        yield Todo(
            key=f"partydays.hold:{one.branch_id}:{one.kind}:{one.first:%Y-%m}",
            title=_("安排%(when)s%(kind)s") % {"when": _span_words(one), "kind": kind},
            due_on=one.due_on,
            why=_("%(kind)s%(often)s，%(what)s") % {
                "kind": kind, "often": OFTEN[one.every],
                "what": _("还差 %(n)d 次没有安排。") % {"n": one.number} if one.number > 1 else _("还没有安排。"),
            },
            article=str(rule.law),
            url=f"{address('partydays:new')}?unit={one.branch_id}&kind={one.kind.value}",
            button=_("去安排"),
        )  # fmt: skip


def _span_words(one: Owed) -> str:
    """11月, 第四季度, 2026年."""
    if one.every == 1:
        return _("%(n)d月") % {"n": one.first.month}
    if one.every == 3:
        return _("第%(n)s季度") % {"n": "一二三四"[one.first.month // 3]}
    return _("%(n)d年") % {"n": one.first.year}


def _to_attend(person_id: int, on: date) -> Iterator[Todo]:
    for gathering_id, title in _asked_today(person_id=person_id, on=on):
        yield Todo(
            key=f"partydays.attend:{gathering_id}",
            title=_("参加“%(title)s”") % {"title": title},
            due_on=on,
            why=_("到场后扫码，或输入口令签到。"),
            url=address("partydays:spoken"),
            button=_("签到"),
        )


@prepared
def _asked_today(*, person_id: int, on: date) -> QuerySet[Attendance, Any]:
    rows = Attendance.objects.filter(
        person_id=person_id, presence=Presence.EXPECTED, gathering__held_on=on, gathering__state=State.PLANNED,
    )  # fmt: skip
    return rows.order_by("gathering_id").values_list("gathering_id", "gathering__title")[:5]
