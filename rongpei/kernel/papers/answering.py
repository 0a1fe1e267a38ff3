"""Answering a questionnaire: each person once; named answers may be changed until it closes."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from rongpei.ground.audit import Refused
from rongpei.kernel.papers.codes import SCALE_TOP, QuestionKind
from rongpei.kernel.papers.models import Invitation, Paper, Question, Sheet

Answers = Mapping[str, Any]


def is_open(paper: Paper, on: date) -> bool:
    """Whether it may be answered on a day."""
    return paper.opens_on <= on and (paper.closes_on is None or on <= paper.closes_on)


def invitation_of(paper: Paper, person_id: int) -> Invitation | None:
    """Whether, and how, somebody is asked."""
    return paper.invitations.filter(person_id=person_id).first()


def hand_in(*, paper: Paper, person_id: int, answers: Answers, on: date) -> Sheet:
    """Store one person's answers.

    Without names the sheet carries no person and no instant, and its key is random; what remains is that the database's own
    log could still show which sheet was written together with whose tick, so the page promises that nobody sees names,
    not that nobody could ever find out. Refuses outside the period, somebody not asked, a second answer without names,
    and answers that do not fit the questions.
    """
    if not is_open(paper, on):
        raise Refused(_("这份问卷现在不能作答。"), why=_("还没有开始，或已经截止。"), code="closed")
    mine = Invitation.objects.select_for_update().filter(paper=paper, person_id=person_id).first()
    if mine is None:
        raise Refused(_("这份问卷没有请您作答。"), code="not-asked")
    if mine.answered and paper.anonymous:
        raise Refused(_("您已经答过了。"), why=_("不记名的问卷交了就不能改。"), code="answered")
    questions = list(paper.questions.order_by("number"))
    kept = checked(questions, answers)
    mine.answered = True
    mine.save(update_fields=["answered"])
    values = {"answers": kept, "mean": mean_of(questions, kept), "score": score_of(questions, kept)}
    if paper.anonymous:
        return Sheet.objects.create(tenant_id=paper.tenant_id, paper=paper, **values)
    sheet, _made = Sheet.objects.update_or_create(
        paper=paper, person_id=person_id, defaults=values, create_defaults={**values, "tenant_id": paper.tenant_id}
    )  # fmt: skip
    return sheet


def checked(questions: Sequence[Question], answers: Answers) -> dict[str, Any]:
    """The answers that fit the questions.

    Refuses a missing required answer and one that is no answer to its question.
    """
    kept: dict[str, Any] = {}
    for question in questions:
        value = answers.get(str(question.number))
        if not question.applies_to(kept):
            continue
        if value in (None, "", []):
            if question.required:
                raise Refused(_("第 %(n)d 题还没有回答。") % {"n": question.number})
            continue
        if not _fits(question, value):
            raise Refused(_("第 %(n)d 题的回答不对，请重新选择。") % {"n": question.number})
        kept[str(question.number)] = value
    return kept


def _fits(question: Question, value: Any) -> bool:
    many = len(question.options)
    if question.kind == QuestionKind.SINGLE:
        return isinstance(value, int) and 0 <= value < many
    if question.kind == QuestionKind.MULTIPLE:
        return isinstance(value, list) and all(isinstance(one, int) and 0 <= one < many for one in value)
    if question.kind == QuestionKind.SCALE:
        return isinstance(value, int) and 1 <= value <= SCALE_TOP
    if question.kind == QuestionKind.NUMBER:
        return isinstance(value, int | float) and abs(value) < 1_000_000_000
    if question.kind == QuestionKind.DATE:
        return isinstance(value, str) and _is_day(value)
    return isinstance(value, str) and len(value) <= 2000


def _is_day(value: str) -> bool:
    try:
        return len(value) == 10 and date.fromisoformat(value).year > 1900
    except ValueError:
        return False


def mean_of(questions: Sequence[Question], answers: Answers) -> Decimal | None:
    """The mean of the scale answers, 1 to 5; None without any."""
    scales = {str(one.number) for one in questions if one.kind == QuestionKind.SCALE}
    given = [value for number, value in answers.items() if number in scales]
    return (Decimal(sum(given)) / len(given)).quantize(Decimal("0.01")) if given else None


def score_of(questions: Sequence[Question], answers: Answers) -> Decimal | None:
    """The share of quiz questions answered wholly right, in percent; None for a paper without a quiz."""
    quiz = [one for one in questions if one.right]
    if not quiz:
        return None
    right = sum(_chosen(answers.get(str(one.number))) == set(one.right) for one in quiz)
    return (Decimal(100 * right) / len(quiz)).quantize(Decimal("0.01"))


def _chosen(value: Any) -> set[int]:
    return set(value) if isinstance(value, list) else {value}
