"""Codes of people's facts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """As on the identity document."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")


class FactKind(models.TextChoices):
    """What a dated fact is about."""

    PARTY_STATUS = "party_status", _("人员类别")
    TITLE = "title", _("职称")
    EDUCATION = "education", _("学历")
    DEGREE = "degree", _("学位")
    POSITION_TYPE = "position_type", _("岗位类别")
    EMPLOYMENT = "employment_kind", _("用工性质")
    POST = "post", _("职务")
    PARTY_POST = "party_post", _("党内职务")
    DISCIPLINE = "discipline", _("处分影响期")
    BACKBONE = "backbone", _("业务骨干")
    FRONT_LINE = "front_line", _("一线任务")


class PartyStatus(models.TextChoices):
    """党员身份 as of a date; the default is 群众."""

    NONE = "none", _("群众")
    APPLICANT = "applicant", _("入党申请人")
    ACTIVIST = "activist", _("入党积极分子")
    TARGET = "development_target", _("发展对象")
    PROBATIONARY = "probationary", _("预备党员")
    FULL = "full", _("正式党员")


MEMBERS = (PartyStatus.PROBATIONARY, PartyStatus.FULL)


class PositionType(models.TextChoices):
    """岗位类别."""

    DOCTOR = "doctor", _("医")
    NURSE = "nurse", _("护")
    TECHNICIAN = "technician", _("技")
    PHARMACIST = "pharmacist", _("药")
    ADMINISTRATION = "administration", _("管")
    SUPPORT = "support", _("工勤")


class EmploymentKind(models.TextChoices):
    """用工性质."""

    ESTABLISHED = "established", _("编制")
    CONTRACT = "contract", _("合同")
    DISPATCHED = "dispatched", _("派遣")
    RESIDENT = "resident_training", _("规培")
    REHIRED = "rehired", _("返聘")
    RETIRED = "retired", _("退休")


class TitleLevel(models.TextChoices):
    """职称级别."""

    SENIOR = "senior", _("正高")
    ASSOCIATE = "associate", _("副高")
    INTERMEDIATE = "intermediate", _("中级")
    JUNIOR = "junior", _("初级")
    NONE = "none", _("未定级")


class Standing(models.TextChoices):
    """Whether the person is here."""

    PRESENT = "present", _("在册")
    LEFT = "left", _("调出")
    RETIRED = "retired", _("离退休")
    WITHDRAWN = "withdrawn", _("已撤销")


class DisciplineEffect(models.TextChoices):
    """处分 whose effect period may bar a role."""

    WARNING = "warning", _("警告")
    SERIOUS = "serious_warning", _("严重警告")
    REMOVED = "removal_from_post", _("撤销党内职务")
    PROBATION = "probation_within_party", _("留党察看")
