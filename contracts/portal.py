"""Rows of the portal for the permission table and for tests: a hospital's own column, in every state that a page needs."""

from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core import signing
from django.core.files.base import ContentFile
from PIL import Image

from contracts.cast import House
from rongpei.activities.columns.actions import columns, editing, printing, talk
from rongpei.activities.columns.codes import CommentState, FilePart, WordAct
from rongpei.activities.columns.models import Article, ArticleFile, Column, Comment, Invitation, SensitiveWord
from rongpei.ground import clock
from rongpei.ground.accounts.actor import System

HTML = "<p>清晨七点二十，走廊尽头的缓冲间亮起绿灯。</p><h2>四步</h2><p>看、问、摸、说。</p>"


def png(colour: str = "maroon") -> ContentFile:
    """A small picture as it is uploaded."""
    made = BytesIO()
    Image.new("RGB", (64, 40), colour).save(made, "PNG")
    return ContentFile(made.getvalue(), name="picture.png")


def column(house: House, name: str = "院内专栏", **values: Any) -> Column:
    """The house's column of this name, not public unless said."""
    found = Column.objects.filter(tenant=house.tenant, name=name).first()
    given = {
        "name": name,
        "introduction": "只写做过的事。",
        "host": "董慧敏",
        "parts": ["护理笔记"],
        "moderation": "pre",
    } | values
    return found or columns.found_column(
        actor=System(house.tenant.pk), tenant_id=house.tenant.pk, values=given, now=clock.now()
    )


def draft(house: House, at: Column, title: str, html: str = HTML, **values: Any) -> Article:
    """A saved draft by the house's first member (or the operator's outside professional)."""
    writer = house.person("member-1" if house.tenant.code.startswith("H") else "outside_hcp")
    article = editing.open_draft(
        column=at,
        writer_id=writer.pk,
        home_tenant_id=house.tenant.pk,
        poster_id=None,
        author_name="周文静",
        title=title,
        now=clock.now(),
    )
    return editing.save_article(
        actor=System(house.tenant.pk),
        article=article,
        values=values,
        html=html,
        base=0,
        saved_by="周文静",
        now=clock.now(),
    )


def submitted(house: House, at: Column, title: str, **values: Any) -> Article:
    """The same, handed to the editors."""
    article = draft(house, at, title, **values)
    return printing.submit(
        actor=System(house.tenant.pk), article=article, by="周文静", secrecy_checked=True, now=clock.now()
    )


def published(house: House, at: Column, title: str, **values: Any) -> Article:
    """The same, in print."""
    article, system = submitted(house, at, title, **values), System(house.tenant.pk)
    printing.pass_editing(
        actor=system, article=article, by="编辑", opinion="", secrecy_checked=True, now=clock.now()
    )
    article.refresh_from_db()
    return printing.approve(
        actor=system, article=article, by="终审", opinion="", secrecy_checked=True, now=clock.now()
    )


def comment(house: House, article: Article, body: str = "大字卡这个办法好。", **values: Any) -> Comment:
    """A comment by the house's second member."""
    person = house.person("member-2" if house.tenant.code.startswith("H") else "outside_volunteer")
    actor = House(house.tenant).actor(person.staff_number)
    given = {
        "display_name": "陶老师",
        "real_name": person.name,
        "title": "",
        "passes": True,
        "key": uuid4(),
    } | values
    return talk.post_comment(actor=actor, article=article, body=body, now=clock.now(), **given)


@dataclass(frozen=True)
class Rows:
    """One of each, for one house."""

    column: Column
    work: Article
    printed: Article
    comment: Comment
    file: ArticleFile
    word: SensitiveWord
    invitation: Invitation


def rows(house: House) -> Rows:
    """The house's rows, made once."""
    at = column(house)
    work = Article.objects.filter(column=at, title="待编辑的稿").first() or submitted(house, at, "待编辑的稿")
    printed = Article.objects.filter(column=at, title="在刊的文章").first() or published(
        house, at, "在刊的文章"
    )
    system = System(house.tenant.pk)
    file = ArticleFile.objects.filter(article=work).first() or editing.attach_file(
        actor=system, article=work, upload=png(), part=FilePart.PICTURE, now=clock.now()
    )
    said = Comment.objects.filter(article=printed).first() or comment(house, printed)
    talk.add_words(
        actor=system, tenant_id=house.tenant.pk, words=["加微信"], act=WordAct.HOLD, now=clock.now()
    )
    word = SensitiveWord.objects.get(tenant=house.tenant)
    invitation = Invitation.objects.filter(column=at).first() or columns.invite_author(
        actor=system,
        column=at,
        guest="毕医生",
        topic="夜班",
        message="",
        due_on=(clock.now() + timedelta(days=9)).date(),
        invited_by="编辑",
        now=clock.now(),
    )
    return Rows(at, work, printed, said, file, word, invitation)


def at_work(house: House) -> dict[str, Any]:
    """An article at work."""
    return {"pk": rows(house).work.pk}


def in_print(house: House) -> dict[str, Any]:
    """An article in print inside the house."""
    return {"pk": rows(house).printed.pk}


def said(house: House) -> dict[str, Any]:
    """A comment under it."""
    found = rows(house)
    return {"pk": found.printed.pk, "comment_pk": found.comment.pk}


def shown(house: House) -> dict[str, Any]:
    """A comment that everybody reads."""
    found = rows(house)
    if found.comment.state != CommentState.SHOWN:
        system = System(house.tenant.pk)
        talk.decide_comment(actor=system, comment=found.comment, shows=True, reason="", now=clock.now())
    return {"pk": found.printed.pk, "comment_pk": found.comment.pk}


def of_column(house: House) -> dict[str, Any]:
    """The column."""
    return {"pk": rows(house).column.pk}


def token(house: House) -> dict[str, Any]:
    """The link of an invitation: for whoever holds it, of whatever house."""
    found = rows(house).invitation
    return {"token": signing.dumps([found.tenant_id, found.pk], salt="columns.invitation")}
