"""What other activities have in the days of a campaign week. Here, because rooms of one floor do not know each other."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from rongpei.activities.columns.queries.reading import articles_for
from rongpei.activities.culture.events import Event
from rongpei.activities.partydays.queries import meetings_for
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.ui.addresses import address
from rongpei.kernel.gatherings.codes import State

_MOST = 200


def meeting_events(actor: Actor, first: date, last: date) -> Iterator[Event]:
    """Meetings the asker may see."""
    rows = meetings_for(actor).filter(gathering__held_on__gte=first, gathering__held_on__lte=last)
    for row in rows.exclude(gathering__state=State.CANCELLED)[:_MOST]:
        gathering, url = row.gathering, address("partydays:meeting", row.pk)
        yield Event(
            gathering.held_on, _("会议与党日"), gathering.title, url, gathering.unit.name, "calendar-event"
        )


def article_events(actor: Actor, first: date, last: date) -> Iterator[Event]:
    """Articles that came out."""
    begins, ends = _midnight(first), _midnight(last + timedelta(days=1))
    for row in articles_for(actor).filter(published_at__gte=begins, published_at__lt=ends)[:_MOST]:
        if row.published_at is not None:
            url = address("columns:article", row.pk)
            yield Event(
                timezone.localdate(row.published_at), _("文章"), row.title, url, row.column.name, "news"
            )


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))
