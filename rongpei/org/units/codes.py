"""Codes of units and offices."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Tree(models.TextChoices):
    """Which tree a unit stands in."""

    ADMIN = "admin", _("行政")
    PARTY = "party", _("党组织")
    LEAGUE = "league", _("团组织")


class UnitKind(models.TextChoices):
    """What a unit is."""

    AUTHORITY = "authority", _("主管机关")
    HOSPITAL = "hospital", _("医院")
    DEPARTMENT = "department", _("科室")
    OFFICE = "office", _("职能部门")
    COMMITTEE = "committee", _("党委")
    GENERAL_BRANCH = "general_branch", _("党总支")
    BRANCH = "branch", _("党支部")
    GROUP = "group", _("党小组")
    TEMPORARY_GENERAL_BRANCH = "temporary_general_branch", _("临时党总支")
    TEMPORARY_BRANCH = "temporary_branch", _("临时党支部")
    LEAGUE_COMMITTEE = "league_committee", _("团委")
    LEAGUE_BRANCH = "league_branch", _("团支部")


class Office(models.TextChoices):
    """党内职务 to which a person is appointed or elected."""

    SECRETARY = "secretary", _("书记")
    DEPUTY = "deputy_secretary", _("副书记")
    ORGANIZATION = "organization_officer", _("组织委员")
    PUBLICITY = "publicity_officer", _("宣传委员")
    DISCIPLINE = "discipline_officer", _("纪检委员")
    LEADER = "group_leader", _("党小组组长")
    HEAD = "head", _("科主任")


# Offices that one person at a time holds in one unit.
SINGLE_OFFICES = (Office.SECRETARY, Office.LEADER)
# Those whose yearly quota is 56 class hours (支部委员及书记).
COMMITTEE_OFFICES = (
    Office.SECRETARY, Office.DEPUTY, Office.ORGANIZATION, Office.PUBLICITY, Office.DISCIPLINE,
)  # fmt: skip


class ImportState(models.TextChoices):
    """The life of an uploaded roster."""

    CHECKING = "checking", _("检查中")
    CHECKED = "checked", _("待导入")
    FAULTY = "faulty", _("有错误")
    IMPORTING = "importing", _("导入中")
    DONE = "done", _("已导入")
    UNDONE = "undone", _("已撤销")
    FAILED = "failed", _("未完成")
