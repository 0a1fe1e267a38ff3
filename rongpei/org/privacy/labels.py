"""What the auditor reads instead of codes."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "privacy.copy.taken": _("下载本人数据"),
    "privacy.request.asked": _("提出个人信息申请"),
    "privacy.request.withdrawn": _("撤回个人信息申请"),
    "privacy.request.extended": _("延长答复个人信息申请"),
    "privacy.request.answered": _("答复个人信息申请"),
    "privacy.term.set": _("设个人信息申请的答复期限"),
}
TABLES = {"privacy_request": _("个人信息申请"), "privacy_term": _("答复期限")}
