"""高知: a predicate that an office sets; any one of its parts suffices."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rongpei.org.people.codes import FactKind, TitleLevel
from rongpei.org.people.roster.choices import degree_level, title_level
from rongpei.pipelines.membership.models import OfficeDetails


@dataclass(frozen=True, slots=True)
class Highly:
    """Title levels (`TitleLevel`) and degree levels (`doctor`, `master` …) of which any one makes a 高知.

    No text defines the word; the default, 副高 or above or a doctorate, is what most hospitals use (DOMAIN E).
    """

    titles: frozenset[str] = field(default=frozenset({TitleLevel.SENIOR.value, TitleLevel.ASSOCIATE.value}))
    degrees: frozenset[str] = field(default=frozenset({"doctor"}))

    def holds(self, facts: Mapping[str, str]) -> bool:
        """Whether somebody with these facts is one."""
        title = title_level(facts.get(FactKind.TITLE, ""))
        return title in self.titles or degree_level(facts.get(FactKind.DEGREE, "")) in self.degrees


def highly_of(tenant_id: int) -> Highly:
    """What a hospital's office calls 高知; the usual meaning until it says otherwise."""
    details = OfficeDetails.objects.filter(tenant_id=tenant_id).first()
    if details is None or not (details.high_titles or details.high_degrees):
        return Highly()
    return Highly(frozenset(details.high_titles), frozenset(details.high_degrees))
