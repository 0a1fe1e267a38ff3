"""Works: made, furnished with rights, episodes and consents, shown while all of it stands; and studied."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from rongpei.activities.culture import rules
from rongpei.activities.culture.codes import LEDGER_STUDIED, SOURCE_STUDY, ConsentState
from rongpei.activities.culture.models import Appearance, Episode, Study, Work
from rongpei.activities.culture.showing import faults_of
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.kernel.ledger import actions as ledger
from rongpei.org.people.models import Person

LEAST_THOUGHTS = 20
MOST_EPISODES = 300


@action("culture.work.entered", may=rules.may_keep)
def enter_work(*, actor: Actor, tenant_id: int, values: Mapping[str, Any], on: date, now: datetime) -> Work:
    """Enter a work."""
    work = Work.objects.create(tenant_id=tenant_id, created_at=now, **values)
    return _kept(work, on)


@action("culture.work.changed", may=rules.may_keep_work, locks=("work",), about="work")
def change_work(*, actor: Actor, work: Work, values: Mapping[str, Any], on: date) -> Work:
    """Change a work; whether it is shown follows at once."""
    for name, value in values.items():
        setattr(work, name, value)
    work.save(update_fields=list(values))
    return _kept(work, on)


@action("culture.work.checked", may=rules.may_keep_work, locks=("work",), about="work")
def check_work(*, actor: Actor, work: Work, on: date) -> Work:
    """Look again whether it may be shown, as the days go by: a licence ends."""
    return _kept(work, on)


def _kept(work: Work, on: date) -> Work:
    shown = work.on_view and not faults_of(work, on)
    if work.is_shown != shown:
        work.is_shown = shown
        work.save(update_fields=["is_shown"])
    note(shown=shown)
    return work


@action("culture.episodes.added", may=rules.may_keep_work, locks=("work",), about="work")
def add_episodes(
    *, actor: Actor, work: Work, titles: Sequence[str], minutes: int, class_hours: Decimal
) -> int:  # fmt: skip
    """Add episodes at the end, one for each title, all of a length.

    Refuses more than three hundred in all.
    """
    last = work.episodes.order_by("-number").values_list("number", flat=True).first() or 0
    kept = [title.strip()[:80] for title in titles if title.strip()]
    if not kept:
        raise Refused(_("请写至少一集的标题，一行一集。"))
    if last + len(kept) > MOST_EPISODES:
        raise Refused(_("一部作品最多 %d 集。") % MOST_EPISODES)
    Episode.objects.bulk_create(
        Episode(
            tenant_id=work.tenant_id, work=work, number=last + place, title=title, minutes=minutes,
            class_hours=class_hours,
        )
        for place, title in enumerate(kept, 1)
    )  # fmt: skip
    note(count=len(kept))
    return len(kept)


def _may_keep_episode(*, actor: Actor, episode: Episode) -> bool:
    return rules.keeps(actor, episode.tenant_id)


@action("culture.episode.changed", may=_may_keep_episode, locks=("episode",), about="episode")
def change_episode(*, actor: Actor, episode: Episode, values: Mapping[str, Any]) -> Episode:
    """Change an episode; hours already entered stay as they were."""
    for name, value in values.items():
        setattr(episode, name, value)
    episode.save(update_fields=list(values))
    return episode


@action("culture.appearance.entered", may=rules.may_keep_work, locks=("work",), about="work")
def enter_appearance(
    *, actor: Actor, work: Work, name: str, where: str, on: date, person: Person | None = None
) -> Appearance:  # fmt: skip
    """Note somebody who can be recognised; until that person agrees the work is not shown.

    Refuses the same person twice.
    """
    if person is not None and work.appearances.filter(person=person).exists():
        raise Refused(_("这个人已在名单上。"))
    found = Appearance.objects.create(
        tenant_id=work.tenant_id, work=work, person=person, name=person.name if person else name, where=where
    )
    _kept(work, on)
    return found


@action(
    "culture.appearance.answered", may=rules.may_answer_appearance, locks=("appearance",), about="appearance"
)
def answer_appearance(
    *, actor: Actor, appearance: Appearance, state: ConsentState, basis: str, on: date
) -> Appearance:  # fmt: skip
    """What the person shown says; withdrawing is as easy as agreeing, and takes the work out of the exhibition at once.

    Refuses an agreement written down for somebody else without its proof.
    """
    own = appearance.person_id is not None and appearance.person_id == actor.person_id
    if state == ConsentState.GIVEN and not own and not basis.strip():
        raise Refused(_("请写明同意的凭据，例如“纸质同意书，2026年6月1日”。"))
    appearance.state, appearance.answered_on = state, on
    appearance.basis = _("本人在线确认") if own else basis.strip()[:120]
    appearance.save(update_fields=["state", "answered_on", "basis"])
    note(state=state, own=own)
    _kept(Work.objects.select_for_update().get(pk=appearance.work_id), on)
    return appearance


@action("culture.episode.studied", may=rules.may_study)
def study_episode(
    *, actor: Actor, episode: Episode, home_tenant_id: int, thoughts: str, on: date, now: datetime
) -> Study:  # fmt: skip
    """Study an episode and write what stayed; its class hours are entered once, however often one comes back.

    Refuses a work that is not shown, and thoughts under twenty characters.
    """
    if not episode.work.is_shown:
        raise Refused(_("这部作品现在不展出，不能计学时。"))
    thoughts = thoughts.strip()
    if len("".join(thoughts.split())) < LEAST_THOUGHTS:
        raise Refused(_("心得至少写 %d 个字。") % LEAST_THOUGHTS)
    try:
        with transaction.atomic():
            study = Study.objects.create(
                tenant_id=home_tenant_id, episode=episode, person_id=actor.person_id or 0, thoughts=thoughts[:1000],
                class_hours=episode.class_hours, studied_on=on, recorded_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise Refused(_("这一集您已经学过，学时只记一次。"), code="studied") from error
    if episode.class_hours:
        label = f"{episode.work.title} {episode.number}. {episode.title}"
        ledger.enter(
            actor=actor, tenant_id=home_tenant_id, source=ledger.Source(SOURCE_STUDY, study.pk, label),
            lines=[
                ledger.Line(
                    kind=LEDGER_STUDIED, occurred_on=on, person_id=actor.person_id, class_hours=episode.class_hours
                )
            ],
            now=now,
        )  # fmt: skip
    return study
