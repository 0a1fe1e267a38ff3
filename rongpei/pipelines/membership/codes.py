"""Codes of the membership room."""

from django.db import models
from django.utils.translation import gettext_lazy as _

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
