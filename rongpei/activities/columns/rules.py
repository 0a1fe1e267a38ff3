"""Who reads, writes, edits, approves and moderates."""

from django.db.models import Q
from django.utils.translation import gettext as _

from rongpei.activities.columns.codes import ArticleState, CommentState
from rongpei.activities.columns.models import Article, Column, ColumnEditor, Comment, Writing
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Forbidden
from rongpei.org.access.codes import Role

# Editors of a column: the operator's, or the hospital's publicity office.
EDITORS = (Role.EDITOR, Role.PUBLICITY_OFFICE)
# The last word before print, never by whoever wrote or edited it.
APPROVERS = (*EDITORS, Role.PARTY_OFFICE)
MODERATORS = (Role.MODERATOR, Role.PUBLICITY_OFFICE)
DESK = (Role.EDITOR, Role.PUBLICITY_OFFICE, Role.PARTY_OFFICE)


def me(actor: Actor) -> int:
    """The actor's person, 0 (nobody's id) where there is none."""
    return actor.person_id or 0


def _works_in(actor: Actor, tenant_id: int, *roles: str) -> bool:
    return tenant_id == actor.tenant_id and actor.holds(*roles)


def readable(actor: Actor | None) -> Q:
    """Articles in print that the reader may find: public ones, and those of the own tenants."""
    inside = Q(tenant_id__in=actor.tenant_ids) if actor is not None else Q(pk__in=[])
    return Q(state=ArticleState.PUBLISHED) & (Q(is_public=True) | inside)


def may_find(actor: Actor | None, article: Article) -> bool:
    """The check face of `readable`."""
    inside = actor is not None and article.tenant_id in actor.tenant_ids
    return article.state == ArticleState.PUBLISHED and (article.is_public or inside)


def sees_at_work(actor: Actor | None, article: Article) -> bool:
    """Whether the reader edits or approves here, and so reads it at any stage, gate or not."""
    return actor is not None and _works_in(actor, article.tenant_id, *DESK)


def may_keep_columns(*, actor: Actor, tenant_id: int) -> bool:
    """Editors found and change columns of their own tenant."""
    return _works_in(actor, tenant_id, *EDITORS)


def may_keep_column(*, actor: Actor, column: Column) -> bool:
    """The same, for one that exists."""
    return may_keep_columns(actor=actor, tenant_id=column.tenant_id)


def may_write_for(*, actor: Actor, column: Column) -> bool:
    """Everybody with a person may offer an article to an open column of the own tenant."""
    return actor.person_id is not None and column.tenant_id == actor.tenant_id


def is_writer(actor: Actor, article: Article) -> bool:
    """Whether the actor wrote it."""
    return actor.person_id is not None and actor.person_id == article.writer_id


def edits(actor: Actor, article: Article) -> bool:
    """Editors of the tenant; where a column names editors, only those named."""
    if not _works_in(actor, article.tenant_id, *EDITORS):
        return False
    if actor.user_id is None:  # the platform's own jobs
        return True
    named = ColumnEditor.objects.filter(column_id=article.column_id).values_list("person_id", flat=True)
    return not named or actor.person_id in named


def may_change(*, actor: Actor, article: Article) -> bool | Forbidden:
    """The writer while it is a draft; an editor until it is approved, and after it was printed."""
    if article.state == ArticleState.DRAFT and is_writer(actor, article):
        return True
    return edits(actor, article)


def may_submit(*, actor: Actor, article: Article) -> bool:
    """The writer, or an editor who posts for an author."""
    return is_writer(actor, article) or edits(actor, article)


def may_edit(*, actor: Actor, article: Article) -> bool:
    """An editor of the column."""
    return edits(actor, article)


def may_approve(*, actor: Actor, article: Article) -> bool:
    """The office; that it is somebody else than editor and writer is asked of the steps, by the action."""
    return _works_in(actor, article.tenant_id, *APPROVERS)


def may_return(*, actor: Actor, article: Article) -> bool:
    """Whoever has it before them: an editor, or the office."""
    return edits(actor, article) or (
        article.state in (ArticleState.EDITED, ArticleState.SCHEDULED)
        and may_approve(actor=actor, article=article)
    )


def visible_at_desk(actor: Actor) -> Q:
    """Articles one works on: those of the own tenant for the desk; one's own for everybody else."""
    if actor.holds(*DESK):
        return Q(tenant_id=actor.tenant_id) & (
            ~Q(state=ArticleState.DRAFT) | Q(poster_id=me(actor)) | Q(writer_id=me(actor))
        )
    return Q(pk__in=Writing.objects.filter(person_id=me(actor)).values("article"))


def may_comment(*, actor: Actor, article: Article) -> bool | Forbidden:
    """Everybody signed in who is a known person and finds the article; whether it is open is the action's to say."""
    return actor.person_id is not None and article.state == ArticleState.PUBLISHED


def may_take_back(*, actor: Actor, comment: Comment) -> bool:
    """One's own comment."""
    return actor.person_id is not None and actor.person_id == comment.person_id


def may_answer_to(*, actor: Actor, comment: Comment) -> bool:
    """Likes and reports: any known person, of what is shown."""
    return actor.person_id is not None and comment.state == CommentState.SHOWN


def may_moderate(*, actor: Actor, comment: Comment) -> bool | Forbidden:
    """Moderators of the article's tenant, but never of one's own comment."""
    if not moderates(actor, comment.tenant_id):
        return False
    return comment.person_id != actor.person_id or Forbidden(_("不能审核自己的评论。"))


def moderates(actor: Actor, tenant_id: int) -> bool:
    """Whether the actor is a moderator of the tenant."""
    return _works_in(actor, tenant_id, *MODERATORS)


def may_keep_words(*, actor: Actor, tenant_id: int) -> bool:
    """Moderators keep the list of sensitive words."""
    return moderates(actor, tenant_id)


def is_oneself(*, actor: Actor) -> bool:
    """A known person, for rows of one's own."""
    return actor.person_id is not None


def files_read_by(actor: Actor, article_id: int) -> bool:
    """Who may fetch an article's stored files by their plain address: writer and desk (readers use the public one)."""
    article = Article.objects.filter(pk=article_id).first()
    return article is not None and (is_writer(actor, article) or sees_at_work(actor, article))


def files_changed_by(actor: Actor, article_id: int) -> bool:
    """Who may attach and remove files."""
    article = Article.objects.filter(pk=article_id).first()
    return article is not None and may_change(actor=actor, article=article) is True
