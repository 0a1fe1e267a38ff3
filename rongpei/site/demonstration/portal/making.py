"""Putting the portal into the database: columns, articles in every state, a few covers."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from rongpei.activities.columns.actions.carrying import carry
from rongpei.activities.columns.actions.printing import put_in_print
from rongpei.activities.columns.codes import (
    ArticleState,
    AuthorKind,
    EditorialStep,
    Moderation,
    WordAct,
)
from rongpei.activities.columns.models import (
    Article,
    Column,
    ColumnEditor,
    ReadCount,
    Revision,
    SensitiveWord,
    Step,
    Subscription,
    Writing,
)
from rongpei.activities.columns.procedures import APPROVE, EDIT, SUBMIT
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.models import Tenant
from rongpei.org.access.codes import Role
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.outside import Outsider
from rongpei.site.demonstration.portal import sayings
from rongpei.site.demonstration.portal.culture import CULTURE
from rongpei.site.demonstration.portal.drawing import draw_covers
from rongpei.site.demonstration.portal.forum import FORUM
from rongpei.site.demonstration.portal.stories import STORIES
from rongpei.site.demonstration.portal.talking import Talk
from rongpei.site.demonstration.portal.writing import Piece
from rongpei.site.demonstration.someone import House

_COLUMNS: tuple[tuple[dict[str, object], tuple[Piece, ...], tuple[str, ...]], ...] = (
    (
        {
            "name": "医院党建专家论坛", "introduction": "请做过的人来讲，讲做成的和没做成的。", "host": "董慧敏",
            "guiding_unit": "云汀市医院党建研究会", "parts": ["党建引领", "支部建设", "人才培养"],
            "moderation": Moderation.PRE,
        },
        FORUM,
        sayings.FORUM,
    ),
    (
        {
            "name": "医院文化", "introduction": "一家医院的家底，有一半是没有编号的东西。", "host": "景云",
            "guiding_unit": "云汀市医院文化研究会", "parts": ["院史院训", "节日记事", "身边风景"],
            "moderation": Moderation.POST,
        },
        CULTURE,
        sayings.CULTURE,
    ),
    (
        {
            "name": "和谐医患故事", "introduction": "写医患之间真实的相处，不写完人，只写做过的事。", "host": "董慧敏",
            "guiding_unit": "云汀市医院文化研究会", "parts": ["护理笔记", "门诊手记", "病房来信"],
            "moderation": Moderation.PRE,
        },
        STORIES,
        sayings.STORIES,
    ),
)  # fmt: skip
_DAYS_APART = 13
_UNFINISHED = (
    ("夜班的第二杯茶", ArticleState.DRAFT),
    ("写在第一次独立值班之后", ArticleState.SUBMITTED),
    ("支部会上的一张白板", ArticleState.EDITED),
    ("冬天的开水房", ArticleState.SCHEDULED),
    ("一份改了五遍的通知", ArticleState.WITHDRAWN),
)
_WORDS = (
    ("加微信", WordAct.HOLD),
    ("代开证明", WordAct.REFUSE),
    ("包治", WordAct.REFUSE),
    ("推销", WordAct.HOLD),
)


def make_portal(
    operator: Tenant, staff: list[Outsider], houses: list[House], anchor: date
) -> tuple[int, int]:
    """The operator's columns with their articles and comments; gives how many of each."""
    editors = [one.person for one in staff if one.role == Role.EDITOR]
    editor = editors[0]
    professional = next(one.person for one in staff if one.role == Role.OUTSIDE_HCP)
    readers = [one for house in houses for one in house.staff[:90]]
    shelf, talk = _Shelf(operator, editor.pk, editor.name, anchor), Talk(operator, anchor)
    SensitiveWord.objects.bulk_create(
        SensitiveWord(tenant=operator, word=word, act=act, added_at=shelf.at(anchor - timedelta(days=400), 9))
        for word, act in _WORDS
    )
    for turn, (facts, pieces, said) in enumerate(_COLUMNS):
        column = Column.objects.create(
            tenant=operator,
            is_public=True,
            position=turn,
            created_at=shelf.at(anchor - timedelta(days=900), 9),
            **facts,
        )
        ColumnEditor.objects.create(
            tenant=operator, column=column, person=editors[turn % 2], name=editors[turn % 2].name
        )
        articles = [shelf.put(column, piece, index, turn) for index, piece in enumerate(pieces)]
        talk.under(articles, said, readers)
        _subscribe(column, houses, shelf)
    shelf.unfinished(column, professional.pk, professional.name)
    shelf.count_reads()
    draw_covers(operator, shelf.printed, shelf.at(anchor, 8))
    return len(shelf.printed), talk.store()


def _subscribe(column: Column, houses: list[House], shelf: "_Shelf") -> None:
    Subscription.objects.bulk_create(
        Subscription(tenant=house.tenant, column=column, person_id=one.id, began_at=shelf.at(shelf.anchor, 7))
        for house in houses
        for one in house.staff[column.position : 40 : 3]
    )


class _Shelf:
    """What has been printed so far, and who prints."""

    def __init__(self, operator: Tenant, editor_id: int, editor: str, anchor: date) -> None:
        self.operator, self.editor_id, self.editor, self.anchor = operator, editor_id, editor, anchor
        self.printed: list[Article] = []

    def at(self, on: date, hour: int, minute: int = 0) -> datetime:
        """An instant of the local clock."""
        return timezone.make_aware(datetime.combine(on, time(hour, minute)))

    def put(self, column: Column, piece: Piece, index: int, turn: int) -> Article:
        """Print one piece; the first of a column is the newest."""
        on = self.anchor - timedelta(days=3 + index * _DAYS_APART + turn * 4)
        drafts = 1 if index else 3  # the newest of a column was written in three goes
        article = Article.objects.create(
            tenant=self.operator, column=column, part=piece.part, title=piece.title, subtitle=piece.subtitle,
            summary=piece.summary, author_name=piece.author, author_post=piece.post, author_note=piece.note,
            author_kind=AuthorKind.ORGANISATION if piece.organisation else AuthorKind.PERSON,
            source=piece.source, tags=list(piece.tags), specialties=list(piece.specialties),
            requires_hcp=piece.hcp, gated=piece.hcp, is_public=True, state=ArticleState.PUBLISHED,
            poster_id=self.editor_id, created_at=self.at(on - timedelta(days=6), 9), changed_at=self.at(on, 8, 30),
            published_at=self.at(on, 8, 30), revisions=drafts, printed=drafts,
        )  # fmt: skip
        for number in range(1, drafts):
            self._save(article, piece.html(lines=2 * number), on - timedelta(days=drafts - number), number)
        put_in_print(article, self._save(article, piece.html(), on, drafts))
        self._steps(article, on)
        self.printed.append(article)
        return article

    def _save(self, article: Article, html: str, on: date, number: int = 1) -> Revision:
        return Revision.objects.create(
            tenant=self.operator, article=article, number=number, title=article.title, html=html, saved_by=self.editor,
            saved_by_id=self.editor_id, saved_at=self.at(on - timedelta(days=5), 16),
        )  # fmt: skip

    def _steps(self, article: Article, on: date) -> None:
        way = (
            (EditorialStep.SUBMITTED, 4, article.author_name), (EditorialStep.EDITED, 2, self.editor),
            (EditorialStep.APPROVED, 1, "终审"), (EditorialStep.PUBLISHED, 0, ""),
        )  # fmt: skip
        Step.objects.bulk_create(
            Step(
                tenant=self.operator, article=article, step=step, person_name=name, secrecy_checked=True, revision=1,
                person_id=self.editor_id if step == EditorialStep.EDITED else None,
                done_at=self.at(on - timedelta(days=before), 8, 20),
            )
            for step, before, name in way
        )  # fmt: skip

    def unfinished(self, column: Column, writer_id: int, writer: str) -> None:
        """One article in each state before and after print."""
        for index, (title, state) in enumerate(_UNFINISHED):
            on = self.anchor - timedelta(days=index + 1)
            article = Article.objects.create(
                tenant=self.operator, column=column, part=column.parts[index % 3], title=title, author_name=writer,
                author_post="外部医务人员", state=state, writer_id=writer_id, is_public=True, revisions=1,
                created_at=self.at(on, 9), changed_at=self.at(on, 17),
                scheduled_at=self.at(self.anchor + timedelta(days=2), 8) if state == ArticleState.SCHEDULED else None,
                withdrawn_reason="作者要求补充图片说明" if state == ArticleState.WITHDRAWN else "",
            )  # fmt: skip
            self._save(article, f"<p>{_FIRST[index]}</p><p>{_SECOND[index]}</p>", on)
            Writing.objects.create(
                tenant=self.operator, article=article, article_tenant_id=self.operator.pk, person_id=writer_id
            )
            if state in (ArticleState.SUBMITTED, ArticleState.EDITED, ArticleState.SCHEDULED):
                self._carry(article, state, on)
            if state != ArticleState.DRAFT:
                Step.objects.create(
                    tenant=self.operator, article=article, step=EditorialStep.SUBMITTED, person_id=writer_id,
                    person_name=writer, secrecy_checked=True, revision=1, done_at=self.at(on, 17),
                )  # fmt: skip

    def _carry(self, article: Article, state: str, on: date) -> None:
        """Its case with the engine, as far as it has come."""
        way = {ArticleState.SUBMITTED: 1, ArticleState.EDITED: 2, ArticleState.SCHEDULED: 3}[
            ArticleState(state)
        ]
        for step in (SUBMIT, EDIT, APPROVE)[:way]:
            carry(System(self.operator.pk), article, step, secrecy_checked=True, now=self.at(on, 17))

    def count_reads(self) -> None:
        """Readings of the first fortnight of each article, fewer from day to day."""
        rows = []
        for article in self.printed:
            chance = dice("reads", article.title)
            assert article.published_at is not None  # noqa: S101 - printed
            first = timezone.localdate(article.published_at)
            for day in range(min(14, (self.anchor - first).days + 1)):
                reads = int(chance.randint(160, 420) / (day + 1)) + 3
                rows.append(
                    ReadCount(
                        tenant=self.operator, article=article, on=first + timedelta(days=day), reads=reads
                    )
                )
        ReadCount.objects.bulk_create(rows)


_FIRST = (
    "夜班的第一杯茶是提神，第二杯茶是给人的。",
    "昨天夜里，我第一次一个人值班，手机充了三次电。",
    "支部会议室里有一块白板，开会前谁都可以写一句话。",
    "开水房在走廊尽头，冬天的早晨，排队的人比挂号处还早。",
    "那份通知一共六百字，改了五遍，最后剩下八十个字。",
)
_SECOND = (
    "凌晨三点，走廊里坐着一位睡不着的家属。我把杯子递过去，他捧着，没有喝，先暖了暖手。",
    "最怕的电话没有来，来的是一位护士，说主任走之前嘱咐她，两点叫我起来喝口水。",
    "上个月有人写“能不能别在夜班后开会”，这个月会议就挪到了下午。",
    "后勤的师傅把水龙头调低了两厘米，坐轮椅的人自己也能接。",
    "改到第五遍，起草的人说，原来大家要的不是道理，是几点、在哪、找谁。",
)
