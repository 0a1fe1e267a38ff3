"""What stands beside the plan of a meeting: what those who will come wish for, and how the last meeting of its kind was judged.

Wishes are told from `FEWEST_SHOWN` answers on, with names or without: a wish of two or three is nobody's majority.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q

from rongpei.activities.partydays import one_meeting
from rongpei.activities.partydays.codes import InquiryRole
from rongpei.activities.partydays.models import Inquiry, Meeting, Theme
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.papers.codes import FEWEST_SHOWN, QuestionKind
from rongpei.kernel.papers.models import Invitation, Question, Sheet
from rongpei.kernel.papers.results import Summary, summaries_of

MOST_WISHES = 3  # of one question
_ASKED = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


@dataclass(frozen=True)
class Wish:
    """A question of the needs survey with what most chose and how many, the most chosen first."""

    text: str
    choices: Sequence[tuple[str, int]]


@dataclass(frozen=True)
class Beside:
    """The card beside a plan. `wishes` are empty before enough have answered; `last` is judged by `judged`."""

    needs: Inquiry | None = None
    summary: Summary = Summary()
    wishes: Sequence[Wish] = ()
    last: Inquiry | None = None
    judged: Summary = Summary()

    fewest = FEWEST_SHOWN

    @property
    def is_told(self) -> bool:
        """Whether so many have answered that wishes are told."""
        return self.summary.answered >= FEWEST_SHOWN

    @property
    def has_results(self) -> bool:
        """Whether the page of results shows anything: without names only from enough answers on."""
        return self.is_told or self.needs is not None and not self.needs.paper.anonymous


def wishes_of(paper_ids: Collection[int]) -> list[Wish]:
    """What most of those who answered these papers wish for, by question; two queries.

    Questions of the same words count as one. Nothing before enough have answered, all papers together.
    """
    sheets = list(Sheet.objects.filter(paper__in=paper_ids).values_list("paper_id", "answers"))
    if len(sheets) < FEWEST_SHOWN:
        return []
    asked = Question.objects.filter(paper__in=paper_ids, kind__in=_ASKED).order_by("number", "id")
    counted: dict[str, Counter[str]] = {}
    of_paper: dict[int, list[tuple[str, list[str], Counter[str]]]] = {}
    for paper_id, number, text, options in asked.values_list("paper_id", "number", "text", "options"):
        counter = counted.setdefault(text, Counter())
        of_paper.setdefault(paper_id, []).append((str(number), options, counter))
    for paper_id, answers in sheets:
        for place, options, counter in of_paper.get(paper_id, ()):
            given = answers.get(place, [])
            counter.update(options[one] for one in (given if isinstance(given, list) else [given]))
    return [Wish(text, counter.most_common(MOST_WISHES)) for text, counter in counted.items() if counter]


def wishes_under(theme: Theme) -> tuple[Summary, list[Wish]]:
    """Of all branches that planned under a theme: how many were asked and answered, and their wishes; four queries."""
    papers = list(
        Inquiry.objects.filter(meeting__theme=theme, role=InquiryRole.NEEDS)
        .exclude(meeting__gathering__state=State.CANCELLED)
        .values_list("paper_id", flat=True)
    )
    if not papers:
        return Summary(), []
    found = Invitation.objects.filter(paper__in=papers).aggregate(
        asked=Count("pk"), answered=Count("pk", filter=Q(answered=True))
    )
    return Summary(**found), wishes_of(papers)


def beside_plan(meeting: Meeting) -> Beside:
    """The card of one meeting; six queries at most."""
    asked = one_meeting.inquiries(meeting_id=meeting.pk)
    needs = next((one for one in asked if one.role == InquiryRole.NEEDS), None)
    last = _last_judged(meeting)
    found = summaries_of([one.paper_id for one in (needs, last) if one is not None])
    summary = found.get(needs.paper_id, Summary()) if needs else Summary()
    judged = found.get(last.paper_id, Summary()) if last else Summary()
    return Beside(needs, summary, wishes_of([needs.paper_id]) if needs else (), last, judged)


def _last_judged(meeting: Meeting) -> Inquiry | None:
    """The judgement of the newest meeting of the same kind that the unit held before."""
    gathering = meeting.gathering
    before = Inquiry.objects.filter(
        role=InquiryRole.AFTER, meeting__kind=meeting.kind, meeting__gathering__unit=gathering.unit_id,
        meeting__gathering__state=State.CONFIRMED, meeting__gathering__held_on__lt=gathering.held_on,
    )  # fmt: skip
    newest = before.order_by("-meeting__gathering__held_on", "-id")
    return newest.select_related("paper", "meeting__gathering").first()
