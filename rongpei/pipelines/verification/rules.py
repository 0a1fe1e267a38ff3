"""Who may join, apply, decide, keep texts and forms."""

from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.accounts.models import User
from rongpei.ground.audit import Forbidden
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.kernel.procedures.models import Case
from rongpei.org.access.codes import Role
from rongpei.org.people.models import Person
from rongpei.org.units.models import Unit
from rongpei.pipelines.verification.codes import CHANGEABLE, CLAIM_LASTS, Audience, FormState
from rongpei.pipelines.verification.models import Application, Credential, QuestionForm, Submission
from rongpei.pipelines.verification.models.applying import WAITING
from rongpei.pipelines.verification.models.credential import in_force

REVIEWERS = (Role.CERTIFICATE_REVIEWER,)
BUILDERS = (Role.EDITOR, Role.CERTIFICATE_REVIEWER)
KEEPERS = (Role.SYSTEM_ADMIN,)
HOLDERS: dict[str, tuple[str, ...]] = {"applicant": ()}


def is_platform(*, actor: Actor, tenant_id: int) -> bool:
    """Joining is the platform's own act, after a code was shown."""
    return isinstance(actor, System) and actor.tenant_id == tenant_id


def may(*, actor: Actor, case: Case | None, unit: Unit, person: Person | None, step: str) -> bool:
    """A person applies for oneself; a reviewer decides about others; the platform carries out."""
    if isinstance(actor, System):
        return actor.tenant_id == unit.tenant_id
    own = person is not None and actor.person_id == person.pk
    if step == "review":
        return not own and unit.tenant_id == actor.tenant_id and actor.holds(*REVIEWERS)
    return own


def is_own(*, actor: Actor, person: Person) -> bool:
    """One's own person."""
    return actor.person_id is not None and actor.person_id == person.pk


def may_answer(*, actor: Actor, person: Person, user: User) -> bool:
    """One's own person with one's own account."""
    return is_own(actor=actor, person=person) and actor.user_id == user.pk


def may_fill(*, actor: Actor, application: Application) -> bool:
    """One's own application."""
    return actor.person_id is not None and actor.person_id == application.person_id


def reviews(actor: Actor, tenant_id: int) -> bool:
    """Whether the actor reviews in this tenant."""
    return tenant_id == actor.tenant_id and actor.holds(*REVIEWERS)


def may_claim(*, actor: Actor, submission: Submission) -> bool | Forbidden:
    """A reviewer, never for one's own case, and never to judge the appeal from one's own decision."""
    if not reviews(actor, submission.tenant_id) or actor.person_id is None:
        return False
    if submission.person_id == actor.person_id:
        return Forbidden(_("您本人的申请要由另一位审核员办理。"))
    if submission.barred_id == actor.person_id:
        return Forbidden(_("这是对您的结论申请的复核，要由另一位审核员办理。"))
    return True


def may_decide(*, actor: Actor, submission: Submission) -> bool | Forbidden:
    """Whoever may claim it; that it is claimed is the action's to say."""
    return may_claim(actor=actor, submission=submission)


def may_claim_next(*, actor: Actor, tenant_id: int) -> bool:
    """A reviewer of the tenant who is a known person."""
    return reviews(actor, tenant_id) and actor.person_id is not None


def may_revoke(*, actor: Actor, credential: Credential) -> bool | Forbidden:
    """A reviewer, but not one's own."""
    if not reviews(actor, credential.tenant_id):
        return False
    return credential.person_id != actor.person_id or Forbidden(
        _("不能撤销自己的认证，可以在“我的认证”里撤回同意。")
    )


def may_keep_templates(*, actor: Actor, tenant_id: int) -> bool:
    """Reviewers keep the sentences they use."""
    return reviews(actor, tenant_id)


def may_keep(*, actor: Actor, tenant_id: int) -> bool:
    """The system admin of the tenant sets limits."""
    return tenant_id == actor.tenant_id and actor.holds(*KEEPERS)


def may_build(*, actor: Actor, tenant_id: int) -> bool:
    """The operator's editors and reviewers build question forms."""
    return tenant_id == actor.tenant_id and actor.holds(*BUILDERS)


def may_change_form(*, actor: Actor, form: QuestionForm) -> bool:
    """The same, for one that exists."""
    return may_build(actor=actor, tenant_id=form.tenant_id)


def may_answer_form(*, actor: Actor, form: QuestionForm, today: date) -> bool:
    """Those whom an open form asks, of its own tenant."""
    return forms_asking(actor, today).filter(pk=form.pk).exists()


def forms_asking(actor: Actor, on: date) -> QuerySet[QuestionForm]:
    """Open forms that ask the actor: everybody, those verified, or those applying, where said only of one profession."""
    if actor.person_id is None:
        return QuestionForm.objects.none()
    verified = Credential.objects.filter(in_force(on), person_id=actor.person_id)
    applying = Application.objects.filter(person_id=actor.person_id, state__in=CHANGEABLE)
    return QuestionForm.objects.filter(tenant_id=actor.tenant_id, state=FormState.OPEN).filter(
        Q(audience=Audience.EVERYONE)
        | Q(_of_profession(verified), audience=Audience.VERIFIED)
        | Q(_of_profession(applying), audience=Audience.APPLICANTS)
    )


def _of_profession(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows), profession="") | Q(Exists(rows.filter(profession=OuterRef("profession"))))


def may_see_images(actor: Actor, application_id: int, now: datetime) -> bool:
    """The person; a reviewer only while having claimed what was submitted, and not once the claim has lapsed."""
    application = Application.objects.filter(pk=application_id).first()
    if application is None:
        return False
    if actor.person_id is not None and actor.person_id == application.person_id:
        return True
    at_hand = application.submissions.filter(at_hand_of(actor, now))
    return reviews(actor, application.tenant_id) and at_hand.exists()


def at_hand_of(actor: Actor, now: datetime) -> Q:
    """Submissions that await the actor's own decision: claimed, and the claim has not lapsed."""
    return WAITING & Q(claimed_by_id=actor.person_id or 0, claimed_at__gte=now - CLAIM_LASTS)


def may_change_images(actor: Actor, application_id: int) -> bool:
    """The person and the platform's own jobs."""
    application = Application.objects.filter(pk=application_id).first()
    if application is None:
        return False
    return isinstance(actor, System) or may_fill(actor=actor, application=application)


def verifies_by_record(kind: str) -> bool:
    """Whether a tenant of this kind verifies its people by their staff record."""
    return kind != TenantKind.OPERATOR
