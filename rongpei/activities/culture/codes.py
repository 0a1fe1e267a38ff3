"""Codes of programmes, works and pieces."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Occasion(models.TextChoices):
    """The days a hospital keeps every year, and others."""

    PARTY = "party_day", _("建党节")
    YOUTH = "youth_day", _("青年节")
    DOCTORS = "doctors_day", _("医师节")
    NURSES = "nurses_day", _("护士节")
    OTHER = "other", _("其他")


# Month and day of each.
DAYS = {
    Occasion.YOUTH: (5, 4), Occasion.NURSES: (5, 12), Occasion.PARTY: (7, 1), Occasion.DOCTORS: (8, 19),
}  # fmt: skip


class Education(models.TextChoices):
    """The three kinds of education of a programme."""

    RITUAL = "ritual", _("仪式教育")
    FEELING = "feeling", _("情感教育")
    VOCATION = "vocation", _("职业教育")


class ProgrammeState(models.TextChoices):
    """From plan to record."""

    PLANNED = "planned", _("筹备中")
    HELD = "held", _("已举办")
    CANCELLED = "cancelled", _("已取消")


class ItemKind(models.TextChoices):
    """What is done on the stage."""

    READING = "reading", _("朗读")
    POEM = "poem", _("诗词")
    STORY = "story", _("讲述")
    MUSIC = "music", _("歌舞")
    PLAY = "play", _("情景剧")
    RITE = "rite", _("仪式")
    SKILL = "skill", _("技能展示")
    OTHER = "other", _("其他")


class WorkKind(models.TextChoices):
    """What a work is."""

    COLLECTION = "collection", _("文集")
    PRODUCT = "product", _("文创产品")
    MEDIA = "media_series", _("新媒体系列")
    TELEVISION = "tv_series", _("系列片")
    FILM = "film", _("单片")


SERIES = (WorkKind.MEDIA, WorkKind.TELEVISION)


# What one part is called.
PARTS = {WorkKind.COLLECTION: _("篇")}


class Rights(models.TextChoices):
    """By what right it is shown."""

    OWN = "own", _("本院所有")
    LICENSED = "licensed", _("他人授权")
    PUBLIC = "public_domain", _("公有领域")


class ConsentState(models.TextChoices):
    """Whether somebody shown agrees."""

    ASKED = "asked", _("待同意")
    GIVEN = "given", _("已同意")
    REFUSED = "refused", _("不同意")
    WITHDRAWN = "withdrawn", _("已撤回")


class PieceState(models.TextChoices):
    """A health-science piece on its way."""

    DRAFT = "draft", _("草稿")
    REVIEW = "review", _("专家审核中")
    RETURNED = "returned", _("待修改")
    READY = "ready", _("可发布")
    PUBLISHED = "published", _("已发布")
    RETIRED = "retired", _("已撤下")


LEDGER_STUDIED = "culture.studied"
LEDGER_PERFORMED = "culture.performed"
SOURCE_STUDY = "culture.study"
SOURCE_PROGRAMME = "culture.programme"
