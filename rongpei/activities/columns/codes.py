"""Codes of columns, articles and comments."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArticleState(models.TextChoices):
    """Where an article stands: writer → editor → office → print."""

    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待编辑")
    EDITED = "edited", _("待终审")
    SCHEDULED = "scheduled", _("定时发布")
    PUBLISHED = "published", _("已发布")
    WITHDRAWN = "withdrawn", _("已撤下")


class AuthorKind(models.TextChoices):
    """Who wrote it."""

    PERSON = "person", _("个人")
    ORGANISATION = "organisation", _("集体")


class EditorialStep(models.TextChoices):
    """What was done with an article on its way."""

    SUBMITTED = "submitted", _("提交")
    TAKEN_BACK = "taken_back", _("收回修改")
    RETURNED = "returned", _("退回修改")
    EDITED = "edited", _("编辑通过")
    APPROVED = "approved", _("终审通过")
    PUBLISHED = "published", _("发布")
    WITHDRAWN = "withdrawn", _("撤下")


class FilePart(models.TextChoices):
    """What a file is to its article."""

    COVER = "cover", _("封面")
    PICTURE = "picture", _("配图")
    ATTACHMENT = "attachment", _("附件")


class Moderation(models.TextChoices):
    """When comments are looked at."""

    PRE = "pre", _("先审后发")
    POST = "post", _("先发后审")


class CommentState(models.TextChoices):
    """Who sees a comment: everybody (shown), or its writer and the moderators."""

    PENDING = "pending", _("待审")
    SHOWN = "shown", _("已显示")
    HIDDEN = "hidden", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")


class WordAct(models.TextChoices):
    """What a sensitive word does to a comment."""

    HOLD = "hold", _("先审")
    REFUSE = "refuse", _("不能提交")


class ReportReason(models.TextChoices):
    """Why a comment is reported."""

    ABUSE = "abuse", _("人身攻击")
    PRIVACY = "privacy", _("泄露隐私")
    FALSE = "false", _("内容不实")
    ADVERTISING = "advertising", _("广告推销")
    OTHER = "other", _("其他")


class MarkKind(models.TextChoices):
    """What a reader leaves on an article."""

    LIKE = "like", _("赞")
    KEEP = "keep", _("收藏")


FILE_OWNER = "columns.article"
PUBLISH_TASK = "columns.publish_due"
TELL_TASK = "columns.tell_readers"
