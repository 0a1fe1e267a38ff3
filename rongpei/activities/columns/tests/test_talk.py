"""Comments: once, moderated, counted, paged."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contracts import portal
from contracts.cast import Cast
from rongpei.activities.columns.actions import readers, talk
from rongpei.activities.columns.codes import CommentState, MarkKind, ReportReason, WordAct
from rongpei.activities.columns.models import Article, Comment, Mark
from rongpei.activities.columns.queries.reading import Counts, counts_of
from rongpei.activities.columns.queries.talk import PAGE, comments_by, own_unshown, replies_to, talk_of
from rongpei.activities.columns.standing import beside, guest_in
from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.tenancy.scope import scope


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def _article(cast: Cast, moderation: str = "post") -> Article:
    column = portal.column(cast.h1, f"评论{moderation}", moderation=moderation)
    return portal.published(cast.h1, column, "有人评论的文章")


def _post(cast: Cast, article: Article, body: str, number: str = "member-2", **values) -> Comment:
    given = {
        "key": uuid4(),
        "display_name": "陶老师",
        "real_name": "党员乙",
        "title": "",
        "passes": True,
    } | values
    return talk.post_comment(
        actor=cast.h1.actor(number), article=article, body=body, now=clock.now(), **given
    )


def _many(article: Article, count: int, parent: Comment | None = None) -> None:
    Comment.objects.bulk_create(
        Comment(
            tenant_id=article.tenant_id, article=article, parent=parent, person_id=1, key=uuid4(), display_name="众",
            real_name_cipher="", body=f"第{index}条", state="shown", posted_at=clock.now(),
        )
        for index in range(count)
    )  # fmt: skip


def test_the_same_key_is_the_same_comment(inside: Cast) -> None:
    article, key = _article(inside), uuid4()
    first = _post(inside, article, "写一次", key=key)
    assert _post(inside, article, "写一次", key=key).pk == first.pk
    assert counts_of([article.pk]) == {article.pk: Counts(comments=1)}


def test_pre_moderated_comments_are_seen_by_their_writer_alone(inside: Cast) -> None:
    article = _article(inside, "pre")
    comment = _post(inside, article, "请问五句话是哪五句？")
    writer, other, moderator = (
        inside.h1.actor(name) for name in ("member-2", "member-3", "publicity_office")
    )
    assert comment.state == CommentState.PENDING
    assert [one.pk for one in own_unshown(article, writer)] == [comment.pk]
    assert own_unshown(article, other) == []
    assert talk_of(article, other).threads == []
    talk.decide_comment(actor=moderator, comment=comment, shows=True, reason="", now=clock.now())
    assert [thread.comment.pk for thread in talk_of(article, other).threads] == [comment.pk]
    assert counts_of([article.pk])[article.pk].comments == 1


def test_hiding_wants_a_reason_which_the_writer_reads(inside: Cast) -> None:
    article, moderator = _article(inside), inside.h1.actor("publicity_office")
    comment = _post(inside, article, "不合适的话")
    with pytest.raises(Refused, match="原因"):
        talk.decide_comment(actor=moderator, comment=comment, shows=False, reason=" ", now=clock.now())
    talk.decide_comment(actor=moderator, comment=comment, shows=False, reason="涉及患者", now=clock.now())
    assert own_unshown(article, inside.h1.actor("member-2"))[0].decision == "涉及患者"
    assert counts_of([article.pk])[article.pk].comments == 0


def test_nobody_moderates_the_own_comment(inside: Cast) -> None:
    comment = _post(inside, _article(inside, "pre"), "宣传处的话", number="publicity_office")
    with pytest.raises(Forbidden, match="自己的评论"):
        talk.decide_comment(
            actor=inside.h1.actor("publicity_office"), comment=comment, shows=True, reason="", now=clock.now()
        )


@pytest.mark.parametrize("said", ["加微信", "加 微 信", "加。微、信", "加ｗｘ", "找我加WX吧"])
def test_the_list_of_words_holds_a_comment_however_it_is_spelt(inside: Cast, said: str) -> None:
    article, moderator = _article(inside), inside.h1.actor("publicity_office")
    talk.add_words(
        actor=moderator,
        tenant_id=inside.h1.tenant.pk,
        words=["加微信", "加wx"],
        act=WordAct.HOLD,
        now=clock.now(),
    )
    assert _post(inside, article, f"请{said}了解").state == CommentState.PENDING
    assert _post(inside, article, "没有那些词").state == CommentState.SHOWN


def test_a_word_that_may_not_be_said_stores_nothing(inside: Cast) -> None:
    article, moderator = _article(inside), inside.h1.actor("publicity_office")
    talk.add_words(
        actor=moderator,
        tenant_id=inside.h1.tenant.pk,
        words=["某某药神"],
        act=WordAct.REFUSE,
        now=clock.now(),
    )
    with pytest.raises(Refused, match="不能发布的词"):
        _post(inside, article, "推荐某某药神")
    with pytest.raises(Refused, match="不能发布的词"):
        _post(inside, article, "好文章", display_name="某某药神")
    assert not Comment.objects.filter(article=article).exists()


def test_a_seventh_comment_in_a_minute_waits(inside: Cast) -> None:
    article = _article(inside)
    for index in range(6):
        _post(inside, article, f"第{index}句话", number="member-4")
    with pytest.raises(Refused, match="太快"):
        _post(inside, article, "第七句话", number="member-4")
    assert _post(inside, article, "别人照常", number="member-3").pk


def test_closed_comments_and_closed_articles_take_none(inside: Cast) -> None:
    article = _article(inside)
    article.comments_open = False
    with pytest.raises(Refused, match="没有开放评论"):
        _post(inside, article, "还想说")
    article.comments_open, article.gated = True, True
    with pytest.raises(Forbidden, match="认证后才能评论"):
        _post(inside, article, "还想说", passes=False)


def test_an_answer_to_an_answer_stays_one_level_deep_and_counts(inside: Cast) -> None:
    article = _article(inside)
    root = _post(inside, article, "第一层")
    answer = _post(inside, article, "第二层", number="member-3", parent=root)
    third = _post(inside, article, "第三层", number="member-4", parent=answer)
    assert third.parent_id == root.pk
    assert counts_of([article.pk])[article.pk].comments == 3
    talk.take_comment_back(actor=inside.h1.actor("member-2"), comment=root)
    assert counts_of([article.pk])[article.pk].comments == 0
    assert talk_of(article, None).threads == []


def test_only_the_writer_takes_a_comment_back(inside: Cast) -> None:
    comment = _post(inside, _article(inside), "我的话")
    with pytest.raises(Forbidden):
        talk.take_comment_back(actor=inside.h1.actor("member-3"), comment=comment)


def test_three_people_report_a_comment_out_of_sight_and_a_moderator_answers(inside: Cast) -> None:
    article = _article(inside)
    comment = _post(inside, article, "有争议的话")
    for number in ("member-3", "member-3", "member-4"):
        comment = talk.report_comment(
            actor=inside.h1.actor(number),
            comment=comment,
            reason=ReportReason.ABUSE,
            words="",
            now=clock.now(),
        )
    assert (comment.reports, comment.state) == (2, CommentState.SHOWN)
    comment = talk.report_comment(
        actor=inside.h1.actor("member-5"),
        comment=comment,
        reason=ReportReason.FALSE,
        words="",
        now=clock.now(),
    )
    assert (comment.state, counts_of([article.pk])[article.pk].comments) == (CommentState.PENDING, 0)
    talk.decide_comment(
        actor=inside.h1.actor("publicity_office"), comment=comment, shows=True, reason="", now=clock.now()
    )
    comment.refresh_from_db()
    assert (comment.state, comment.reports, counts_of([article.pk])[article.pk].comments) == ("shown", 0, 1)


def test_liking_twice_is_once(inside: Cast) -> None:
    comment, reader = _post(inside, _article(inside), "好办法"), inside.h1.actor("member-3")
    for on, likes in ((True, 1), (True, 1), (False, 0), (False, 0)):
        talk.like_comment(actor=reader, comment=comment, on=on)
        comment.refresh_from_db()
        assert comment.likes == likes


def test_marks_are_the_readers_own_and_counted_once(inside: Cast) -> None:
    article, reader = _article(inside), inside.h1.actor("member-3")
    for _ in range(2):
        readers.mark_article(
            actor=reader,
            article=article,
            home_tenant_id=inside.h1.tenant.pk,
            kind=MarkKind.KEEP,
            on=True,
            now=clock.now(),
        )
    assert Mark.objects.filter(article=article).count() == 1
    assert counts_of([article.pk])[article.pk].keeps == 1


@pytest.mark.parametrize("many", [12, 120])
def test_a_page_of_comments_costs_the_same_however_many_there_are(inside: Cast, many: int) -> None:
    article = _article(inside)
    _many(article, many)
    root = Comment.objects.filter(article=article).order_by("-id").first()
    _many(article, many, root)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        page = talk_of(article, None)
    assert len(seen) == 1
    assert len(page.threads) == PAGE
    assert (len(page.threads[0].replies), page.threads[0].more) == (3, True)


def test_every_comment_is_met_once_page_by_page(inside: Cast) -> None:
    article = _article(inside)
    _many(article, 25)
    seen, before = [], 0
    while True:
        page = talk_of(article, None, before=before)
        seen += [thread.comment.pk for thread in page.threads]
        before = page.before
        if not before:
            break
    assert seen == sorted(Comment.objects.filter(article=article).values_list("pk", flat=True), reverse=True)
    root = Comment.objects.filter(article=article).first()
    _many(article, 45, root)
    answers, after = [], 0
    while True:
        found, after = replies_to(root, after=after)
        answers += [one.pk for one in found]
        if not after:
            break
    assert answers == list(Comment.objects.filter(parent=root).order_by("id").values_list("pk", flat=True))


def test_a_comment_on_another_houses_article_belongs_there_and_is_audited_there(cast: Cast) -> None:
    operator, home = cast.operator.tenant.pk, cast.h1.tenant.pk
    with scope([operator]):
        article = portal.published(
            cast.operator, portal.column(cast.operator, "文化", is_public=True, moderation="post"), "灯"
        )
    client = Client()
    client.force_login(cast.h1.user("member-2"))
    answer = client.post(
        f"/read/{article.pk}/comment/",
        {"key": str(uuid4()), "body": "从医院来的话", "display_name": "陶老师"},
    )
    assert answer.status_code == 302
    with scope([operator]):
        comment = Comment.objects.get(article=article)
        assert comment.tenant_id == operator
        assert AuditEvent.objects.filter(
            code="columns.comment.posted", first_id=comment.pk, tenant_id=operator
        ).exists()
        assert "党员乙" not in comment.real_name_cipher
    with scope([home]):
        visit = cast.h1.actor("member-2")
        assert not Comment.objects.exclude(article__tenant_id=home).exists()
        assert comment.pk in [one.pk for one in comments_by(visit)]
        with beside(visit, operator):
            assert not guest_in(visit, operator).holds("moderator", "publicity_office")


def test_a_refused_comment_is_still_in_the_form(cast: Cast) -> None:
    with scope([cast.h1.tenant.pk]):
        article = _article(cast)
    client = Client()
    client.force_login(cast.h1.user("member-2"))
    typed = "很长的评论" * 250
    answer = client.post(
        f"/read/{article.pk}/comment/", {"key": str(uuid4()), "body": typed, "display_name": "陶老师"}
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert typed in page
    assert "最多 1000 字" in page


def test_the_real_name_is_shown_to_moderators_and_the_looking_is_recorded(cast: Cast) -> None:
    with scope([cast.h1.tenant.pk]):
        comment = _post(cast, _article(cast, "pre"), "谁说的")
    client = Client()
    client.force_login(cast.h1.user("publicity_office"))
    assert "党员乙" not in client.get(f"/desk/comments/{comment.pk}/").content.decode()
    assert "党员乙" in client.get(f"/desk/comments/{comment.pk}/?name=1").content.decode()
    with scope([cast.h1.tenant.pk]):
        assert AuditEvent.objects.filter(code="columns.comment.named", first_id=comment.pk).count() == 1
