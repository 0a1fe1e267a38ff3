"""What a machine can remark on a submission: number formats and check digits, name, the same numbers elsewhere.

A remark asks a person to look; nothing here rejects (DOMAIN I: old and electronic certificates differ).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext as _

from rongpei.ground.files.cipher import mask_id
from rongpei.org.people.roster.idnumbers import read_id_number
from rongpei.pipelines.verification.codes import CERTIFICATES_OF, Certificate, State
from rongpei.pipelines.verification.models import Application, Submission

_LENGTHS: dict[str, tuple[int, ...]] = {
    Certificate.DOCTOR_QUALIFICATION: (24, 27),
    Certificate.DOCTOR_PRACTICE: (15,),
    Certificate.NURSE_PRACTICE: (12,),
}
_NAME = re.compile(r"^[㐀-鿿·]{2,20}$")


@dataclass(frozen=True, slots=True)
class Remark:
    """One line beside what the person filled in. `ok` False asks to look."""

    field: str
    label: str
    stated: str
    says: str
    ok: bool


def remark_on_number(certificate: str, number: str, id_number: str = "") -> str:
    """What is unusual about a certificate's number, or nothing."""
    if not number:
        return ""
    lengths = _LENGTHS.get(certificate, ())
    if lengths and (not re.fullmatch(r"\d+X?", number) or len(number) not in lengths):
        usual = _("或").join(str(length) for length in lengths)
        return _("一般是 %(usual)s 位数字，填了 %(length)d 位。") % {"usual": usual, "length": len(number)}
    if certificate == Certificate.DOCTOR_QUALIFICATION:
        return _within(number[9:], id_number)
    if certificate == Certificate.DOCTOR_PRACTICE and number[0] not in "12":
        return _("第一位是执业级别，一般是 1 或 2。")
    return ""


def _within(inner: str, id_number: str) -> str:
    """The 24- or 27-digit qualification number ends in the holder's ID number (GB 11643)."""
    read = read_id_number(inner)
    if read.problem:
        return _("编号后段应是身份证号，%(problem)s。") % {"problem": read.problem}
    if id_number and read.number != read_id_number(id_number).number:
        return _("编号后段与所填的身份证号不一致。")
    return ""


def remark_on_id(id_number: str) -> str:
    """What is unusual about an ID number, or nothing."""
    return read_id_number(id_number).problem if id_number else ""


def remark_on_name(name: str) -> str:
    """What is unusual about a name, or nothing."""
    return "" if _NAME.fullmatch(name) else _("不是常见的中文姓名写法，请看证书。")


def same_elsewhere(one: Submission) -> int:
    """How many other people stated one of the two numbers, by blind index; withdrawn applications hold none."""
    known = [(column, index) for column in ("id_index", "number_index") if (index := getattr(one, column))]
    same = reduce(or_, (Q((column, index)) for column, index in known), Q(pk__in=()))
    rows = Application.objects.filter(same, tenant_id=one.tenant_id).exclude(state=State.WITHDRAWN)
    return rows.exclude(person_id=one.person_id).values("person_id").distinct().count()


def remarks_on(submission: Submission) -> list[Remark]:
    """Everything the reviewer sees beside the image."""
    return list(_remarks(submission))


def _remarks(one: Submission) -> Iterator[Remark]:
    id_number, number = one.id_number, one.number
    fine = _("格式正常")
    said = remark_on_name(one.name)
    yield Remark("name", _("姓名"), one.name, said or _("请与证书核对"), not said)
    said = remark_on_id(id_number)
    yield Remark(
        "id",
        _("身份证号"),
        mask_id(id_number) or _("没有填写"),
        said or (fine if id_number else ""),
        not said,
    )
    fits = one.certificate in CERTIFICATES_OF.get(one.profession, ())
    says = _("与专业类别相符") if fits else _("与专业类别不常搭配")
    yield Remark(
        "certificate",
        _("证书"),
        f"{one.get_profession_display()}，{one.get_certificate_display()}",
        says,
        fits,
    )
    said = remark_on_number(one.certificate, number, id_number)
    yield Remark("number", _("证书编号"), number or _("没有填写"), said or (fine if number else ""), not said)
    yield Remark("workplace", _("单位"), f"{one.workplace} {one.department}".strip(), _("请与证书核对"), True)
    found = same_elsewhere(one)
    says = _("另有 %(n)d 个账号填了同一号码") % {"n": found} if found else _("没有")
    yield Remark("duplicate", _("重复账号"), "", says, not found)
