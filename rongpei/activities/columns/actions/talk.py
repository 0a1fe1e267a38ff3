"""Comments: posted exactly once, moderated, liked, reported, taken back."""

import secrets
import unicodedata
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from rongpei.activities.columns import rules
from rongpei.activities.columns.codes import CommentState, Moderation, ReportReason, WordAct
from rongpei.activities.columns.models import Article, Comment, CommentLike, CommentReport, SensitiveWord
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Forbidden, Refused, action, note
from rongpei.ground.files.cipher import encipher

LONGEST = 1000
MOST_A_MINUTE = 6
REPORTS_TO_HOLD = 3
_SLOTS = 16

_ADD = """
INSERT INTO columns_tally (tenant_id, article_id, slot, comments, likes, keeps) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT (article_id, slot) DO UPDATE SET comments = columns_tally.comments + excluded.comments,
  likes = columns_tally.likes + excluded.likes, keeps = columns_tally.keeps + excluded.keeps
"""


def add_up(article: Article, *, comments: int = 0, likes: int = 0, keeps: int = 0) -> None:
    """Add to an article's counts in a slot taken at random."""
    with connection.cursor() as cursor:
        cursor.execute(
            _ADD, [article.tenant_id, article.pk, secrets.randbelow(_SLOTS), comments, likes, keeps]
        )


@action("columns.comment.posted", may=rules.may_comment)
def post_comment(
    *, actor: Actor, article: Article, key: UUID, body: str, display_name: str, real_name: str, title: str,
    passes: bool, now: datetime, parent: Comment | None = None,
) -> Comment:  # fmt: skip
    """Post a comment, or an answer to one; the same `key` from the same person is the same comment.

    It shows at once where the column moderates afterwards and no sensitive word holds it; else the writer and the
    moderators alone see it. Refuses closed comments, a closed article, words of the list, and a seventh in one minute.
    """
    if (posted := _posted(actor, key)) is not None:
        return posted
    body = _may_say(article, body, passes)
    held_for = _judge(article.tenant_id, f"{body} {display_name}")
    _must_not_flood(actor, now)
    shown = article.column.moderation == Moderation.POST and not held_for
    if parent is not None and parent.parent_id is not None:
        parent = parent.parent
    comment = Comment(
        tenant_id=article.tenant_id, article=article, parent=parent, person_id=rules.me(actor), key=key,
        display_name=display_name, real_name_cipher=encipher(real_name), title=title, body=body,
        is_author=actor.person_id == article.writer_id, posted_at=now, held_for=held_for,
        state=CommentState.SHOWN if shown else CommentState.PENDING,
    )  # fmt: skip
    try:
        with transaction.atomic():
            comment.save(force_insert=True)
    except IntegrityError as error:
        # The same press of the same button arrived twice at one moment; the other one has been stored.
        posted = _posted(actor, key)
        if posted is None:
            raise error
        return posted
    if shown:
        add_up(article, comments=1)
    note(article=article.pk, state=comment.state)
    return comment


def _posted(actor: Actor, key: UUID) -> Comment | None:
    return Comment.objects.filter(person_id=rules.me(actor), key=key).first()


def _may_say(article: Article, body: str, passes: bool) -> str:
    if not (article.comments_open and article.column.comments_open):
        raise Refused(_("这篇文章没有开放评论。"))
    if article.gated and not passes:
        raise Forbidden(_("这篇文章认证后可看，认证后才能评论。"))
    body = body.strip().replace("\r\n", "\n")
    if len(body) < 2:
        raise Refused(_("请写两个字以上。"))
    if len(body) > LONGEST:
        raise Refused(
            _("评论最多 %(most)d 字，您写了 %(count)d 字。") % {"most": LONGEST, "count": len(body)},
            remedy=_("请删短一些，或分两条发。"),
        )
    return body


def _must_not_flood(actor: Actor, now: datetime) -> None:
    recent = Comment.objects.filter(person_id=rules.me(actor), posted_at__gt=now - timedelta(minutes=1))
    if recent.order_by("-id")[:MOST_A_MINUTE].count() >= MOST_A_MINUTE:
        raise Refused(_("您发得太快了。"), remedy=_("请一分钟后再发。"), code="flood")


def plainly(text: str) -> str:
    """A text as the list of words sees it: full-width as half-width, small letters, letters and digits alone."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return "".join(one for one in folded if one.isalnum())


def _judge(tenant_id: int, text: str) -> str:
    """The word that holds a text back, or nothing.

    Refuses a text with a word that may not be said at all.
    """
    said = plainly(text)
    held = ""
    for word, act in SensitiveWord.objects.filter(tenant_id=tenant_id).values_list("word", "act"):
        if plainly(word) and plainly(word) in said:
            if act == WordAct.REFUSE:
                raise Refused(
                    _("评论里有不能发布的词，没有发布。"),
                    remedy=_("请修改后再发，您写的内容还在。"),
                    code="word",
                )
            held = held or word
    return held


def _weight(comment: Comment) -> int:
    """How many readers' comments appear or vanish with it: its shown answers too; none below what is not shown."""
    if comment.parent_id is None:
        return 1 + Comment.objects.filter(parent=comment, state=CommentState.SHOWN).count()
    parent = Comment.objects.get(pk=comment.parent_id)
    return 1 if parent.state == CommentState.SHOWN else 0


def _turn(comment: Comment, state: CommentState) -> None:
    was, comment.state = comment.state, state
    if (was == CommentState.SHOWN) != (state == CommentState.SHOWN):
        sign = 1 if state == CommentState.SHOWN else -1
        add_up(comment.article, comments=sign * _weight(comment))


@action("columns.comment.taken_back", may=rules.may_take_back, locks=("comment",), about="comment")
def take_comment_back(*, actor: Actor, comment: Comment) -> Comment:
    """The writer takes a comment back; nobody sees it any more."""
    _turn(comment, CommentState.WITHDRAWN)
    comment.save(update_fields=["state"])
    return comment


@action("columns.comment.decided", may=rules.may_moderate, locks=("comment",), about="comment")
def decide_comment(
    *, actor: Actor, comment: Comment, shows: bool, reason: str, now: datetime
) -> Comment:  # fmt: skip
    """Show a comment, or not, with a reason that its writer reads; reports are thereby answered.

    Refuses one that its writer took back, and a hiding without a reason.
    """
    if comment.state == CommentState.WITHDRAWN:
        raise Refused(_("作者已撤回这条评论，不用审核。"))
    if not shows and not reason.strip():
        raise Refused(_("请写明未通过的原因，评论人会看到。"))
    _turn(comment, CommentState.SHOWN if shows else CommentState.HIDDEN)
    comment.decided_by, comment.decided_at = actor.person_id, now
    comment.decision, comment.reports, comment.held_for = "" if shows else reason.strip()[:120], 0, ""
    comment.save(update_fields=["state", "decided_by", "decided_at", "decision", "reports", "held_for"])
    CommentReport.objects.filter(comment=comment).delete()
    note(state=comment.state)
    return comment


@action("columns.comment.liked", may=rules.may_answer_to, locks=("comment",), about="comment")
def like_comment(*, actor: Actor, comment: Comment, on: bool) -> Comment:
    """Like a comment, or no longer; twice is once."""
    own = CommentLike.objects.filter(comment=comment, person_id=rules.me(actor))
    if on == own.exists():
        return comment
    if on:
        CommentLike.objects.create(tenant_id=comment.tenant_id, comment=comment, person_id=rules.me(actor))
    else:
        own.delete()
    Comment.objects.filter(pk=comment.pk).update(likes=F("likes") + (1 if on else -1))
    comment.likes += 1 if on else -1
    return comment


@action("columns.comment.reported", may=rules.may_answer_to, locks=("comment",), about="comment")
def report_comment(
    *, actor: Actor, comment: Comment, reason: ReportReason, words: str, now: datetime
) -> Comment:  # fmt: skip
    """Tell the moderators about a comment; after three different people it waits for them out of sight.

    Refuses one's own comment; twice is once.
    """
    if comment.person_id == actor.person_id:
        raise Refused(_("这是您自己的评论。"), remedy=_("如不想保留，可以撤回。"))
    if CommentReport.objects.filter(comment=comment, person_id=rules.me(actor)).exists():
        return comment
    CommentReport.objects.create(
        tenant_id=comment.tenant_id, comment=comment, person_id=rules.me(actor), reason=reason,
        words=words.strip()[:200], reported_at=now,
    )  # fmt: skip
    comment.reports += 1
    if comment.reports >= REPORTS_TO_HOLD:
        _turn(comment, CommentState.PENDING)
        comment.held_for = _("多人举报")
    comment.save(update_fields=["reports", "state", "held_for"])
    note(reason=reason, reports=comment.reports)
    return comment


@action("columns.word.added", may=rules.may_keep_words)
def add_words(*, actor: Actor, tenant_id: int, words: list[str], act: WordAct, now: datetime) -> int:
    """Add words to the tenant's list, or change what they do; gives how many."""
    kept = list(dict.fromkeys(word.strip()[:40] for word in words if plainly(word)))
    if not kept:
        raise Refused(_("请写至少一个词，一行一个。"))
    for word in kept:
        SensitiveWord.objects.update_or_create(
            tenant_id=tenant_id, word=word, defaults={"act": act, "added_at": now}
        )
    note(count=len(kept))
    return len(kept)


def _may_drop(*, actor: Actor, word: SensitiveWord) -> bool:
    return rules.may_keep_words(actor=actor, tenant_id=word.tenant_id)


@action("columns.word.removed", may=_may_drop)
def remove_word(*, actor: Actor, word: SensitiveWord) -> None:
    """Take a word off the list."""
    note(word=word.pk)
    SensitiveWord.objects.filter(pk=word.pk).delete()
