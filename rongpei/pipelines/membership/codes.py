"""Codes of the membership room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.org.units.codes import UnitKind

# Kinds of units that run cases.
BRANCH_KINDS = (UnitKind.BRANCH, UnitKind.TEMPORARY_BRANCH, UnitKind.GENERAL_BRANCH)
PROCEDURE = "membership"
LEDGER_TRAINING = "membership.training"
TRAINING_SOURCE = "membership.training"


class HelperKind(models.TextChoices):
    """Who helps a person on the way."""

    MENTOR = "mentor", _("培养联系人")
    INTRODUCER = "introducer", _("入党介绍人")


class Outcome(models.TextChoices):
    """How a case ends."""

    COMPLETED = "completed", _("已转正归档")
    CANCELLED = "cancelled", _("取消预备党员资格")
    WITHDRAWN = "withdrawn_by_person", _("本人撤回申请")
    REJECTED = "rejected", _("不予发展")
    TRANSFERRED = "transferred", _("转出本单位")


class Exclusion(models.TextChoices):
    """Why a full member is not among those who should attend with a vote; to be stated at the meeting."""

    PROBATIONARY = "probationary", _("预备党员，没有表决权（党章第七条）")
    SANCTIONED = "sanctioned", _("受留党察看处分，没有表决权")
    ILL = "ill", _("患病不能表达意志")
    ABROAD = "abroad", _("自费出国半年以上")
    CUSTODY = "custody", _("被依法留置、逮捕等")
    BEDRIDDEN = "bedridden", _("年老体弱卧床不起")
    AWAY = "away", _("外出半年以上，按规定应转未转组织关系")


class Waivable(models.TextChoices):
    """What a special document may lift; nothing else can be."""

    CULTIVATION_YEAR = "cultivation_year", _("一年培养考察期")
    HALF_YEAR_REVIEW = "half_year_review", _("每半年考察")
    PUBLIC_NOTICE = "public_notice", _("公示")
    TRAINING = "training", _("集中培训")
    LEAVING_SOON = "leaving_soon", _("三个月内离开单位")
    MEETING_MONTH = "meeting_month", _("预审后一个月内开会")
    OATH_MONTH = "oath_month", _("批准后一个月内宣誓")


class ApplicationState(models.TextChoices):
    """An application handed in on the phone, until the signed paper is received."""

    WAITING = "waiting", _("等收纸质申请书")
    RECEIVED = "received", _("已收到")
    WITHDRAWN = "withdrawn", _("本人撤回")


class ContactWhy(models.TextChoices):
    """Why somebody is won for an application."""

    HIGHLY_EDUCATED = "highly_educated", _("高知识群体")
    BACKBONE = "backbone", _("业务骨干")
    FRONT_LINE = "front_line", _("一线表现突出")
    YOUNG = "young", _("优秀青年")


class ContactOutcome(models.TextChoices):
    """What came of the conversations."""

    OPEN = "open", _("联系中")
    APPLIED = "applied", _("已递交入党申请书")
    LATER = "later", _("本人暂不考虑")
    LEFT = "left", _("调离或不再联系")


class LetterState(models.TextChoices):
    """A 组织关系介绍信, from issue to return slip."""

    ISSUED = "issued", _("已开出，等回执")
    RECEIVED = "received", _("已收到回执")
    CANCELLED = "cancelled", _("已作废")


class LetterKind(models.TextChoices):
    """Where the relation moves."""

    INSIDE = "inside", _("院内转接")
    OUT = "out", _("转出本单位")
    IN = "in", _("转入本单位")


class KitKind(models.TextChoices):
    """What a members' meeting decides."""

    ADMISSION = "admission", _("讨论接收预备党员")
    CONVERSION = "conversion", _("讨论预备党员转正")


class Mark(models.TextChoices):
    """Where a voter is at a meeting. A written opinion says that it was given, never which way."""

    PRESENT = "present", _("到会")
    ONLINE = "online", _("线上")
    WRITTEN = "written", _("会前书面意见")
    LEAVE = "leave", _("请假")
    ABSENT = "absent", _("缺席")


class PaperState(models.TextChoices):
    """An official document with a number: a voided one stays in the register."""

    ISSUED = "issued", _("已编号")
    VOIDED = "voided", _("已作废")


class BookState(models.TextChoices):
    """One printed 入党志愿书, from the parcel to the archive."""

    STOCK = "stock", _("库存")
    ISSUED = "issued", _("已发放")
    RETURNED = "returned", _("已收回")
    SPOILED = "spoiled", _("填废")


DOCUMENT_OWNER = "membership.document"
TEMPLATE_OWNER = "membership.template"
BOOK_OWNER = "membership.book"
