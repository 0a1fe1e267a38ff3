"""What a questionnaire found: counts and shares by question, means, free texts, and the sheet for Excel."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any, NamedTuple

from django.db.models import Avg, Count, Q
from django.utils.translation import gettext as _

from rongpei.kernel.papers.codes import FEWEST_SHOWN, SCALE_TOP, QuestionKind
from rongpei.kernel.papers.models import Invitation, Paper, Question, Sheet


@dataclass(frozen=True)
class Choice:
    """An option with how many chose it."""

    text: str
    count: int
    percent: int
    right: bool = False


@dataclass(frozen=True)
class Found:
    """What was answered to one question. `mean` is of numbers and scales; `spread` the least, middle and greatest number."""

    question: Question
    answered: int
    choices: Sequence[Choice] = ()
    mean: float | None = None
    texts: Sequence[str] = ()
    spread: tuple[float, float, float] | None = None

    @property
    def chart(self) -> dict[str, Any]:
        """Data for the column chart of the page."""
        return {
            "kind": "column",
            "x": [choice.text for choice in self.choices],
            "series": [{"name": str(self.question.text), "data": [choice.count for choice in self.choices]}],
        }


class Summary(NamedTuple):
    """A paper in four numbers: asked, answered, mean of the scales (1 to 5), quiz score in percent."""

    asked: int = 0
    answered: int = 0
    mean: Decimal | None = None
    score: Decimal | None = None

    @property
    def share(self) -> int | None:
        """Answered of asked in whole percent."""
        return round(100 * self.answered / self.asked) if self.asked else None


def is_shown(paper: Paper, answered: int) -> bool:
    """Whether results may be seen: without names only from a number on at which nobody is recognised."""
    return not paper.anonymous or answered >= FEWEST_SHOWN


def results_of(paper: Paper) -> list[Found]:
    """What was answered, by question; two queries. Empty while results may not be shown."""
    sheets = list(paper.sheets.values_list("answers", flat=True))
    if not is_shown(paper, len(sheets)):
        return []
    return [
        _found(question, [sheet[str(question.number)] for sheet in sheets if str(question.number) in sheet])
        for question in paper.questions.order_by("number")
    ]


def _found(question: Question, values: list[Any]) -> Found:
    kind, many = question.kind, len(values)
    if kind in (QuestionKind.TEXT, QuestionKind.DATE):
        return Found(question, many, texts=sorted(value.strip() for value in values if value.strip()))
    mean = sum(values) / many if values and kind in (QuestionKind.SCALE, QuestionKind.NUMBER) else None
    if kind == QuestionKind.NUMBER:
        spread = (min(values), median(values), max(values)) if values else None
        return Found(question, many, mean=mean, spread=spread)
    counted = Counter(one for value in values for one in (value if isinstance(value, list) else [value]))
    if kind == QuestionKind.SCALE:
        named = [(number, str(number)) for number in range(1, SCALE_TOP + 1)]
    else:
        named = list(enumerate(question.options))
    choices = [
        Choice(text, counted[number], round(100 * counted[number] / many) if many else 0, number in question.right)
        for number, text in named
    ]  # fmt: skip
    return Found(question, many, choices, mean)


def summaries_of(paper_ids: Collection[int]) -> dict[int, Summary]:
    """The four numbers of many papers; two queries. Means of papers without names and with few answers are left out."""
    asked = Invitation.objects.filter(paper__in=paper_ids).values_list("paper_id")
    counted = {
        row[0]: row[1:] for row in asked.annotate(all=Count("pk"), done=Count("pk", filter=Q(answered=True)))
    }
    means = Sheet.objects.filter(paper__in=paper_ids).values_list("paper_id", "paper__anonymous")
    found = {
        row[0]: (row[2], row[3]) if not row[1] or row[4] >= FEWEST_SHOWN else (None, None)
        for row in means.annotate(mean=Avg("mean"), score=Avg("score"), many=Count("pk"))
    }
    return {ident: Summary(*numbers, *found.get(ident, (None, None))) for ident, numbers in counted.items()}


def rows_of(paper: Paper) -> Iterator[list[Any]]:
    """Every sheet as a row of a workbook; the first row holds the heads. No names where none were promised to be kept."""
    questions = list(paper.questions.order_by("number"))
    heads: list[Any] = [] if paper.anonymous else [_("姓名")]
    yield [*heads, *(f"{one.number}. {one.text}" for one in questions)]
    sheets = paper.sheets.all()
    if not is_shown(paper, sheets.count()):
        return
    ordered = sheets.order_by("id") if paper.anonymous else sheets.order_by("person__sort_key")
    for sheet in ordered.select_related("person"):
        name = [] if sheet.person is None else [sheet.person.name]
        yield [*name, *(_cell(one, sheet.answers.get(str(one.number))) for one in questions)]


def _cell(question: Question, value: Any) -> Any:
    if value is None:
        return None
    if question.kind == QuestionKind.SINGLE:
        return question.options[value]
    if question.kind == QuestionKind.MULTIPLE:
        return "、".join(question.options[one] for one in sorted(value))
    return value
