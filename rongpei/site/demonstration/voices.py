"""What was said about the meetings in the making: surveys, reflections, the best put forward, studies made up."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

from rongpei.activities.partydays.actions.inquiries import period_of
from rongpei.activities.partydays.codes import MEETING_OWNER, Audience, InquiryRole, MeetingKind
from rongpei.activities.partydays.models import Inquiry, Nomination, Reflection
from rongpei.activities.partydays.standard import TEXTS
from rongpei.ground.tenancy.bulk import insert_rows, next_ids
from rongpei.kernel.papers.answering import mean_of, score_of
from rongpei.kernel.papers.codes import QuestionKind
from rongpei.kernel.papers.drafting import parse
from rongpei.kernel.papers.models import Invitation, Paper, Question, Sheet
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.meetings import Record, at
from rongpei.site.demonstration.someone import House
from rongpei.site.demonstration.themes import after_text

_REMARKS = (
    "希望多安排实操。",
    "时间可以再短一点。",
    "夜班的同志最好有录像。",
    "内容实用，回科就能用。",
    "建议和护理部一起办。",
)
_EXAMPLES = ("回科后把流程贴在了处置室。", "带教新人时用上了。", "我们组每周练一次。")
_REFLECTIONS = (
    "白大褂上别着党徽，就要多想一步、多走一步。", "听老主任讲建院的日子，才知道今天的条件来之不易。",
    "演练时手忙脚乱，说明平时练得还不够。", "把患者的一句埋怨当成改进的起点。", "值守名单上写着党员的名字，心里踏实。",
)  # fmt: skip
_REASONS = ("结合岗位，人人动手，回科就能用。", "倒班的同志分两场参加，到会率高。", "会后三项改进都已落实。")
_AUDIENCES = (Audience.COMMITTEE, Audience.BRANCH, Audience.BRANCH, Audience.HOSPITAL)


@dataclass
class Asked:
    """A survey in the making: whom it asks, and who has answered."""

    role: InquiryRole
    meeting: int
    record: Record
    text: str
    people: list[int]
    answered: list[int]
    chance: random.Random = field(repr=False)


@lru_cache(maxsize=64)
def _questions(text: str) -> tuple[Question, ...]:
    return tuple(
        Question(
            number=number, kind=one.settled, text=one.text, required=one.required, options=one.options, right=one.right
        )
        for number, one in enumerate(parse(text), start=1)
    )  # fmt: skip


def store_surveys(house: House, meetings: Sequence[int], records: Sequence[Record]) -> int:
    """Store surveys with their answers; return how many sheets."""
    asked = [
        one
        for meeting, record in zip(meetings, records, strict=True)
        if record.kind == MeetingKind.THEME_DAY
        for one in _surveys(house, meeting, record)
    ]
    tenant, papers = house.tenant.pk, next_ids(Paper, len(asked))
    columns = (
        "id", "tenant_id", "title", "intro", "anonymous", "opens_on", "closes_on", "owner_kind", "owner_id", "created_at",
    )  # fmt: skip
    insert_rows(
        Paper, columns, (_paper(tenant, i, one, house.anchor) for i, one in zip(papers, asked, strict=True))
    )
    insert_rows(
        Question,
        ("tenant_id", "paper_id", "number", "kind", "text", "required", "options", "right"),
        (
            (tenant, ident, q.number, q.kind, q.text, q.required, _json(q.options), _json(q.right))
            for ident, one in zip(papers, asked, strict=True)
            for q in _questions(one.text)
        ),
    )
    rows = ((tenant, one.meeting, one.role, ident) for ident, one in zip(papers, asked, strict=True))
    insert_rows(Inquiry, ("tenant_id", "meeting_id", "role", "paper_id"), rows)
    insert_rows(
        Invitation,
        ("tenant_id", "paper_id", "person_id", "answered"),
        (
            (tenant, ident, person, person in done)
            for ident, one in zip(papers, asked, strict=True)
            for done in (set(one.answered),)
            for person in one.people
        ),
    )
    sheets = (row for ident, one in zip(papers, asked, strict=True) for row in _sheets(tenant, ident, one))
    return insert_rows(
        Sheet, ("id", "tenant_id", "paper_id", "person_id", "answers", "mean", "score"), sheets
    )


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _surveys(house: House, meeting: int, record: Record) -> Iterator[Asked]:
    """After every theme day a judgement, of every third month a look back, before those of a year the needs."""
    chance = dice(house.plan.code, record.unit.name, "voices", record.on)
    everyone = [seat.person.id for seat in record.seats]
    came = [seat.person.id for seat in record.present]
    if record.on >= house.anchor - timedelta(days=365):
        share = 0.5 if record.on >= house.anchor else 0.7
        yield _asked(
            InquiryRole.NEEDS, meeting, record, str(TEXTS[InquiryRole.NEEDS]), everyone, share, chance
        )
    if record.confirmed_at is None:  # written with the plan, sent to those who came once it is confirmed
        yield _asked(InquiryRole.AFTER, meeting, record, after_text(record.on), [], 0, chance)
        yield _asked(InquiryRole.CHANGE, meeting, record, str(TEXTS[InquiryRole.CHANGE]), [], 0, chance)
        return
    fresh = record.on >= house.anchor - timedelta(days=10)
    yield _asked(
        InquiryRole.AFTER, meeting, record, after_text(record.on), came, 0.45 if fresh else 0.72, chance
    )
    opens_on, closes_on = period_of(InquiryRole.CHANGE, record.on, record.on)
    if record.on.month % 3 == 2 and opens_on <= house.anchor:
        share = 0.6 if closes_on < house.anchor else 0.3
        yield _asked(InquiryRole.CHANGE, meeting, record, str(TEXTS[InquiryRole.CHANGE]), came, share, chance)


def _asked(
    role: InquiryRole, meeting: int, record: Record, text: str, people: list[int], share: float, chance: random.Random
) -> Asked:  # fmt: skip
    answered = [person for person in people if chance.random() < share]
    return Asked(role, meeting, record, text, people, answered, chance)


def _paper(tenant: int, ident: int, one: Asked, anchor: date) -> tuple[Any, ...]:
    record = one.record
    opens_on, closes_on = period_of(one.role, record.on, min(record.created_at.date(), anchor))
    title = f"{one.role.label}：{record.title}"[:120]
    return (
        ident,
        tenant,
        title,
        "",
        True,
        opens_on,
        closes_on,
        MEETING_OWNER,
        one.meeting,
        record.created_at,
    )


def _sheets(tenant: int, ident: int, one: Asked) -> Iterator[tuple[Any, ...]]:
    """Sheets without names: nothing leads from a sheet to a person."""
    questions = _questions(one.text)
    for _person in one.answered:
        answers = {str(q.number): value for q in questions if (value := _value(q, one)) is not None}
        key = UUID(int=one.chance.getrandbits(128), version=4)
        yield (
            key,
            tenant,
            ident,
            None,
            _json(answers),
            mean_of(questions, answers),
            score_of(questions, answers),
        )


def _value(question: Question, one: Asked) -> Any:
    chance = one.chance
    if question.kind == QuestionKind.SCALE:
        return chance.choices((5, 4, 3, 2), (46, 38, 13, 3))[0]
    if question.kind == QuestionKind.SINGLE:
        if question.right and chance.random() < 0.82:
            return question.right[0]
        return chance.randrange(len(question.options))
    if question.kind == QuestionKind.MULTIPLE:
        return sorted(chance.sample(range(len(question.options)), chance.randint(1, 2)))
    if chance.random() < 0.08:
        return chance.choice(_EXAMPLES if one.role == InquiryRole.CHANGE else _REMARKS)
    return None


def store_reflections(house: House, meetings: Sequence[int], records: Sequence[Record]) -> int:
    """A reflection or two after the theme days of the last year; some of these days are put forward as the best."""
    reflections, nominations, tenant = [], [], house.tenant.pk
    for meeting, record in zip(meetings, records, strict=True):
        if record.kind != MeetingKind.THEME_DAY or record.confirmed_at is None:
            continue
        if record.on < house.anchor - timedelta(days=365):
            continue
        chance = dice(house.plan.code, record.unit.name, "reflections", record.on)
        for seat in chance.sample(record.present, min(2, len(record.present))):
            reflections.append(
                (tenant, meeting, seat.person.id, chance.choice(_REFLECTIONS), chance.choice(_AUDIENCES),
                 at(record.on, 20, chance.randrange(60)))
            )  # fmt: skip
        full = len(record.present) / len(record.seats)
        if full >= 0.94 and chance.random() < 0.12:
            nominations.append((tenant, meeting, chance.choice(_REASONS), record.confirmed_at))
    columns = ("tenant_id", "meeting_id", "person_id", "text", "audience", "written_at")
    insert_rows(Reflection, columns, reflections)
    insert_rows(Nomination, ("tenant_id", "meeting_id", "reason", "put_forward_at"), nominations)
    return len(reflections)
