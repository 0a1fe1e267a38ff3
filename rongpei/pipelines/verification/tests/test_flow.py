"""The way of a case: agreement, tries, appeal, withdrawal, expiry, a new version, the staff record."""

from datetime import timedelta

import pytest

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.files import vault
from rongpei.ground.files.models import StoredFile
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures.actions import Unlawful
from rongpei.kernel.procedures.models import Case
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.queries import latest_answer
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.codes import CLAIM_LASTS, State, Where
from rongpei.pipelines.verification.models import Application, Credential, Policy, Submission
from rongpei.pipelines.verification.queries import claimed, files_in, free, queue_for
from rongpei.pipelines.verification.rules import may_see_images
from rongpei.pipelines.verification.standing import stand_of
from rongpei.pipelines.verification.tests import samples


@pytest.fixture
def house(cast):
    with scope([cast.operator.tenant.pk]):
        samples.texts_in(cast.operator)
        yield cast.operator


@pytest.fixture
def reviewer(house):
    return house.actor("certificate_reviewer")


def where(house, number="outside_hcp", on=None):
    return stand_of(house.actor(number), on or clock.today()).where


def test_a_case_from_agreement_to_credential(house, reviewer):
    assert where(house) == Where.NONE
    submission = samples.submitted(house)
    assert where(house) == Where.PENDING
    assert submission.tries == 1
    assert submission.due_at > submission.submitted_at
    samples.decided(submission, passed=True, reviewer=reviewer)
    credential = Credential.objects.get(person=house.person("outside_hcp"))
    today = clock.today()
    assert (credential.starts_on, credential.ends_on) == (today, add_months(today, 24))
    assert where(house) == Where.VERIFIED
    assert Case.objects.get(pk=credential.case_id).outcome == "verified"


def test_it_expires_on_the_day(house, reviewer):
    samples.decided(samples.submitted(house), passed=True, reviewer=reviewer)
    ends = Credential.objects.get().ends_on
    assert where(house, on=ends - timedelta(days=1)) == Where.VERIFIED
    assert where(house, on=ends) == Where.EXPIRED


def test_refusing_closes_the_gate_and_deletes_what_a_draft_held(house):
    application = samples.filled(house)
    person = application.person
    actions.refuse_agreement(
        actor=samples.oneself(person), person=person, user=person.user, text=samples.texts_in(house)["identity_agreement"],
        today=clock.today(), now=clock.now(),
    )  # fmt: skip
    assert where(house) == Where.REFUSED
    application.refresh_from_db()
    assert (application.state, application.name, application.id_cipher) == (State.WITHDRAWN, "", "")
    assert not files_in(application).exists()


def test_a_skip_is_stored_as_a_skip_and_the_case_goes_on(house, reviewer):
    application = samples.agreed(house)
    person = application.person
    given = {
        "actor": samples.oneself(person),
        "person": person,
        "user": person.user,
        "today": clock.today(),
        "now": clock.now(),
    }
    actions.answer_informed(**given, text=samples.texts_in(house)["informed_consent"], agrees=False)
    assert latest_answer(person.user, TextKind.INFORMED_CONSENT).answer == Answer.SKIP
    actions.save_profile(
        actor=given["actor"], application=application, values=samples.PROFILE, id_number=samples.ID_NUMBER,
        today=given["today"], now=given["now"],
    )  # fmt: skip
    application.refresh_from_db()
    actions.save_certificate(
        actor=given["actor"],
        application=application,
        certificate="doctor_practice",
        number=samples.NUMBER,
        now=given["now"],
    )
    actions.add_picture(
        actor=given["actor"], application=application, upload=samples.picture(), now=given["now"]
    )
    samples.decided(samples.again(application), passed=True, reviewer=reviewer)
    assert where(house) == Where.VERIFIED


def test_nothing_half_filled_is_handed_in(house):
    application = samples.agreed(house)
    with pytest.raises(Refused) as refused:
        samples.again(application)
    assert all(word in refused.value.what for word in ("姓名", "身份证号", "证书编号", "证书图片"))
    assert not Submission.objects.exists()


def test_tries_are_limited_and_each_is_kept(house, reviewer):
    Policy.objects.create(tenant=house.tenant, tries=2)
    submission = samples.decided(samples.submitted(house), passed=False, reviewer=reviewer)
    assert where(house) == Where.REJECTED
    second = samples.again(submission.application)
    assert second.tries == 2
    samples.decided(second, passed=False, reviewer=reviewer)
    with pytest.raises(Unlawful):
        samples.again(submission.application)
    assert [one.passed for one in Submission.objects.order_by("sequence")] == [False, False]
    assert Submission.objects.values("digest").distinct().count() == 2


def test_beginning_anew_does_not_give_more_tries(house, reviewer):
    Policy.objects.create(tenant=house.tenant, tries=1)
    submission = samples.decided(samples.submitted(house), passed=False, reviewer=reviewer)
    application = submission.application
    actions.take_back(
        actor=samples.oneself(application.person),
        application=application,
        today=clock.today(),
        now=clock.now(),
    )
    with pytest.raises(Unlawful):
        samples.submitted(house)


def test_an_appeal_goes_to_somebody_else_and_is_no_try(house, reviewer):
    submission = samples.decided(samples.submitted(house), passed=False, reviewer=reviewer)
    application, person = submission.application, submission.person
    application.refresh_from_db()
    given = {
        "actor": samples.oneself(person),
        "application": application,
        "today": clock.today(),
        "now": clock.now(),
    }
    appealed = actions.appeal(**given, words="四角都看得清。")
    assert (appealed.tries, where(house)) == (1, Where.PENDING)
    with pytest.raises(Forbidden):
        actions.claim(actor=reviewer, submission=appealed, now=clock.now())
    assert actions.claim_next(actor=reviewer, tenant_id=house.tenant.pk, count=5, now=clock.now()) == []
    other = samples.second_reviewer(house)
    samples.decided(appealed, passed=False, reviewer=other)
    application.refresh_from_db()
    with pytest.raises(Unlawful):
        actions.appeal(**given | {"application": application}, words="再看一次。")
    assert samples.again(application).tries == 2


def test_an_appeal_upheld_verifies(house, reviewer):
    submission = samples.decided(samples.submitted(house), passed=False, reviewer=reviewer)
    submission.application.refresh_from_db()
    appealed = actions.appeal(
        actor=samples.oneself(submission.person), application=submission.application, words="请再看。", today=clock.today(),
        now=clock.now(),
    )  # fmt: skip
    samples.decided(appealed, passed=True, reviewer=samples.second_reviewer(house))
    assert where(house) == Where.VERIFIED


def test_withdrawing_is_one_act_that_closes_and_deletes(house, reviewer):
    submission = samples.decided(samples.submitted(house), passed=True, reviewer=reviewer)
    person = house.person("outside_hcp")
    name = StoredFile.objects.get(pk=submission.file_ids[0]).storage_name
    assert vault.find(name)
    actions.withdraw_consent(
        actor=samples.oneself(person), person=person, user=person.user, kind=TextKind.IDENTITY_AGREEMENT, today=clock.today(),
        now=clock.now(),
    )  # fmt: skip
    assert where(house) == Where.WITHDRAWN
    submission.refresh_from_db()
    assert (submission.name, submission.id_cipher, submission.number_cipher) == ("", "", "")
    assert (submission.passed, len(submission.digest)) == (True, 64)
    assert StoredFile.objects.get(pk=submission.file_ids[0]).deleted_at is not None
    # Giving consent again begins anew.
    assert samples.agreed(house).state == State.DRAFT


def test_a_new_version_asks_again_and_keeps_the_credential(house, reviewer):
    samples.decided(samples.submitted(house), passed=True, reviewer=reviewer)
    text, person = samples.anew(house), house.person("outside_hcp")
    assert where(house) == Where.ASKED_AGAIN
    given = {"actor": samples.oneself(person), "person": person, "user": person.user, "text": text}
    actions.accept_agreement(**given, opens=False, today=clock.today(), now=clock.now())
    assert where(house) == Where.VERIFIED
    assert Application.objects.count() == 1


def test_a_reviewer_takes_a_credential_back_with_a_reason(house, reviewer):
    samples.decided(samples.submitted(house), passed=True, reviewer=reviewer)
    credential = Credential.objects.get()
    with pytest.raises(Refused):
        actions.revoke(actor=reviewer, credential=credential, why=" ", today=clock.today(), now=clock.now())
    actions.revoke(
        actor=reviewer, credential=credential, why="证书系伪造", today=clock.today(), now=clock.now()
    )
    assert where(house) == Where.REVOKED
    assert stand_of(house.actor("outside_hcp"), clock.today()).why == "证书系伪造"


def test_never_ones_own_case(house, reviewer):
    own = samples.submitted(house, "certificate_reviewer")
    with pytest.raises(Forbidden):
        actions.claim(actor=reviewer, submission=own, now=clock.now())
    assert actions.claim_next(actor=reviewer, tenant_id=house.tenant.pk, count=5, now=clock.now()) == []
    with pytest.raises(Forbidden):
        actions.decide(
            actor=reviewer, application=own.application, submission=own, passed=True, reasons=(), message="",
            today=clock.today(), now=clock.now(),
        )  # fmt: skip


def test_a_decision_wants_a_claim_and_a_no_wants_a_reason(house, reviewer):
    submission = samples.submitted(house)
    given = {
        "actor": reviewer, "application": submission.application, "submission": submission, "message": "",
        "today": clock.today(), "now": clock.now(),
    }  # fmt: skip
    with pytest.raises(Refused, match="领取"):
        actions.decide(**given, passed=True, reasons=())
    actions.claim(actor=reviewer, submission=submission, now=clock.now())
    with pytest.raises(Refused, match="原因"):
        actions.decide(**given, passed=False, reasons=())
    with pytest.raises(Refused, match="原因"):
        actions.decide(**given, passed=True, reasons=("not_hcp",))
    actions.decide(**given, passed=True, reasons=())
    with pytest.raises(Refused, match="已经有结论"):
        actions.decide(**given, passed=True, reasons=())


def test_images_are_seen_by_the_person_and_by_who_has_claimed(house, reviewer):
    submission, now = samples.submitted(house), clock.now()
    pk = submission.application_id
    assert may_see_images(house.actor("outside_hcp"), pk, now)
    assert not may_see_images(house.actor("editor"), pk, now)
    assert not may_see_images(reviewer, pk, now)
    actions.claim(actor=reviewer, submission=submission, now=now)
    assert may_see_images(reviewer, pk, now)
    actions.release(actor=reviewer, submission=submission)
    assert not may_see_images(reviewer, pk, now)


def test_a_lapsed_claim_shows_nothing_and_lies_on_no_desk(house, reviewer):
    submission, now = samples.submitted(house), clock.now()
    actions.claim(actor=reviewer, submission=submission, now=now)
    last, after = now + CLAIM_LASTS, now + CLAIM_LASTS + timedelta(seconds=1)
    assert may_see_images(reviewer, submission.application_id, last)
    assert [one.pk for one in claimed(reviewer, last)] == [submission.pk]
    assert not may_see_images(reviewer, submission.application_id, after)
    assert not claimed(reviewer, after).exists()
    assert free(queue_for(reviewer), after).get().pk == submission.pk


def test_images_go_after_the_decision_and_what_was_decided_stays(house, reviewer):
    submission = samples.decided(samples.submitted(house), passed=True, reviewer=reviewer)
    system, tenant_id, today = System(house.tenant.pk), house.tenant.pk, clock.today()
    decided_at = submission.decided_at
    before = decided_at + timedelta(days=30)
    assert actions.delete_images(actor=system, tenant_id=tenant_id, today=today, now=before) == 0
    after = before + timedelta(seconds=1)
    assert actions.delete_images(actor=system, tenant_id=tenant_id, today=today, now=after) == 1
    assert actions.delete_images(actor=system, tenant_id=tenant_id, today=today, now=after) == 0
    submission.refresh_from_db()
    assert submission.images_deleted_at == after
    assert submission.passed
    assert not files_in(submission.application).exists()
    assert StoredFile.objects.get(pk=submission.file_ids[0]).sha256


def test_images_of_what_waits_are_kept_however_old_the_decision_before(house, reviewer):
    submission = samples.decided(samples.submitted(house), passed=False, reviewer=reviewer)
    samples.again(submission.application)
    late = clock.now() + timedelta(days=400)
    assert (
        actions.delete_images(
            actor=System(house.tenant.pk), tenant_id=house.tenant.pk, today=clock.today(), now=late
        )
        == 0
    )
    assert files_in(submission.application).exists()


def test_a_month_before_the_end_one_is_told_once(house, reviewer):
    samples.decided(samples.submitted(house), passed=True, reviewer=reviewer)
    ends = Credential.objects.get().ends_on
    given = {"actor": System(house.tenant.pk), "tenant_id": house.tenant.pk, "now": clock.now()}
    assert actions.remind_expiring(**given, today=ends - timedelta(days=31)) == 0
    assert actions.remind_expiring(**given, today=ends - timedelta(days=30)) == 1
    assert actions.remind_expiring(**given, today=ends - timedelta(days=29)) == 0


def test_staff_are_verified_by_their_record(cast):
    house = cast.h1
    with scope([house.tenant.pk]):
        application = samples.agreed(house, "staff")
        given = {"actor": samples.oneself(application.person), "today": clock.today(), "now": clock.now()}
        with pytest.raises(Unlawful):
            actions.verify_by_record(**given, application=application)
        samples.on_record(application.person, "nurse")
        credential = actions.verify_by_record(**given, application=application)
        assert (credential.method, credential.profession) == ("staff_record", "nurse")
        assert where(house, "staff") == Where.VERIFIED
        assert not StoredFile.objects.filter(owner_kind="verification.application").exists()


def test_nobody_from_outside_is_verified_by_a_record(house):
    samples.on_record(house.person("outside_hcp"), "doctor")
    application = samples.agreed(house)
    with pytest.raises(Unlawful):
        actions.verify_by_record(
            actor=samples.oneself(application.person),
            application=application,
            today=clock.today(),
            now=clock.now(),
        )
