"""Codes of verification."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

PROCEDURE = "verification"
FILE_OWNER = "verification.application"
FORM_OWNER = "verification.form"
TIDY_TASK = "verification.tidy"
CHANNEL = "web"

CODE_LASTS = timedelta(minutes=10)
CODE_AGAIN = timedelta(seconds=60)
CODE_TRIES, CODES_A_DAY, CODES_A_PLACE_AND_HOUR = 5, 8, 30
MOST_PICTURES = 4
PICTURE_BYTES = 10 * 1024 * 1024
CLAIMED_AT_ONCE = 5
# A claim nobody decides returns to the queue.
CLAIM_LASTS = timedelta(hours=8)
RENEW_BEFORE = timedelta(days=30)


class Profession(models.TextChoices):
    """What kind of professional somebody is."""

    DOCTOR = "doctor", _("医师")
    NURSE = "nurse", _("护士")
    PHARMACIST = "pharmacist", _("药师")
    TECHNICIAN = "technician", _("技师")
    TRAINEE = "trainee", _("医学生、规培")


class Certificate(models.TextChoices):
    """Documents that are accepted (DOMAIN I)."""

    DOCTOR_QUALIFICATION = "doctor_qualification", _("医师资格证书")
    DOCTOR_PRACTICE = "doctor_practice", _("医师执业证书")
    NURSE_PRACTICE = "nurse_practice", _("护士执业证书")
    PHARMACIST = "pharmacist", _("执业药师资格证或注册证")
    PHARMACY_TITLE = "pharmacy_title", _("药学职称证")
    TITLE = "title", _("卫生专业技术资格证")
    WORK = "work", _("工作证或胸牌")
    STUDENT = "student", _("学生证")
    TRAINING = "training", _("规培证")


CERTIFICATES_OF: dict[str, tuple[Certificate, ...]] = {
    Profession.DOCTOR: (Certificate.DOCTOR_PRACTICE, Certificate.DOCTOR_QUALIFICATION),
    Profession.NURSE: (Certificate.NURSE_PRACTICE,),
    Profession.PHARMACIST: (Certificate.PHARMACIST, Certificate.PHARMACY_TITLE),
    Profession.TECHNICIAN: (Certificate.TITLE, Certificate.WORK),
    Profession.TRAINEE: (Certificate.STUDENT, Certificate.TRAINING),
}


class State(models.TextChoices):
    """How far an application has come."""

    DRAFT = "draft", _("填写中")
    PENDING = "pending", _("审核中")
    REJECTED = "rejected", _("未通过")
    APPROVED = "approved", _("已通过")
    WITHDRAWN = "withdrawn", _("已撤回")


# What the person can change now, and what is not yet over.
CHANGEABLE = (State.DRAFT, State.REJECTED)
OPEN = (*CHANGEABLE, State.PENDING)


class Method(models.TextChoices):
    """What proved it."""

    CERTIFICATE = "certificate", _("证书审核")
    STAFF_RECORD = "staff_record", _("本院人事记录")


class Where(models.TextChoices):
    """Where somebody stands with the gate today."""

    NONE = "none", _("未认证")
    REFUSED = "refused", _("已拒绝")
    DRAFT = "draft", _("填写中")
    PENDING = "pending", _("审核中")
    REJECTED = "rejected", _("未通过")
    VERIFIED = "verified", _("已通过")
    ASKED_AGAIN = "asked_again", _("协议已更新")
    EXPIRED = "expired", _("已过期")
    REVOKED = "revoked", _("已撤销")
    WITHDRAWN = "withdrawn", _("已撤回同意")


class Reason(models.TextChoices):
    """Why a submission did not pass."""

    IMAGE_UNCLEAR = "image_unclear", _("图片不清楚")
    NAME_MISMATCH = "name_mismatch", _("姓名不一致")
    ID_MISMATCH = "id_mismatch", _("身份证号不一致")
    CERT_EXPIRED = "cert_expired", _("证书过期")
    CERT_TYPE_WRONG = "cert_type_wrong", _("证书种类不对")
    ORG_UNVERIFIABLE = "org_unverifiable", _("单位无法核实")
    NUMBER_INVALID = "number_invalid", _("编号无效")
    DUPLICATE_ACCOUNT = "duplicate_account", _("重复账号")
    INCOMPLETE_INFO = "incomplete_info", _("信息不完整")
    NOT_HCP = "not_hcp", _("不是医疗卫生专业人士")
    SUSPECTED_FORGERY = "suspected_forgery", _("证书真实性存疑")


# What to mend, and the step where it is mended.
MENDING: dict[str, tuple[object, str]] = {
    Reason.IMAGE_UNCLEAR: (_("请在光线均匀处平放重拍，四角和编号都要清楚。"), "certificate"),
    Reason.NAME_MISMATCH: (_("请按证书上的姓名填写；改过名的，请加一张改名证明。"), "profile"),
    Reason.ID_MISMATCH: (_("请核对身份证号，与证书上的一致后再提交。"), "profile"),
    Reason.CERT_EXPIRED: (_("请上传在有效期内的证书。"), "certificate"),
    Reason.CERT_TYPE_WRONG: (_("请上传与所选种类一致的证书。"), "certificate"),
    Reason.ORG_UNVERIFIABLE: (_("请填写单位全称，或加一张工作证。"), "profile"),
    Reason.NUMBER_INVALID: (_("请对照证书重新填写编号。"), "certificate"),
    Reason.DUPLICATE_ACCOUNT: (_("您可能已有另一个通过认证的账号，请用那个账号登录，或申请人工复核。"), ""),
    Reason.INCOMPLETE_INFO: (_("请把缺的信息或证书页补齐。"), "profile"),
    Reason.NOT_HCP: (_("专业内容只对医疗卫生专业人士开放。如有异议，请申请人工复核。"), ""),
    Reason.SUSPECTED_FORGERY: (_("请上传原件照片，或申请人工复核。"), "certificate"),
}


class Outcome(models.TextChoices):
    """How a case ended."""

    VERIFIED = "verified", _("已通过")
    WITHDRAWN = "withdrawn", _("本人撤回")


class Purpose(models.TextChoices):
    """What a question form is for."""

    PROFILE = "profile", _("完善信息（认证时填写）")
    COLLECT = "collect", _("收集问题（单独填写）")


class Audience(models.TextChoices):
    """Whom a question form asks."""

    APPLICANTS = "applicants", _("正在认证的人")
    VERIFIED = "verified", _("通过认证的人")
    EVERYONE = "everyone", _("所有账号")


class FormState(models.TextChoices):
    """The life of a question form."""

    DRAFT = "draft", _("草稿")
    OPEN = "open", _("收集中")
    CLOSED = "closed", _("已结束")
