"""The way to print: writer → editor → office, then into print, now or at an hour, and out of it again."""

from datetime import datetime

from django.db import connection
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from rongpei.activities.columns import rules
from rongpei.activities.columns.actions.carrying import carry, give_up, hand_back
from rongpei.activities.columns.codes import TELL_TASK, ArticleState, EditorialStep
from rongpei.activities.columns.markup import clean
from rongpei.activities.columns.models import Article, ArticleFile, ArticleText, Revision, Step
from rongpei.activities.columns.procedures import APPROVE, EDIT, PRINT, SUBMIT
from rongpei.activities.columns.queries.desk import newest_revision
from rongpei.activities.columns.wording import vector_of
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused, action, note

_KEEP_WORDS = """
UPDATE columns_articletext SET title_words = array_to_tsvector(%s::text[]), words = array_to_tsvector(%s::text[])
WHERE article_id = %s
"""


@action("columns.article.submitted", may=rules.may_submit, locks=("article",), about="article")
def submit(*, actor: Actor, article: Article, by: str, secrecy_checked: bool, now: datetime) -> Article:
    """Hand a draft to the editors; the writer states that it holds no secret and no patient's privacy.

    Refuses an empty text, a missing author, and a missing statement.
    """
    _must_be(article, ArticleState.DRAFT)
    found = newest_revision(article)
    if found is None or not clean(found.html).plain.strip():
        raise Refused(_("正文是空的，不能提交。"), remedy=_("请先写正文并保存。"))
    if not article.author_name.strip():
        raise Refused(_("还没有写作者。"), remedy=_("请在“作者”一栏填写个人或集体。"))
    carry(actor, article, SUBMIT, secrecy_checked=secrecy_checked, now=now)
    return _moved(actor, article, ArticleState.SUBMITTED, EditorialStep.SUBMITTED, by, "", True, now)


@action("columns.article.taken_back", may=rules.may_submit, locks=("article",), about="article")
def take_back(*, actor: Actor, article: Article, by: str, now: datetime) -> Article:
    """Take a submitted article back to go on writing, before an editor has passed it."""
    _must_be(article, ArticleState.SUBMITTED)
    hand_back(actor, article, _("作者收回"), now)
    return _moved(actor, article, ArticleState.DRAFT, EditorialStep.TAKEN_BACK, by, "", False, now)


@action("columns.article.returned", may=rules.may_return, locks=("article",), about="article")
def send_back(*, actor: Actor, article: Article, by: str, opinion: str, now: datetime) -> Article:
    """Give an article back to its writer, with what to mend.

    Refuses an empty opinion.
    """
    _must_be(article, ArticleState.SUBMITTED, ArticleState.EDITED, ArticleState.SCHEDULED)
    if not opinion.strip():
        raise Refused(_("请写明要修改什么。"))
    article.scheduled_at = None
    hand_back(actor, article, opinion, now)
    return _moved(actor, article, ArticleState.DRAFT, EditorialStep.RETURNED, by, opinion, False, now)


@action("columns.article.edited", may=rules.may_edit, locks=("article",), about="article")
def pass_editing(
    *, actor: Actor, article: Article, by: str, opinion: str, secrecy_checked: bool, now: datetime
) -> Article:  # fmt: skip
    """The editor is content and hands it to the office, having looked for secrets.

    Refuses without the secrecy check, and the writer's own article.
    """
    _must_be(article, ArticleState.SUBMITTED)
    carry(actor, article, EDIT, secrecy_checked=secrecy_checked, now=now)
    if article.poster_id is None:
        article.poster_id = actor.person_id
    return _moved(actor, article, ArticleState.EDITED, EditorialStep.EDITED, by, opinion, True, now)


@action("columns.article.approved", may=rules.may_approve, locks=("article",), about="article")
def approve(
    *, actor: Actor, article: Article, by: str, opinion: str, secrecy_checked: bool, now: datetime,
    at: datetime | None = None,
) -> Article:  # fmt: skip
    """The last word: into print now, or at an hour to come; also prints a newer text of an article in print.

    Refuses whoever wrote or edited it (four eyes), a missing secrecy check, and an hour that has passed.
    """
    again = article.state == ArticleState.PUBLISHED and article.revisions > article.printed
    if not again:
        _must_be(article, ArticleState.EDITED, ArticleState.SCHEDULED)
    if at is not None and at <= now:
        raise Refused(_("定时发布的时间已过。"), remedy=_("请选以后的时间，或直接发布。"))
    if article.state != ArticleState.SCHEDULED:
        carry(actor, article, APPROVE, secrecy_checked=secrecy_checked, now=now)
    if at is not None and not again:
        article.scheduled_at = at
        return _moved(actor, article, ArticleState.SCHEDULED, EditorialStep.APPROVED, by, opinion, True, now)
    _record(actor, article, EditorialStep.APPROVED, by, opinion, True, now)
    return _print(actor, article, by, now)


def _may_publish_due(*, actor: Actor, article: Article) -> bool:
    """The platform's own job, once approved."""
    return actor.user_id is None and article.tenant_id in actor.tenant_ids


@action("columns.article.published", may=_may_publish_due, locks=("article",), about="article")
def publish_due(*, actor: Actor, article: Article, now: datetime) -> Article:
    """Print an approved article whose hour has come; asked twice, it prints once."""
    if article.state == ArticleState.SCHEDULED and article.scheduled_at and article.scheduled_at <= now:
        return _print(actor, article, "", now)
    return article


@action("columns.article.withdrawn", may=rules.may_approve, locks=("article",), about="article")
def withdraw(*, actor: Actor, article: Article, by: str, reason: str, now: datetime) -> Article:
    """Take an article out of print at once; it is found by nobody but the desk.

    Refuses an empty reason.
    """
    _must_be(article, ArticleState.PUBLISHED, ArticleState.SCHEDULED)
    if not reason.strip():
        raise Refused(_("请写明撤下的原因。"))
    give_up(actor, article, reason, now)
    article.withdrawn_reason = reason.strip()[:200]
    _close(article)
    article.save(update_fields=["withdrawn_reason"])
    return _moved(actor, article, ArticleState.WITHDRAWN, EditorialStep.WITHDRAWN, by, reason, False, now)


@action("columns.article.reopened", may=rules.may_edit, locks=("article",), about="article")
def reopen(*, actor: Actor, article: Article, by: str, now: datetime) -> Article:
    """Work again on an article that was withdrawn; it goes the whole way once more."""
    _must_be(article, ArticleState.WITHDRAWN)
    return _moved(
        actor, article, ArticleState.DRAFT, EditorialStep.RETURNED, by, _("撤下后重新修改"), False, now
    )


def _must_be(article: Article, *states: ArticleState) -> None:
    if article.state not in states:
        label = ArticleState(article.state).label
        raise Refused(
            _("文章现在是“%(state)s”，不能这样做。") % {"state": label}, remedy=_("请刷新页面再看。")
        )


def _record(
    actor: Actor, article: Article, step: EditorialStep, by: str, opinion: str, checked: bool, now: datetime
) -> None:  # fmt: skip
    Step.objects.create(
        tenant_id=article.tenant_id, article=article, step=step, person_id=actor.person_id, person_name=by,
        opinion=opinion.strip()[:300], secrecy_checked=checked, revision=article.revisions, done_at=now,
    )  # fmt: skip


def _moved(
    actor: Actor, article: Article, state: ArticleState, step: EditorialStep, by: str, opinion: str, checked: bool,
    now: datetime,
) -> Article:  # fmt: skip
    _record(actor, article, step, by, opinion, checked, now)
    article.state, article.changed_at = state, now
    article.save(update_fields=["state", "changed_at", "scheduled_at", "poster"])
    note(step=step, revision=article.revisions)
    return article


def _print(actor: Actor, article: Article, by: str, now: datetime) -> Article:
    newest = newest_revision(article)
    if newest is None:
        raise Refused(_("正文是空的，不能发布。"))
    carry(actor, article, PRINT, secrecy_checked=True, now=now)
    first = article.published_at is None
    article.state, article.changed_at, article.printed = ArticleState.PUBLISHED, now, newest.number
    article.published_at = article.published_at or now
    article.save(update_fields=["state", "changed_at", "printed", "published_at"])
    put_in_print(article, newest)
    _record(actor, article, EditorialStep.PUBLISHED, by, "", True, now)
    note(revision=newest.number, gated=article.gated, is_public=article.is_public)
    if first:
        app.configure_task(TELL_TASK).defer(article_id=article.pk, tenant_id=article.tenant_id)
    return article


def put_in_print(article: Article, revision: Revision) -> None:
    """Copy a saved text to where readers read it, with its words, open or closed as the article is."""
    text = clean(revision.html)
    is_open = article.is_public and not article.gated
    ArticleText.objects.update_or_create(
        article=article,
        defaults={
            "tenant_id": article.tenant_id,
            "html": text.html,
            "plain": text.plain,
            "is_open": is_open,
            "is_public": article.is_public,
            "gated": article.gated,
            "printed_at": article.published_at,
        },
    )
    ArticleFile.objects.filter(article=article).update(is_open=is_open)
    named = " ".join(
        [
            article.title,
            article.subtitle,
            article.summary,
            article.author_name,
            *article.tags,
            *article.specialties,
        ]
    )
    with connection.cursor() as cursor:
        cursor.execute(_KEEP_WORDS, [vector_of(named), vector_of(f"{named}\n{text.plain}"), article.pk])


def _close(article: Article) -> None:
    ArticleText.objects.filter(article=article).update(is_open=False, printed_at=None)
    ArticleFile.objects.filter(article=article).update(is_open=False)
