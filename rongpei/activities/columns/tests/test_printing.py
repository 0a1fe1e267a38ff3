"""From draft to print: four eyes, secrecy, the hour, corrections, revisions, invited writers of other houses."""

from datetime import timedelta

import pytest

from contracts import portal
from contracts.cast import Cast
from rongpei.activities.columns import tasks
from rongpei.activities.columns.actions import columns, editing, printing
from rongpei.activities.columns.codes import ArticleState
from rongpei.activities.columns.models import Article, ArticleText, Autosave, Revision, Step, Subscription
from rongpei.activities.columns.queries.desk import desk_articles
from rongpei.activities.columns.rules import may_change
from rongpei.activities.columns.standing import beside, guest_in
from rongpei.ground import clock
from rongpei.ground.audit import Forbidden, Refused
from rongpei.ground.notices.models import Notice
from rongpei.ground.tenancy.scope import scope
from rongpei.org.access.codes import Role
from rongpei.org.access.models import Holding


@pytest.fixture
def inside(cast: Cast):
    with scope([cast.h1.tenant.pk]):
        yield cast


def _draft(cast: Cast, **values) -> Article:
    return portal.draft(cast.h1, portal.column(cast.h1, "夜班", is_public=True), "夜班的灯", **values)


def _submitted(cast: Cast) -> Article:
    writer = cast.h1.actor("member-1")
    return printing.submit(
        actor=writer, article=_draft(cast), by=writer.name, secrecy_checked=True, now=clock.now()
    )


def _edited(cast: Cast) -> Article:
    editor = cast.h1.actor("publicity_office")
    return printing.pass_editing(
        actor=editor,
        article=_submitted(cast),
        by=editor.name,
        opinion="可以",
        secrecy_checked=True,
        now=clock.now(),
    )


def _approved(cast: Cast, at=None) -> Article:
    office = cast.h1.actor("party_office")
    return printing.approve(
        actor=office,
        article=_edited(cast),
        by=office.name,
        opinion="",
        secrecy_checked=True,
        now=clock.now(),
        at=at,
    )


def test_the_whole_way_leaves_its_steps_and_a_printed_text(inside: Cast) -> None:
    article = _approved(inside)
    assert [step.step for step in Step.objects.filter(article=article).order_by("id")] == [
        "submitted", "edited", "approved", "published",
    ]  # fmt: skip
    text = ArticleText.objects.get(article=article)
    assert (article.state, text.is_open, "缓冲间亮起绿灯" in text.plain) == (
        "published",
        False,
        True,
    ) or text.is_open


def test_no_step_without_the_secrecy_check(inside: Cast) -> None:
    said = {"by": "某人", "secrecy_checked": False, "now": clock.now()}
    writer, editor, office = (
        inside.h1.actor(name) for name in ("member-1", "publicity_office", "party_office")
    )
    with pytest.raises(Refused, match="保密审查"):
        printing.submit(actor=writer, article=_draft(inside), **said)
    with pytest.raises(Refused, match="保密审查"):
        printing.pass_editing(actor=editor, article=_submitted(inside), opinion="", **said)
    with pytest.raises(Refused, match="保密审查"):
        printing.approve(actor=office, article=_edited(inside), opinion="", **said)


def test_whoever_edited_does_not_approve(inside: Cast) -> None:
    editor, article = inside.h1.actor("publicity_office"), _edited(inside)
    with pytest.raises(Refused, match="不能自己终审"):
        printing.approve(
            actor=editor, article=article, by="编", opinion="", secrecy_checked=True, now=clock.now()
        )


def test_a_writer_who_is_an_editor_passes_neither(inside: Cast) -> None:
    person = inside.h1.person("member-1")
    root = inside.h1.unit("H1医院")
    Holding.objects.create(
        tenant=inside.h1.tenant, person=person, role=Role.PUBLICITY_OFFICE, unit=root, starts_on=clock.today()
    )
    article = _submitted(inside)
    with pytest.raises(Refused, match="自己写的文章"):
        printing.pass_editing(
            actor=inside.h1.actor("member-1"),
            article=article,
            by="周",
            opinion="",
            secrecy_checked=True,
            now=clock.now(),
        )


def test_a_member_cannot_edit_or_approve(inside: Cast) -> None:
    article, other = _submitted(inside), inside.h1.actor("member-2")
    for act in (printing.pass_editing, printing.approve):
        with pytest.raises(Forbidden):
            act(actor=other, article=article, by="外", opinion="", secrecy_checked=True, now=clock.now())


def test_an_empty_text_is_not_submitted(inside: Cast) -> None:
    article = _draft(inside, html="<p> </p>")
    with pytest.raises(Refused, match="正文是空的"):
        printing.submit(
            actor=inside.h1.actor("member-1"), article=article, by="周", secrecy_checked=True, now=clock.now()
        )


def test_a_returned_article_is_the_writers_again(inside: Cast) -> None:
    article = _submitted(inside)
    writer = inside.h1.actor("member-1")
    assert not may_change(actor=writer, article=article)
    editor = inside.h1.actor("publicity_office")
    with pytest.raises(Refused, match="修改什么"):
        printing.send_back(actor=editor, article=article, by="编", opinion=" ", now=clock.now())
    article = printing.send_back(actor=editor, article=article, by="编", opinion="补一张图", now=clock.now())
    assert may_change(actor=writer, article=article)


def test_an_hour_to_come_prints_by_itself_and_only_once(
    inside: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = clock.now() + timedelta(hours=3)
    article = _approved(inside, at=at)
    assert article.state == ArticleState.SCHEDULED
    assert not ArticleText.objects.filter(article=article).exists()
    tasks.print_what_is_due(0)
    article.refresh_from_db()
    assert article.state == ArticleState.SCHEDULED
    monkeypatch.setattr(clock, "now", lambda: at + timedelta(minutes=1))
    tasks.print_what_is_due(0)
    tasks.print_what_is_due(0)
    article.refresh_from_db()
    assert (article.state, article.published_at) == (ArticleState.PUBLISHED, at + timedelta(minutes=1))
    assert Step.objects.filter(article=article, step="published").count() == 1


def test_an_hour_that_has_passed_is_refused(inside: Cast) -> None:
    with pytest.raises(Refused, match="已过"):
        _approved(inside, at=clock.now() - timedelta(minutes=1))


def test_a_correction_waits_for_the_office_and_readers_see_the_old_text(inside: Cast) -> None:
    article = _approved(inside)
    editor, office = inside.h1.actor("publicity_office"), inside.h1.actor("party_office")
    article = editing.save_article(
        actor=editor, article=article, values={}, html="<p>改过的正文。</p>", base=article.revisions, saved_by="编",
        now=clock.now(),
    )  # fmt: skip
    assert "改过" not in ArticleText.objects.get(article=article).plain
    with pytest.raises(Refused, match="不能自己终审"):
        printing.approve(
            actor=editor, article=article, by="编", opinion="", secrecy_checked=True, now=clock.now()
        )
    printing.approve(
        actor=office, article=article, by="审", opinion="", secrecy_checked=True, now=clock.now()
    )
    assert ArticleText.objects.get(article=article).plain == "改过的正文。"


def test_two_writers_never_overwrite_each_other(inside: Cast) -> None:
    article, writer = _draft(inside), inside.h1.actor("member-1")
    save = {"actor": writer, "values": {}, "saved_by": "周", "now": clock.now()}
    editing.save_article(article=article, html="<p>甲</p>", base=1, **save)
    with pytest.raises(Refused, match="别人已保存过"):
        editing.save_article(article=article, html="<p>乙</p>", base=1, **save)
    newest = Revision.objects.filter(article=article).order_by("-number").first()
    assert (newest.number, newest.html) == (2, "<p>甲</p>")


def test_restoring_keeps_everything(inside: Cast) -> None:
    article, writer = _draft(inside), inside.h1.actor("member-1")
    article = editing.save_article(
        actor=writer, article=article, values={}, html="<p>后来</p>", base=1, saved_by="周", now=clock.now()
    )
    first = Revision.objects.get(article=article, number=1)
    editing.restore_revision(actor=writer, article=article, revision=first, saved_by="周", now=clock.now())
    assert [one.html for one in Revision.objects.filter(article=article).order_by("number")][::2] == [
        first.html,
        first.html,
    ]


def test_what_is_typed_is_kept_and_forgotten_when_saved(inside: Cast) -> None:
    article, writer = _draft(inside), inside.h1.actor("member-1")
    for html in ("<p>写到一半</p>", "<p>写到一半，又写</p><script>x</script>"):
        editing.keep_typed(actor=writer, article=article, base=1, title="夜班", html=html, now=clock.now())
    assert [one.html for one in Autosave.objects.filter(article=article)] == ["<p>写到一半，又写</p>"]
    editing.save_article(
        actor=writer, article=article, values={}, html="<p>写完</p>", base=1, saved_by="周", now=clock.now()
    )
    assert not Autosave.objects.filter(article=article).exists()


def test_another_members_draft_is_not_on_the_desk(inside: Cast) -> None:
    article = _draft(inside)
    for number, sees in (
        ("member-1", True),
        ("member-2", False),
        ("publicity_office", False),
        ("party_office", False),
    ):
        assert desk_articles(inside.h1.actor(number)).filter(pk=article.pk).exists() is sees, number


def test_a_column_with_named_editors_is_edited_by_them_alone(inside: Cast) -> None:
    article = _submitted(inside)
    office = inside.h1.actor("publicity_office")
    columns.name_editors(actor=office, column=article.column, people=[inside.h1.person("member-3")])
    with pytest.raises(Forbidden):
        printing.pass_editing(
            actor=office, article=article, by="编", opinion="", secrecy_checked=True, now=clock.now()
        )


def test_a_doctor_of_a_hospital_writes_for_the_operators_column_when_invited(cast: Cast) -> None:
    operator, home = cast.operator.tenant.pk, cast.h1.tenant.pk
    with scope([operator]):
        column = portal.column(cast.operator, "医院文化", is_public=True)
        invitation = columns.invite_author(
            actor=cast.operator.actor("editor"), column=column, guest="党员甲", topic="一次查房", message="",
            due_on=(clock.now() + timedelta(days=9)).date(), invited_by="编辑", now=clock.now(),
        )  # fmt: skip
    with scope([home]):
        visit, stranger = cast.h1.actor("member-1"), cast.h1.actor("member-2")
        with beside(visit, operator):
            guest = guest_in(visit, operator)
            article = columns.accept_invitation(
                actor=guest,
                invitation=invitation,
                home_tenant_id=home,
                author_name=visit.name,
                now=clock.now(),
            )
            with pytest.raises(Refused, match="已有人接受"):
                columns.accept_invitation(
                    actor=guest_in(stranger, operator), invitation=invitation, home_tenant_id=home, author_name="乙",
                    now=clock.now(),
                )  # fmt: skip
            assert may_change(actor=guest, article=article)
            assert not may_change(actor=guest_in(stranger, operator), article=article)
            assert not guest.holds("party_office", "editor")
    assert article.tenant_id == operator


def test_subscribers_and_the_writer_are_told_in_their_own_house(cast: Cast) -> None:
    operator, home = cast.operator.tenant.pk, cast.h1.tenant.pk
    with scope([operator, home]):
        column = portal.column(cast.operator, "医院文化", is_public=True)
        reader = cast.h1.person("member-3")
        Subscription.objects.create(tenant_id=home, column=column, person=reader, began_at=clock.now())
        article = portal.published(cast.operator, column, "院史馆的灯")
    tasks.tell_readers(article.pk, operator)
    with scope([home]):
        assert Notice.objects.filter(reader_id=reader.pk, batch__title__contains="院史馆的灯").count() == 1
    with scope([operator]):
        assert (
            Notice.objects.filter(reader_id=article.writer_id, batch__title__contains="已发布").count() == 1
        )
