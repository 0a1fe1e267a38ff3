"""Kinds of meetings, fields and forms of theme days, and the small states around them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MeetingKind(models.TextChoices):
    """主题党日、三会一课 and the others."""

    THEME_DAY = "theme_day", _("主题党日")
    MEMBERS = "members_meeting", _("支部党员大会")
    COMMITTEE = "committee_meeting", _("支部委员会")
    GROUP = "group_meeting", _("党小组会")
    LECTURE = "party_lecture", _("党课")
    LIFE = "organizational_life", _("组织生活会")
    TALK = "talk", _("谈心谈话")
    CENTRE = "centre_group", _("中心组学习")
    TRAINING = "concentrated_training", _("集中培训")


class Field(models.TextChoices):
    """The seven fields of theme days."""

    IDEOLOGY = "ideology", _("思想建设")
    TREATMENT = "treatment", _("医疗救治")
    INFECTION_CONTROL = "infection_control", _("院感防控")
    CARE = "humanistic_care", _("人文关怀")
    INSTITUTIONS = "institution_building", _("建章立制")
    SERVICE = "service_support", _("服务保障")
    MANAGEMENT = "hospital_management", _("医院管理")


class ThemeForm(models.TextChoices):
    """The three forms of theme days."""

    CLASS = "theory_class", _("理论课堂")
    SEMINAR = "seminar", _("研讨交流")
    DRILL = "post_drill", _("岗位练兵")


class ThemeState(models.TextChoices):
    """The life of a theme."""

    DRAFT = "draft", _("草稿")
    ISSUED = "issued", _("已下发")
    CLOSED = "closed", _("已结束")


class Headway(models.TextChoices):
    """How far a branch has come with a theme."""

    NOT_PLANNED = "not_planned", _("未安排")
    PLANNED = "planned", _("已安排")
    HELD = "held", _("已开展")
    RECORDED = "recorded", _("已记录")


class InquiryRole(models.TextChoices):
    """Which question a survey answers about a meeting."""

    NEEDS = "needs", _("会前需求调查")
    AFTER = "after", _("会后评价")
    CHANGE = "change", _("三个月后回访")


class MakeUpState(models.TextChoices):
    """The life of a make-up study."""

    LOGGED = "logged", _("待审")
    ACCEPTED = "accepted", _("已计学时")
    RETURNED = "returned", _("已退回")
    VOID = "void", _("已冲回")


class Audience(models.TextChoices):
    """Who may read a reflection: the author chooses."""

    SELF = "self", _("仅自己")
    COMMITTEE = "committee", _("书记和委员")
    BRANCH = "branch", _("本支部")
    HOSPITAL = "hospital", _("全院")


LEDGER_ATTENDED = "partydays.attended"
LEDGER_TAUGHT = "partydays.taught"
LEDGER_MADE_UP = "partydays.made_up"
SOURCE = "partydays.meeting"
SOURCE_MAKE_UP = "partydays.make_up"
# Owners of files and papers.
MEETING_OWNER = "partydays.meeting"
THEME_OWNER = "partydays.theme"
