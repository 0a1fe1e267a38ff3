"""All branches against the kinds of meetings the rules ask: how many were held this year, how many are missing."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from rongpei.ground.ui import parts
from rongpei.insight.directory import duties
from rongpei.insight.directory.queries import overview
from rongpei.insight.directory.queries.branches import Held
from rongpei.org.units.models import Unit

KINDS = (
    duties.THEME_DAY, duties.MEMBERS, duties.COMMITTEE, duties.GROUP, duties.LECTURE, duties.LIFE,
)  # fmt: skip


class DutyCells:
    """Cells of the year for every branch; three queries whatever their number."""

    def __init__(self, branches: Sequence[Unit], today: date) -> None:
        self.today = today
        self.held = overview.kinds_held(branches, date(today.year, 1, 1), date(today.year + 1, 1, 1))
        self.officers, self.groups = overview.committees(branches, today), overview.group_counts(branches)

    @property
    def columns(self) -> list[str]:
        """The kinds, as the head names them."""
        return [str(duty.kind.label) for duty in KINDS]

    def cells(self, branch: Unit) -> list[parts.Cell]:
        """One cell a kind; blank where the branch is not asked and held none."""
        asked = {
            duty.kind: duty
            for duty in duties.duties_of(
                self.officers.get(branch.pk, 0), self.groups.get(branch.pk, 0), False
            )
        }
        held = self.held.get(branch.pk, [])
        return [self._cell(branch, asked.get(one.kind, one._replace(every=0)), held) for one in KINDS]

    def _cell(self, branch: Unit, duty: duties.Duty, held: Sequence[Held]) -> parts.Cell:
        spans = duties.spans(duty, self.today.year, held, branch.opened_on, self.today)
        done, lacks = (
            sum(span.confirmed for span in spans),
            sum(span.lacking for span in spans if span.missing),
        )
        label = f"{branch.name} {duty.kind.label}"
        if lacks:
            words = _("缺 %d 次") % lacks
            return parts.Cell(words, "missing", self._branch_url(branch, "overdue"), f"{label} {words}")
        if any(span.near for span in spans):
            words = _("待安排")
            return parts.Cell(words, "low", self._branch_url(branch, "coming"), f"{label} {words}")
        if not done:
            return parts.Cell("")
        words = _("%d 次") % done
        return parts.Cell(words, "", self._meetings_url(branch, duty), f"{label} {words}")

    def _branch_url(self, branch: Unit, part: str) -> str:
        return f"{reverse('directory:branch', args=[branch.pk])}#{part}"

    def _meetings_url(self, branch: Unit, duty: duties.Duty) -> str:
        year = self.today.year
        query = (
            f"unit={branch.pk}&kind={duty.kind.value}&state=confirmed&on_from={year}-01-01&on_to={year}-12-31"
        )
        return f"{reverse('partydays:meetings')}?{query}"
