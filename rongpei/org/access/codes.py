"""The roles."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role as its holders call it."""

    SYSTEM_ADMIN = "system_admin", _("系统管理员")
    SECURITY_ADMIN = "security_admin", _("安全管理员")
    AUDITOR = "auditor", _("安全审计员")
    AUTHORITY_OFFICER = "authority_officer", _("主管机关工作人员")
    HOSPITAL_LEADER = "hospital_leader", _("院领导")
    PARTY_OFFICE = "party_office", _("党委办公室")
    HR_OFFICE = "hr_office", _("人事处")
    DISCIPLINE_OFFICER = "discipline_officer", _("纪检监察")
    LEAGUE_OFFICER = "league_officer", _("团委")
    TRAINING_OFFICE = "training_office", _("教育培训处")
    PUBLICITY_OFFICE = "publicity_office", _("宣传处")
    GENERAL_BRANCH_SECRETARY = "general_branch_secretary", _("党总支书记")
    BRANCH_SECRETARY = "branch_secretary", _("党支部书记")
    ORGANIZATION_OFFICER = "organization_officer", _("组织委员")
    GROUP_LEADER = "group_leader", _("党小组组长")
    DEPARTMENT_HEAD = "department_head", _("科主任")
    STAFF = "staff", _("职工")
    CERTIFICATE_REVIEWER = "certificate_reviewer", _("资质审核员")
    EDITOR = "editor", _("编辑")
    MODERATOR = "moderator", _("评论审核员")
    OUTSIDE_HCP = "outside_hcp", _("外部医务人员")
    OUTSIDE_VOLUNTEER = "outside_volunteer", _("社会志愿者")


# 三员: no person holds two of these at one time.
SEPARATED = (Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDITOR)
# Roles that must sign in with a second factor outside the demonstration.
PRIVILEGED = (
    *SEPARATED, Role.AUTHORITY_OFFICER, Role.PARTY_OFFICE, Role.HR_OFFICE, Role.DISCIPLINE_OFFICER,
    Role.CERTIFICATE_REVIEWER,
)  # fmt: skip
# Who may read the people of the place they serve.
READERS = (
    Role.AUTHORITY_OFFICER, Role.HOSPITAL_LEADER, Role.PARTY_OFFICE, Role.HR_OFFICE, Role.TRAINING_OFFICE,
    Role.GENERAL_BRANCH_SECRETARY, Role.BRANCH_SECRETARY, Role.ORGANIZATION_OFFICER, Role.GROUP_LEADER,
    Role.DEPARTMENT_HEAD,
)  # fmt: skip
# Who may see somebody's political status among them (a department head may not).
PARTY_READERS = tuple(role for role in READERS if role not in (Role.DEPARTMENT_HEAD, Role.TRAINING_OFFICE))
