"""Writing: drafts, revisions, what is typed in between, files."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.files.base import File
from django.utils.translation import gettext as _

from rongpei.activities.columns import rules
from rongpei.activities.columns.actions.opening import spread_access
from rongpei.activities.columns.codes import FILE_OWNER, ArticleState, FilePart
from rongpei.activities.columns.markup import clean
from rongpei.activities.columns.models import Article, ArticleFile, Autosave, Column, Revision, Writing
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note
from rongpei.ground.files.actions import delete_blob, store_upload
from rongpei.ground.files.codes import DOCUMENTS, IMAGES
from rongpei.org.people.models import Person

MOST_FILES = 60


@action("columns.article.begun", may=rules.may_write_for)
def begin_article(
    *, actor: Actor, column: Column, title: str, author_name: str, now: datetime, author_post: str = ""
) -> Article:  # fmt: skip
    """Begin an article for a column of one's own tenant.

    Refuses a closed column.
    """
    if column.closed_on is not None:
        raise Refused(_("这个专栏已停办，不能投稿。"), remedy=_("请另选一个专栏。"))
    return open_draft(
        column=column, writer_id=actor.person_id, home_tenant_id=actor.tenant_id, poster_id=actor.person_id,
        author_name=author_name, author_post=author_post, title=title, now=now,
    )  # fmt: skip


def open_draft(
    *, column: Column, writer_id: int | None, home_tenant_id: int, poster_id: int | None, author_name: str, title: str,
    now: datetime, author_post: str = "",
) -> Article:  # fmt: skip
    """An empty draft, and the writer's pointer to it in the writer's own tenant."""
    article = Article.objects.create(
        tenant_id=column.tenant_id, column=column, title=title or _("无题"), author_name=author_name,
        author_post=author_post, writer_id=writer_id, poster_id=poster_id, gated=column.requires_hcp,
        is_public=column.is_public, created_at=now, changed_at=now,
    )  # fmt: skip
    if writer_id is not None:
        Writing.objects.create(
            tenant_id=home_tenant_id, article=article, article_tenant_id=column.tenant_id, person_id=writer_id
        )
    return article


@action("columns.article.saved", may=rules.may_change, locks=("article",), about="article")
def save_article(
    *, actor: Actor, article: Article, values: Mapping[str, Any], html: str, base: int, saved_by: str, now: datetime,
    remark: str = "", captions: Mapping[int, str] | None = None,
) -> Article:  # fmt: skip
    """Save what is said about an article and its text as a new revision.

    `base` is the revision the writer began from. Refuses when somebody has saved since: nothing is overwritten unseen.
    """
    if base != article.revisions:
        raise Refused(
            _("别人已保存过这篇文章，您的修改还没有保存。"),
            why=_("您打开的是第 %(base)d 稿，现在已是第 %(now)d 稿。")
            % {"base": base, "now": article.revisions},
            remedy=_("您写的内容仍在编辑框里。请先看新稿，再合并保存。"),
            code="stale",
        )
    for name, value in values.items():
        setattr(article, name, value)
    article.gated = article.requires_hcp or article.column.requires_hcp
    _save_text(actor, article, html, saved_by, remark, now)
    article.save(update_fields=[*values, "gated", "revisions", "changed_at"])
    if article.state == ArticleState.PUBLISHED:
        spread_access(Article.objects.filter(pk=article.pk))
    for ident, caption in (captions or {}).items():
        ArticleFile.objects.filter(article=article, pk=ident).update(caption=caption[:120])
    _forget_typed(article, actor)
    note(revision=article.revisions)
    return article


@action("columns.revision.restored", may=rules.may_change, locks=("article",), about="article")
def restore_revision(
    *, actor: Actor, article: Article, revision: Revision, saved_by: str, now: datetime
) -> Article:  # fmt: skip
    """Save an older text again as the newest."""
    remark = _("恢复自第 %(number)d 稿") % {"number": revision.number}
    article.title = revision.title
    _save_text(actor, article, revision.html, saved_by, remark, now)
    article.save(update_fields=["title", "revisions", "changed_at"])
    _forget_typed(article, actor)
    note(restored=revision.number, revision=article.revisions)
    return article


def _save_text(actor: Actor, article: Article, html: str, saved_by: str, remark: str, now: datetime) -> None:
    article.revisions += 1
    article.changed_at = now
    Revision.objects.create(
        tenant_id=article.tenant_id, article=article, number=article.revisions, title=article.title,
        html=clean(html).html, remark=remark[:80], saved_by=saved_by, saved_by_id=actor.person_id,
        saved_at=now,
    )  # fmt: skip


def _forget_typed(article: Article, actor: Actor) -> None:
    Autosave.objects.filter(article=article, user_id=actor.user_id or 0).delete()


@action("columns.typing.kept", may=rules.may_change, about="article")
def keep_typed(*, actor: Actor, article: Article, base: int, title: str, html: str, now: datetime) -> None:
    """Keep what is being typed, every few seconds, so that a closed window loses nothing."""
    Autosave.objects.update_or_create(
        article=article,
        user_id=actor.user_id or 0,
        defaults={
            "tenant_id": article.tenant_id, "base": base, "title": title[:80], "html": clean(html).html, "kept_at": now,
        },
    )  # fmt: skip


@action("columns.typing.dropped", may=rules.may_change, about="article")
def drop_typed(*, actor: Actor, article: Article) -> None:
    """Throw away what was typed and not saved."""
    _forget_typed(article, actor)


@action("columns.file.attached", may=rules.may_change, locks=("article",), about="article")
def attach_file(
    *, actor: Actor, article: Article, upload: "File[bytes]", part: FilePart, now: datetime, caption: str = ""
) -> ArticleFile:  # fmt: skip
    """Check and keep a cover, picture or attachment; a new cover takes the place of the old one.

    Refuses what is dangerous or of another kind (see `ground.files`), and more than sixty files.
    """
    if ArticleFile.objects.filter(article=article).count() >= MOST_FILES:
        raise Refused(_("一篇文章最多 60 个文件。"), remedy=_("请先删去不用的。"))
    kinds = DOCUMENTS if part == FilePart.ATTACHMENT else IMAGES
    if part == FilePart.ATTACHMENT:
        kinds = kinds | IMAGES
    stored = store_upload(
        actor=actor, tenant_id=article.tenant_id, owner_kind=FILE_OWNER, owner_id=article.pk, upload=upload, now=now,
        kinds=kinds,
    )  # fmt: skip
    if part == FilePart.COVER:
        for old in ArticleFile.objects.filter(article=article, part=FilePart.COVER):
            _remove(actor, old, now)
    position = ArticleFile.objects.filter(article=article).count()
    return ArticleFile.objects.create(
        tenant_id=article.tenant_id, article=article, file=stored, part=part, caption=caption[:120],
        position=position,
    )  # fmt: skip


@action("columns.file.removed", may=rules.may_change, locks=("article",), about="article")
def remove_file(*, actor: Actor, article: Article, found: ArticleFile, now: datetime) -> None:
    """Remove a file for good.

    Refuses a picture that the newest text still shows.
    """
    newest = (
        Revision.objects.filter(article=article).order_by("-number").values_list("html", flat=True).first()
    )
    if newest and f"/files/{found.pk}/" in newest:
        raise Refused(_("这张图还在正文里，不能删。"), remedy=_("请先从正文里去掉它并保存。"))
    _remove(actor, found, now)


def _remove(actor: Actor, found: ArticleFile, now: datetime) -> None:
    stored = found.file
    ArticleFile.objects.filter(pk=found.pk).delete()
    delete_blob(actor=actor, file=stored, now=now)


def name_of(person_id: int | None) -> str:
    """The name of somebody of a tenant in scope, as snapshots keep it."""
    return Person.objects.filter(pk=person_id or 0).values_list("name", flat=True).first() or ""
