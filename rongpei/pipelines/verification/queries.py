"""Asking: applications, the queue, credentials, limits. Every read names its asker or what was found for it."""

from datetime import date, datetime, time, timedelta

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit.codes import EventKind
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.files.models import StoredFile
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.people.codes import FactKind, PositionType
from rongpei.org.people.models import Person
from rongpei.org.people.queries import fact_as_of
from rongpei.org.units.codes import Tree
from rongpei.org.units.models import Unit
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import CLAIM_LASTS, FILE_OWNER, Profession
from rongpei.pipelines.verification.models import AnswerTemplate, Application, Credential, Policy, Submission
from rongpei.pipelines.verification.models.applying import WAITING
from rongpei.pipelines.verification.models.credential import in_force

# Refused submissions count against the limit this long; afterwards one begins anew.
COUNTED_FOR = timedelta(days=180)
_ON_RECORD = {
    PositionType.DOCTOR: Profession.DOCTOR,
    PositionType.NURSE: Profession.NURSE,
    PositionType.PHARMACIST: Profession.PHARMACIST,
    PositionType.TECHNICIAN: Profession.TECHNICIAN,
}


def operator() -> Tenant | None:
    """The operator of the portal, to whom people from outside belong."""
    return Tenant.objects.filter(kind=TenantKind.OPERATOR).order_by("id").first()


def policy_of(tenant_id: int) -> Policy:
    """The tenant's limits, or the defaults (not stored)."""
    return Policy.objects.filter(tenant_id=tenant_id).first() or Policy(tenant_id=tenant_id)


def outside_unit(tenant_id: int) -> Unit:
    """Where people from outside are entered: with those already there, else at the root."""
    held = Holding.objects.filter(tenant_id=tenant_id, role=Role.OUTSIDE_HCP, unit__closed_on=None)
    first = held.select_related("unit").order_by("id").first()
    return first.unit if first else Unit.objects.get(tenant_id=tenant_id, tree=Tree.ADMIN, parent=None)


def root_unit(tenant_id: int) -> Unit:
    """The top of the tenant's administrative tree, where cases are kept."""
    return Unit.objects.get(tenant_id=tenant_id, tree=Tree.ADMIN, parent=None)


def newest_application(person_id: int | None) -> Application | None:
    """The person's newest application."""
    rows = Application.objects.filter(person_id=person_id or 0).select_related("case", "person")
    return rows.order_by("-id").first()


def newest_submission(application: Application) -> Submission | None:
    """What was handed in last."""
    return application.submissions.order_by("-sequence").first()


def tries_used(person_id: int, on: date) -> int:
    """Handings-in that did not pass, within half a year and since the last one that did; appeals do not count."""
    counted_from = timezone.make_aware(datetime.combine(on - COUNTED_FOR, time.min))
    rows = Submission.objects.filter(person_id=person_id, submitted_at__gte=counted_from, appealed="")
    passed = (
        Submission.objects.filter(person_id=person_id, passed=True)
        .order_by("-id")
        .values_list("id", flat=True)
    )
    since = passed.first()
    rows = rows.filter(pk__gt=since) if since else rows
    return rows.filter(Q(passed=False) | WAITING).count()


def profession_on_record(person: Person, on: date) -> str:
    """What the hospital's own staff record says, as of a date: a profession, or nothing; the operator keeps no such record."""
    if not rules.verifies_by_record(person.tenant.kind):
        return ""
    kind = fact_as_of(person, FactKind.POSITION_TYPE, on)
    return _ON_RECORD[PositionType(kind)] if kind in _ON_RECORD else ""


def files_in(application: Application) -> QuerySet[StoredFile]:
    """The images kept for an application, oldest first."""
    rows = StoredFile.objects.filter(
        tenant_id=application.tenant_id, owner_kind=FILE_OWNER, owner_id=application.pk
    )
    return rows.filter(deleted_at=None).order_by("id")


def looks_at(person: Person, most: int = 50) -> list[AuditEvent]:
    """Who looked at the person's own documents, newest first: the trail's rows, names are asked when they are shown."""
    owned = Application.objects.filter(person=person).values("id")
    files = StoredFile.objects.filter(tenant_id=person.tenant_id, owner_kind=FILE_OWNER, owner_id__in=owned)
    ids = list(files.values_list("id", flat=True))
    rows = AuditEvent.objects.filter(
        tenant_id=person.tenant_id,
        table_name=StoredFile._meta.db_table,
        first_id__in=ids,
        kind=EventKind.VIEW,
    )
    return list(rows.order_by("-id")[:most])


def queue_for(actor: Actor) -> QuerySet[Submission]:
    """Everything handed in at the reviewer's tenant, but one's own."""
    rows = Submission.objects.filter(tenant_id=actor.tenant_id).exclude(person_id=actor.person_id or 0)
    return rows.select_related("application", "claimed_by", "decided_by")


def waiting(rows: QuerySet[Submission]) -> QuerySet[Submission]:
    """Of these, what awaits a decision, the oldest promise first."""
    return rows.filter(WAITING).order_by("due_at", "id")


def free(rows: QuerySet[Submission], now: datetime) -> QuerySet[Submission]:
    """Of these, what nobody has claimed, or whose claim has lapsed."""
    return waiting(rows).filter(Q(claimed_by=None) | Q(claimed_at__lt=now - CLAIM_LASTS))


def claimed(actor: Actor, now: datetime) -> QuerySet[Submission]:
    """What the actor has on the desk: a claim that has lapsed is back in the queue."""
    return waiting(queue_for(actor)).filter(rules.at_hand_of(actor, now))


def ahead_of(submission: Submission) -> int:
    """How many wait before this one."""
    rows = Submission.objects.filter(WAITING, tenant_id=submission.tenant_id)
    before = Q(due_at__lt=submission.due_at) | Q(due_at=submission.due_at, pk__lt=submission.pk)
    return rows.filter(before).count()


def punctuality(tenant_id: int, since: datetime) -> tuple[int, int]:
    """Decisions since an instant, and those of them in time."""
    rows = Submission.objects.filter(tenant_id=tenant_id, decided_at__gte=since)
    counted = rows.aggregate(all=Count("pk"), timely=Count("pk", filter=Q(decided_at__lte=F("due_at"))))
    return counted["all"], counted["timely"]


def templates_of(tenant_id: int) -> QuerySet[AnswerTemplate]:
    """The sentences reviewers use again."""
    return AnswerTemplate.objects.filter(tenant_id=tenant_id).order_by("title")


def credential_of(person_id: int, on: date) -> Credential | None:
    """The credential in force on a date."""
    return Credential.objects.filter(in_force(on), person_id=person_id).order_by("-ends_on").first()
