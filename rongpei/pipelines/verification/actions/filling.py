"""Filling in: profile, certificate, images. Everything is kept as it is typed; only handing in asks that it is whole."""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.files.actions import delete_blob, store_upload
from rongpei.ground.files.cipher import blind_index, encipher
from rongpei.ground.files.codes import IMAGES
from rongpei.ground.files.models import StoredFile
from rongpei.ground.files.pages import drawn_pages, is_pdf
from rongpei.kernel.procedures import actions as procedures
from rongpei.kernel.procedures.queries import standing_of
from rongpei.org.people.actions import rename_person
from rongpei.pipelines.verification import rules
from rongpei.pipelines.verification.codes import CHANGEABLE, FILE_OWNER, MOST_PICTURES, PICTURE_BYTES, State
from rongpei.pipelines.verification.models import Application
from rongpei.pipelines.verification.queries import files_in


def _must_be_changeable(application: Application) -> None:
    if application.state == State.PENDING:
        raise Refused(
            _("材料正在审核，现在不能修改。"),
            remedy=_("要改的话，请先撤回申请，或等结论出来。"),
            code="pending",
        )
    if application.state not in CHANGEABLE:
        raise Refused(_("这份申请已经结束，不能再修改。"), code="ended")


@action("verification.profile.saved", may=rules.may_fill, locks=("application",), about="application")
def save_profile(
    *,
    actor: Actor,
    application: Application,
    values: Mapping[str, str],
    id_number: str,
    today: date,
    now: datetime,
) -> Application:
    """Keep name, ID number, workplace and profession. `values`: columns of Application."""
    _must_be_changeable(application)
    for column in ("name", "workplace", "department", "title", "profession"):
        setattr(application, column, values.get(column, "").strip())
    number = id_number.strip().upper()
    application.id_cipher, application.id_index = encipher(number), blind_index(number)
    application.changed_at = now
    application.save()
    if not any(one.done.step == "profile" for one in standing_of(application.case)):
        procedures.perform(actor=actor, case=application.case, step="profile", on=today, today=today, now=now)
    if application.person.staff_number == "" and application.name:
        rename_person(actor=System(application.tenant_id), person=application.person, name=application.name)
    return application


@action("verification.certificate.saved", may=rules.may_fill, locks=("application",), about="application")
def save_certificate(
    *, actor: Actor, application: Application, certificate: str, number: str, now: datetime
) -> Application:
    """Keep what kind of document it is, and its number."""
    _must_be_changeable(application)
    tidy = "".join(number.split()).upper()
    application.certificate, application.changed_at = certificate, now
    application.number_cipher, application.number_index = encipher(tidy), blind_index(tidy)
    application.save()
    return application


@action("verification.picture.added", may=rules.may_fill, locks=("application",), about="application")
def add_picture(
    *, actor: Actor, application: Application, upload: "File[bytes]", now: datetime
) -> StoredFile:
    """Keep one image of the document: drawn anew without place and camera, enciphered.

    Refuses what is no image, too large, or one too many.
    """
    _must_be_changeable(application)
    if files_in(application).count() >= MOST_PICTURES:
        raise Refused(
            _("最多 %(n)d 张图片。") % {"n": MOST_PICTURES}, remedy=_("请先去掉一张。"), code="many"
        )
    _must_be_small(upload)
    stored = store_upload(
        actor=actor, tenant_id=application.tenant_id, owner_kind=FILE_OWNER, owner_id=application.pk, upload=upload,
        now=now, kinds=IMAGES, enciphered=True,
    )  # fmt: skip
    note(file=stored.pk)
    Application.objects.filter(pk=application.pk).update(changed_at=now)
    return stored


def _must_be_small(upload: "File[bytes]") -> None:
    if (upload.size or 0) > PICTURE_BYTES:
        raise Refused(_("文件超过 10 MB，没有保存。"), remedy=_("请把照片调小后再上传。"), code="size")


def add_document(
    *, actor: Actor, application: Application, upload: "File[bytes]", now: datetime
) -> list[StoredFile]:
    """Keep an image, or every page of a PDF as an image; the PDF itself is not kept.

    Refuses what `add_picture` does, and a PDF with more pages than there is room for: then none is kept.
    """
    _must_be_small(upload)
    room = MOST_PICTURES - files_in(application).count()
    pictures = drawn_pages(upload, room) if room > 0 and is_pdf(upload) else [upload]
    with transaction.atomic():
        return [
            add_picture(actor=actor, application=application, upload=picture, now=now) for picture in pictures
        ]


@action("verification.picture.removed", may=rules.may_fill, locks=("application",), about="application")
def remove_picture(*, actor: Actor, application: Application, file: StoredFile, now: datetime) -> Application:
    """Delete one image for good."""
    _must_be_changeable(application)
    note(file=file.pk)
    delete_blob(actor=System(application.tenant_id), file=file, now=now)
    return application
