"""Identity verification in the demonstration: texts, limits, and cases in every state, made by the actions themselves."""

import random
from datetime import date, datetime, timedelta

from django.utils import timezone

from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.access.codes import Role
from rongpei.org.access.visit import visit_of
from rongpei.org.consent.actions import answer, publish_text
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.codes import CERTIFICATES_OF, CHANNEL, Certificate
from rongpei.pipelines.verification.models import Application, Credential, Submission
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.outside import Outsider
from rongpei.site.demonstration.portal.applicants import Applicant, account, crowd, known
from rongpei.site.demonstration.portal.asking import ask_readers
from rongpei.site.demonstration.portal.looking import Looked, enter
from rongpei.site.demonstration.portal.specimen import certificate
from rongpei.site.demonstration.portal.staff import publish_texts

_PLACES = (
    "云汀市平安区人民医院",
    "云汀市第三社区卫生服务中心",
    "临川县中医院",
    "望江区妇幼保健院",
    "云汀医学院",
)
_UNITS = ("呼吸内科", "急诊科", "护理部", "药剂科", "检验科")
_TITLES = ("主治医师", "主管护师", "主管药师", "主管技师", "")
_TEMPLATES = (
    ("反光重拍", "证书右下角反光，看不清有效期，请在窗边平放重拍。", ["image_unclear"]),
    ("补注册页", "只有首页，请补执业注册页，能看到执业机构和有效期。", ["incomplete_info"]),
    ("单位写全称", "单位请写全称；还无法核实的，请加一张工作证。", ["org_unverifiable"]),
)
_ADDED = "\n联系：对认证有疑问的，请联系本平台的个人信息保护联系人。"
_WAITING, _DECIDED = 9, 26


class Desk:
    """The operator's desk over half a year."""

    def __init__(self, operator: Tenant, outsiders: list[Outsider], anchor: date) -> None:
        self.operator, self.anchor, self.system = operator, anchor, System(operator.pk)
        self.chance = dice(operator.code, "verification")
        self.reviewers = [
            visit_of(account(one), anchor) for one in outsiders if one.role == Role.CERTIFICATE_REVIEWER
        ]
        self.known = [one for one in outsiders if one.role == Role.OUTSIDE_HCP]
        self.texts = publish_texts(operator, anchor)
        self.looks: list[Looked] = []

    def run(self) -> int:
        """Settings, then everybody's case; gives how many applications there are."""
        for title, body, reasons in _TEMPLATES:
            actions.keep_template(
                actor=self.system, tenant_id=self.operator.pk, title=title, body=body, reasons=reasons
            )
        *people, earliest = (known(one, self.chance, self.anchor) for one in self.known)
        for one in (*people, earliest):
            self._join(one)
        self.be_asked_again(earliest)
        states = (
            self.pass_, self.stay_out, self.draft, self.wait, self.reject, self.expire, self.refuse, self.revoke, self.withdraw,
            self.appeal,
        )  # fmt: skip
        for one, bring in zip(people, states, strict=True):
            bring(one)
        many = list(crowd(self.known[0].unit, _WAITING + _DECIDED, self.chance, self.anchor))
        for one in many:
            self._join(one)
        for index, one in enumerate(many[:_DECIDED]):
            self._decided(one, days_ago=80 - 3 * index, passed=index % 4 != 2)
        for index, one in enumerate(many[_DECIDED:]):
            self._hand_in(one, self._moment(index % 2, 8 + index % 9))
        ask_readers(self.operator, self.chance, self.anchor)
        enter(self.looks)
        actions.delete_images(
            actor=self.system, tenant_id=self.operator.pk, today=self.anchor, now=at(self.anchor, 3)
        )
        return Application.objects.filter(tenant=self.operator).count()

    def _join(self, one: Applicant) -> None:
        """Agrees to what everybody agrees to who opens an account."""
        for kind in (TextKind.USER_AGREEMENT, TextKind.PRIVACY_POLICY):
            answer(
                actor=one.actor, user=one.user, text=self.texts[kind], choice=Answer.AGREE, channel=CHANNEL,
                now=self._moment(170, 12),
            )  # fmt: skip

    def _moment(self, days_ago: int, hour: int) -> datetime:
        return at(self.anchor - timedelta(days=days_ago), hour)

    def stay_out(self, one: Applicant) -> None:
        """Has an account and nothing more."""

    def draft(self, one: Applicant) -> None:
        """Has agreed and stopped at the certificate."""
        self._fill(one, self._moment(1, 20), whole=False)

    def wait(self, one: Applicant) -> None:
        """Waits for the answer."""
        self._hand_in(one, self._moment(0, 9))

    def pass_(self, one: Applicant) -> None:
        """Is verified."""
        self._decided(one, days_ago=60, passed=True)

    def reject(self, one: Applicant) -> None:
        """Was sent back with two reasons."""
        self._decided(one, days_ago=2, passed=False)

    def expire(self, one: Applicant) -> None:
        """Was verified longer ago than it holds."""
        self._decided(one, days_ago=70, passed=True)
        ends = self.anchor - timedelta(days=4)
        Credential.objects.filter(person=one.person).update(
            starts_on=ends - timedelta(days=730), ends_on=ends
        )

    def refuse(self, one: Applicant) -> None:
        """Has said no."""
        actions.refuse_agreement(
            actor=one.actor, person=one.person, user=one.user, text=self.texts[TextKind.IDENTITY_AGREEMENT], today=self.anchor,
            now=self._moment(3, 10),
        )  # fmt: skip

    def revoke(self, one: Applicant) -> None:
        """Was verified until a reviewer took it back."""
        self._decided(one, days_ago=45, passed=True)
        actions.revoke(
            actor=self.reviewers[0], credential=Credential.objects.get(person=one.person),
            why="发证机关答复，这本证书已经注销。", today=self.anchor - timedelta(days=5), now=self._moment(5, 15),
        )  # fmt: skip

    def withdraw(self, one: Applicant) -> None:
        """Was verified and has taken the consent back."""
        self._decided(one, days_ago=30, passed=True)
        actions.withdraw_consent(
            actor=one.actor, person=one.person, user=one.user, kind=TextKind.IDENTITY_AGREEMENT,
            today=self.anchor - timedelta(days=2), now=self._moment(2, 21),
        )  # fmt: skip

    def appeal(self, one: Applicant) -> None:
        """Was sent back and asks that somebody else looks."""
        application = self._decided(one, days_ago=6, passed=False).application
        application.refresh_from_db()
        actions.appeal(
            actor=one.actor, application=application, words="照片四角都看得清，姓名也和证书一致，请再看一次。",
            today=self.anchor - timedelta(days=1), now=self._moment(1, 15),
        )  # fmt: skip

    def be_asked_again(self, one: Applicant) -> None:
        """Agreed to the first version; the others agree to the second, which is in force since."""
        self._decided(one, days_ago=150, passed=True)
        text = self.texts[TextKind.IDENTITY_AGREEMENT]
        self.texts[TextKind.IDENTITY_AGREEMENT] = publish_text(
            actor=self.system, tenant_id=self.operator.pk, kind=TextKind.IDENTITY_AGREEMENT, body=text.body + _ADDED,
            now=self._moment(100, 9),
        )  # fmt: skip

    def _fill(self, one: Applicant, now: datetime, *, whole: bool = True) -> Application:
        today = timezone.localdate(now)
        application = actions.accept_agreement(
            actor=one.actor, person=one.person, user=one.user, text=self.texts[TextKind.IDENTITY_AGREEMENT], opens=True,
            today=today, now=now,
        )  # fmt: skip
        assert application is not None  # noqa: S101 - nobody has one yet
        actions.answer_informed(
            actor=one.actor, person=one.person, user=one.user, text=self.texts[TextKind.INFORMED_CONSENT],
            agrees=self.chance.random() < 0.4, today=today, now=now,
        )  # fmt: skip
        index = self.chance.randrange(len(_PLACES))
        values = {
            "name": one.person.name, "workplace": _PLACES[index], "department": _UNITS[index], "title": _TITLES[index],
            "profession": str(one.profession),
        }  # fmt: skip
        application = actions.save_profile(
            actor=one.actor,
            application=application,
            values=values,
            id_number=one.id_number,
            today=today,
            now=now,
        )
        if not whole:
            return application
        kind = CERTIFICATES_OF[one.profession][0]
        number = _number(kind, self.chance)
        application = actions.save_certificate(
            actor=one.actor, application=application, certificate=kind, number=number, now=now
        )
        actions.add_picture(actor=one.actor, application=application, upload=certificate(number), now=now)
        return application

    def _hand_in(self, one: Applicant, now: datetime) -> Submission:
        application = self._fill(one, now)
        return actions.submit(
            actor=one.actor, application=application, today=timezone.localdate(now), now=now
        )

    def _decided(self, one: Applicant, *, days_ago: int, passed: bool) -> Submission:
        submission = self._hand_in(one, self._moment(days_ago, 10))
        later = submission.submitted_at + timedelta(hours=self.chance.choice((2, 4, 5, 7, 20, 30)))
        later = min(later, at(self.anchor, 8))
        reviewer = self.reviewers[self.chance.randrange(len(self.reviewers))]
        actions.claim(actor=reviewer, submission=submission, now=later)
        self.looks.append(Looked(reviewer, submission, later - timedelta(minutes=4)))
        reasons = () if passed else ("image_unclear", "name_mismatch")[: self.chance.choice((1, 2))]
        return actions.decide(
            actor=reviewer, application=submission.application, submission=submission, passed=passed, reasons=reasons,
            message="" if passed else _TEMPLATES[0][1], today=timezone.localdate(later), now=later,
        )  # fmt: skip


def _number(kind: Certificate, chance: random.Random) -> str:
    lengths = {Certificate.DOCTOR_PRACTICE: 15, Certificate.NURSE_PRACTICE: 12}
    length = lengths.get(kind, 11)
    if chance.random() < 0.15:
        length -= 1
    return "1" + "".join(str(chance.randrange(10)) for _ in range(length - 1))
