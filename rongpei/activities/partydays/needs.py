"""What stands beside the plan of a meeting: what those who will come wish for, and how the last meeting of its kind was judged.

Wishes are told from `FEWEST_SHOWN` answers on, with names or without: a wish of two or three is nobody's majority.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from rongpei.activities.partydays import one_meeting
from rongpei.activities.partydays.codes import InquiryRole
from rongpei.activities.partydays.models import Inquiry, Meeting
from rongpei.kernel.gatherings.codes import State
from rongpei.kernel.papers.codes import FEWEST_SHOWN, QuestionKind
from rongpei.kernel.papers.models import Paper
from rongpei.kernel.papers.results import Choice, Found, Summary, results_of, summaries_of

MOST_WISHES = 3  # of one question
_ASKED = (QuestionKind.SINGLE, QuestionKind.MULTIPLE)


@dataclass(frozen=True)
class Wish:
    """A question of the needs survey with what most chose, the most chosen first."""

    text: str
    choices: Sequence[Choice]


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


def wishes_of(paper: Paper, summary: Summary) -> list[Wish]:
    """What most of those who answered wish for, by question; two queries, none before enough have answered."""
    if summary.answered < FEWEST_SHOWN:
        return []
    asked = [found for found in results_of(paper) if found.question.kind in _ASKED]
    return [Wish(found.question.text, tops) for found in asked if (tops := _most_chosen(found))]


def _most_chosen(found: Found) -> list[Choice]:
    chosen = [choice for choice in found.choices if choice.count]
    return sorted(chosen, key=lambda choice: -choice.count)[:MOST_WISHES]


def beside_plan(meeting: Meeting) -> Beside:
    """The card of one meeting; six queries at most."""
    asked = one_meeting.inquiries(meeting_id=meeting.pk)
    needs = next((one for one in asked if one.role == InquiryRole.NEEDS), None)
    last = _last_judged(meeting)
    found = summaries_of([one.paper_id for one in (needs, last) if one is not None])
    summary = found.get(needs.paper_id, Summary()) if needs else Summary()
    judged = found.get(last.paper_id, Summary()) if last else Summary()
    return Beside(needs, summary, wishes_of(needs.paper, summary) if needs else (), last, judged)


def _last_judged(meeting: Meeting) -> Inquiry | None:
    """The judgement of the newest meeting of the same kind that the unit held before."""
    gathering = meeting.gathering
    before = Inquiry.objects.filter(
        role=InquiryRole.AFTER, meeting__kind=meeting.kind, meeting__gathering__unit=gathering.unit_id,
        meeting__gathering__state=State.CONFIRMED, meeting__gathering__held_on__lt=gathering.held_on,
    )  # fmt: skip
    newest = before.order_by("-meeting__gathering__held_on", "-id")
    return newest.select_related("paper", "meeting__gathering").first()
