"""What is asked about oneself, and by the office."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import QuerySet

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.accounts.models import User
from rongpei.ground.clock.calendar import WorkCalendar, WorkingDay
from rongpei.ground.personal import Subject
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import widened
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.models import ConsentAnswer, ConsentText
from rongpei.org.people.models import Person
from rongpei.org.privacy.models import Request, Term

DEFAULT_DAYS = 15


def subject_of(person: Person) -> Subject:
    """A person as the subject of data; those of the operator are nobody's employees."""
    outside = Tenant.objects.filter(pk=person.tenant_id, kind=TenantKind.OPERATOR).exists()
    return Subject(person.tenant_id, person.pk, person.user_id, outside)


@contextmanager
def everywhere(actor: Actor) -> Iterator[None]:
    """See every tenant for a while: what somebody left in another's columns is one's own too.

    Every read inside is filtered by the subject.
    """
    ids = list(Tenant.objects.values_list("pk", flat=True))
    with widened(ids, user_id=actor.user_id, person_id=actor.person_id):
        yield


def readable_tables() -> frozenset[str]:
    """Tables that this process may read: the portal, run apart, cannot read the files of the party."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT c.relname FROM pg_class c WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace "
            "AND has_table_privilege(c.oid, 'SELECT')"
        )
        return frozenset(row[0] for row in cursor.fetchall())


def requests_of(actor: Actor) -> QuerySet[Request]:
    """One's own requests, newest first."""
    return Request.objects.filter(person_id=actor.person_id or 0).order_by("-id")


def term_on(tenant_id: int, on: date) -> Term:
    """The term in force on a day; fifteen working days where no rule was set."""
    found = Term.objects.filter(tenant_id=tenant_id, starts_on__lte=on).order_by("-starts_on").first()
    return found or Term(
        tenant_id=tenant_id, starts_on=on, working_days=DEFAULT_DAYS, extension_days=DEFAULT_DAYS
    )


def due_on(tenant_id: int, on: date) -> WorkingDay:
    """Until when a request of a day is answered."""
    return WorkCalendar.load().add_working_days(on, term_on(tenant_id, on).working_days)


@dataclass(frozen=True, slots=True)
class Standing:
    """A text in force, what the account last said to it, and whether that is an agreement to this version."""

    text: ConsentText
    last: ConsentAnswer | None
    agreed: bool

    @property
    def optional(self) -> bool:
        """Whether it may be skipped without any consequence."""
        return self.text.kind == TextKind.INFORMED_CONSENT

    @property
    def renewed(self) -> bool:
        """Whether an older version was agreed to, so that this one asks again."""
        return (
            self.last is not None and self.last.text_id != self.text.pk and self.last.answer == Answer.AGREE
        )


def standings_of(user: User) -> list[Standing]:
    """Every text in force in the account's tenant; three queries whatever their number."""
    texts = ConsentText.objects.filter(tenant_id=user.tenant_id).order_by("kind", "-version").distinct("kind")
    answers = (
        ConsentAnswer.objects.filter(user=user, text__tenant_id=user.tenant_id)
        .select_related("text")
        .order_by("text__kind", "-id")
        .distinct("text__kind")
    )
    last = {one.text.kind: one for one in answers}
    return [
        Standing(
            text,
            found := last.get(text.kind),
            found is not None and found.text_id == text.pk and found.answer == Answer.AGREE,
        )
        for text in texts
    ]
