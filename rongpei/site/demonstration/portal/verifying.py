"""Identity verification in the demonstration: texts, limits, and cases in every state, made by the actions themselves."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone

from rongpei.ground.accounts.actor import System
from rongpei.ground.accounts.models import User
from rongpei.ground.files.cipher import decipher
from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.access.actions import grant_role
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding
from rongpei.org.access.visit import Visit, visit_of
from rongpei.org.consent.actions import publish_text
from rongpei.org.consent.codes import TextKind
from rongpei.org.consent.models import ConsentText
from rongpei.org.people.actions import bind_account, register_person
from rongpei.org.people.models import Person
from rongpei.org.people.roster.samples import sample_rows
from rongpei.org.units.actions import post_person
from rongpei.org.units.codes import Tree
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.codes import CERTIFICATES_OF, Certificate, Profession
from rongpei.pipelines.verification.models import Application, Credential, Submission
from rongpei.pipelines.verification.texts import FOR_STAFF, STANDARD
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.meetings import at
from rongpei.site.demonstration.outside import Outsider
from rongpei.site.demonstration.portal.specimen import certificate
from rongpei.site.demonstration.someone import House

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
_QUESTIONS = """您在哪一级医院工作？[单选]
- 三级
- 二级
- 基层
最常看哪些专栏？[多选]
- 医院党建专家论坛
- 医院文化
- 和谐医患故事
- 其他
还想看什么？[填空][当第2题选“其他”]
每周大约看几篇？[数字]
内容对工作有帮助吗？[打分]"""
_WISHES = ("讲讲交接班", "药品说明怎么讲给老人听", "基层转诊的经验", "年轻护士的成长")
_WAITING, _DECIDED = 9, 26


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody from outside and what they say about themselves."""

    person: Person
    user: User
    actor: Visit
    id_number: str
    profession: Profession


class Desk:
    """The operator's desk over half a year."""

    def __init__(self, operator: Tenant, outsiders: list[Outsider], anchor: date) -> None:
        self.operator, self.anchor, self.system = operator, anchor, System(operator.pk)
        self.chance = dice(operator.code, "verification")
        self.reviewers = [
            visit_of(_account(one), anchor) for one in outsiders if one.role == Role.CERTIFICATE_REVIEWER
        ]
        self.known = [one for one in outsiders if one.role == Role.OUTSIDE_HCP]
        self.unit = self.known[0].unit
        self.texts = publish_texts(operator, anchor)

    def run(self) -> int:
        """Settings, then everybody's case; gives how many applications there are."""
        for title, body, reasons in _TEMPLATES:
            actions.keep_template(
                actor=self.system, tenant_id=self.operator.pk, title=title, body=body, reasons=reasons
            )
        states = (self.pass_, self.stay_out, self.draft, self.wait, self.reject, self.expire, self.refuse)
        for outsider, bring in zip(self.known, states, strict=False):
            bring(
                Applicant(
                    outsider.person,
                    _account(outsider),
                    visit_of(_account(outsider), self.anchor),
                    _id_of(outsider.person),
                    self._kind(),
                )
            )
        crowd = list(self._crowd(_WAITING + _DECIDED))
        for index, one in enumerate(crowd[:_DECIDED]):
            self._decided(one, days_ago=80 - 3 * index, passed=index % 4 != 2)
        for index, one in enumerate(crowd[_DECIDED:]):
            self._hand_in(one, self._moment(index % 2, 8 + index % 9))
        self._ask()
        actions.delete_images(
            actor=self.system, tenant_id=self.operator.pk, today=self.anchor, now=at(self.anchor, 3)
        )
        return Application.objects.filter(tenant=self.operator).count()

    def _ask(self) -> None:
        """One form for the verified, with a few answers."""
        begun = self._moment(20, 9)
        values = {
            "title": "阅读习惯小调查", "intro": "五道题，两分钟。", "purpose": "collect", "audience": "verified", "profession": "",
            "text": _QUESTIONS,
        }  # fmt: skip
        form = actions.begin_form(actor=self.system, tenant_id=self.operator.pk, values=values, now=begun)
        form = actions.open_form(actor=self.system, form=form, today=timezone.localdate(begun), now=begun)
        holders = Credential.objects.filter(tenant=self.operator, stopped_on=None, ends_on__gt=self.anchor)
        for credential in holders.select_related("person__user").order_by("id")[:14]:
            if credential.person.user is None or credential.person.user.username.startswith("demo-"):
                continue
            level = self.chance.randrange(3)
            answers = {
                "1": level,
                "2": sorted(self.chance.sample(range(4), 2)),
                "4": self.chance.randint(1, 9),
                "5": self.chance.randint(3, 5),
            }
            answers |= {"3": self.chance.choice(_WISHES)} if 3 in answers["2"] else {}  # type: ignore[operator]
            actions.answer_form(
                actor=visit_of(credential.person.user, self.anchor),
                form=form,
                answers=answers,
                today=self.anchor,
            )

    def _kind(self) -> Profession:
        return self.chance.choice(list(Profession)[:4])

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

    def _decided(self, one: Applicant, *, days_ago: int, passed: bool) -> None:
        submission = self._hand_in(one, self._moment(days_ago, 10))
        later = submission.submitted_at + timedelta(hours=self.chance.choice((2, 4, 5, 7, 20, 30)))
        later = min(later, at(self.anchor, 8))
        reviewer = self.reviewers[self.chance.randrange(len(self.reviewers))]
        actions.claim(actor=reviewer, submission=submission, now=later)
        reasons = () if passed else ("image_unclear", "name_mismatch")[: self.chance.choice((1, 2))]
        actions.decide(
            actor=reviewer, application=submission.application, submission=submission, passed=passed, reasons=reasons,
            message="" if passed else _TEMPLATES[0][1], today=timezone.localdate(later), now=later,
        )  # fmt: skip

    def _crowd(self, count: int) -> Iterator[Applicant]:
        """People from outside without a demonstration account of their own."""
        rows = sample_rows(count, self.chance.randint(1, 10**6), ["-"], ["-"], on=self.anchor)
        for index, row in enumerate(rows):
            user = User.objects.create(
                tenant=self.operator,
                username=f"out-sample-{index}",
                phone=f"1990000{index:04d}",
                password="!",  # noqa: S106 - nobody signs in with it
            )
            person = self._enter(user, str(row["name"]))
            yield Applicant(person, user, visit_of(user, self.anchor), str(row["id_number"]), self._kind())

    def _enter(self, user: User, name: str) -> Person:
        since = self.anchor - timedelta(days=120)
        person = register_person(actor=self.system, tenant_id=self.operator.pk, name=name)
        bind_account(actor=self.system, person=person, user=user)
        post_person(
            actor=self.system,
            person=person,
            tree=Tree.ADMIN,
            unit=self.unit,
            starts_on=since,
            today=self.anchor,
            now=at(since, 9),
        )
        grant_role(actor=self.system, person=person, role=Role.OUTSIDE_HCP, unit=self.unit, starts_on=since)
        return person


def publish_texts(tenant: Tenant, anchor: date) -> dict[str, ConsentText]:
    """The operator's four texts, a hospital's identity agreement, in force since half a year."""
    found: dict[str, ConsentText] = {}
    staff = tenant.kind != TenantKind.OPERATOR
    for kind in (TextKind.IDENTITY_AGREEMENT,) if staff else tuple(TextKind):
        found[kind] = publish_text(
            actor=System(tenant.pk), tenant_id=tenant.pk, kind=kind,
            body=(FOR_STAFF if staff else STANDARD[kind]) % {"operator": tenant.name}, now=at(anchor - timedelta(days=180), 9),
        )  # fmt: skip
    return found


def verify_staff(houses: list[House], anchor: date) -> int:
    """A few of each hospital who were verified by their staff record."""
    count = 0
    for house in houses:
        texts = publish_texts(house.tenant, anchor)
        holders = Holding.objects.filter(
            tenant=house.tenant, role=Role.STAFF, person__position_type__in=("doctor", "nurse")
        )
        for holding in holders.exclude(person__user=None).select_related("person__user").order_by("id")[:1]:
            person, now = holding.person, at(anchor - timedelta(days=40), 12)
            user = User.objects.get(person=person)
            actor, today = visit_of(user, anchor), timezone.localdate(now)
            application = actions.accept_agreement(
                actor=actor,
                person=person,
                user=user,
                text=texts[TextKind.IDENTITY_AGREEMENT],
                opens=True,
                today=today,
                now=now,
            )
            if application is not None:
                actions.verify_by_record(actor=actor, application=application, today=today, now=now)
                count += 1
    return count


def _account(one: Outsider) -> User:
    return User.objects.get(person=one.person)


def _id_of(person: Person) -> str:
    return decipher(person.id_cipher)


def _number(kind: Certificate, chance: random.Random) -> str:
    lengths = {Certificate.DOCTOR_PRACTICE: 15, Certificate.NURSE_PRACTICE: 12}
    length = lengths.get(kind, 11)
    if chance.random() < 0.15:
        length -= 1
    return "1" + "".join(str(chance.randrange(10)) for _ in range(length - 1))
