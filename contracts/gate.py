"""Somebody in every state of verification before a closed article with a picture and an attachment; for tests of the gate."""

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from contracts import portal
from contracts.cast import House
from rongpei.activities.columns.actions import editing, printing
from rongpei.activities.columns.codes import FilePart
from rongpei.activities.columns.models import Article
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.pipelines.verification import actions
from rongpei.pipelines.verification.models import Credential
from rongpei.pipelines.verification.tests import samples

WHO = "outside_volunteer"  # the cast's outside professional wrote the article, and writers read their own
SECRET = "隔离衣内层的脱法"


def closed_article(house: House) -> tuple[Article, int, int]:
    """A closed article of the operator's public column, with the ids of its picture and of its attachment."""
    system, now = System(house.tenant.pk), clock.now()
    samples.texts_in(house)
    column = portal.column(house, "和谐医患故事", is_public=True)
    article = portal.draft(house, column, "负压病房里的四十分钟", requires_hcp=True, summary="缓冲间的灯")
    uploads = {
        FilePart.PICTURE: portal.png(),
        FilePart.ATTACHMENT: ContentFile(SECRET.encode(), name="脱法.txt"),
    }
    files = [
        editing.attach_file(actor=system, article=article, upload=upload, part=part, now=now).pk
        for part, upload in uploads.items()
    ]
    html = f'<p>{SECRET}。</p><figure><img src="/read/{article.pk}/files/{files[0]}/" alt=""></figure>'
    article.refresh_from_db()
    editing.save_article(actor=system, article=article, values={}, html=html, base=1, saved_by="周", now=now)
    checked: dict[str, Any] = {"actor": system, "article": article, "secrecy_checked": True, "now": now}
    printing.submit(by="周", **checked)
    printing.pass_editing(by="编", opinion="", **checked)
    return printing.approve(by="审", opinion="", **checked), files[0], files[1]


def refuse(house: House) -> None:
    """拒绝 to the identity agreement."""
    person, text = house.person(WHO), samples.texts_in(house)["identity_agreement"]
    actions.refuse_agreement(
        actor=samples.oneself(person), person=person, user=person.user, text=text, today=clock.today(), now=clock.now()
    )  # fmt: skip


def fill(house: House) -> None:
    """Everything filled in, nothing handed in."""
    samples.filled(house, WHO)


def submit(house: House) -> None:
    """Handed in."""
    samples.submitted(house, WHO)


def reject(house: House) -> None:
    """Handed in, and did not pass."""
    samples.decided(samples.submitted(house, WHO), passed=False, reviewer=house.actor("certificate_reviewer"))


def verify(house: House) -> None:
    """Passed."""
    samples.decided(samples.submitted(house, WHO), passed=True, reviewer=house.actor("certificate_reviewer"))


def expire(house: House) -> None:
    """Passed, two years ago."""
    verify(house)
    today = clock.today()
    Credential.objects.filter(person=house.person(WHO)).update(
        starts_on=today - timedelta(days=700), ends_on=today
    )


def revoke(house: House) -> None:
    """Passed, and taken back."""
    verify(house)
    actions.revoke(
        actor=house.actor("certificate_reviewer"), credential=Credential.objects.get(person=house.person(WHO)),
        why="证书系伪造", today=clock.today(), now=clock.now(),
    )  # fmt: skip


def ask_again(house: House) -> None:
    """Passed, before a new version of the agreement."""
    verify(house)
    samples.anew(house)


def withdraw(house: House) -> None:
    """Passed, and the consent withdrawn."""
    verify(house)
    person = house.person(WHO)
    actions.withdraw_consent(
        actor=samples.oneself(person), person=person, user=person.user, kind="identity_agreement", today=clock.today(),
        now=clock.now(),
    )  # fmt: skip


# How a state comes about, whether the gate is open in it, and the button of the closed page.
STATES = {
    "none": (lambda house: None, False, "去认证"),
    "refused": (refuse, False, "再看看协议"),
    "draft": (fill, False, "接着填写"),
    "pending": (submit, False, "看审核进度"),
    "rejected": (reject, False, "看要改什么"),
    "verified": (verify, True, ""),
    "expired": (expire, False, "重新认证"),
    "revoked": (revoke, False, "看原因"),
    "asked again": (ask_again, False, "看新版协议"),
    "withdrawn": (withdraw, False, "重新认证"),
}
