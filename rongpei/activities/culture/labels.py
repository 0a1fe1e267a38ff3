"""What the auditor reads instead of codes."""

from django.utils.translation import gettext_lazy as _

CODES = {
    "culture.programme.planned": _("安排文化活动"),
    "culture.programme.changed": _("修改文化活动"),
    "culture.programme.held": _("确认举办文化活动"),
    "culture.programme.reopened": _("更正文化活动"),
    "culture.programme.cancelled": _("取消文化活动"),
    "culture.item.added": _("添加节目"),
    "culture.item.removed": _("去掉节目"),
    "culture.cast.named": _("登记演职人员"),
    "culture.cast.dropped": _("去掉演职人员"),
    "culture.work.entered": _("登记作品"),
    "culture.work.changed": _("修改作品"),
    "culture.work.checked": _("核对作品授权"),
    "culture.episodes.added": _("添加集数"),
    "culture.episode.changed": _("修改一集"),
    "culture.appearance.entered": _("登记出镜的人"),
    "culture.appearance.answered": _("答复出镜同意"),
    "culture.episode.studied": _("学习作品"),
    "culture.piece.written": _("写科普"),
    "culture.piece.changed": _("修改科普"),
    "culture.review.asked": _("送专家审核科普"),
    "culture.review.given": _("审核科普"),
    "culture.piece.published": _("发布科普"),
    "culture.piece.retired": _("撤下科普"),
    "culture.concern.raised": _("提出公众关切"),
    "culture.concern.answered": _("用科普回应关切"),
    "culture.concern.closed": _("结束公众关切"),
    "culture.week.announced": _("设立活动周"),
    "culture.week.changed": _("修改活动周"),
    "culture.week.removed": _("删除活动周"),
}
TABLES = {
    "culture_programme": _("文化活动"), "culture_item": _("节目"), "culture_castmember": _("演职人员"),
    "culture_work": _("文化作品"), "culture_episode": _("作品的一集"), "culture_appearance": _("出镜同意"),
    "culture_study": _("作品学习"), "culture_piece": _("科普文章"), "culture_review": _("科普审核"),
    "culture_concern": _("公众关切"), "culture_week": _("活动周"),
}  # fmt: skip
