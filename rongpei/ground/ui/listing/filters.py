"""The filters above a list. Each reads its own parameters of the address and narrows the rows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from rongpei.ground.ui import dates
from rongpei.ground.ui.listing.drawing import choices

Words = str | Promise
Apply = Callable[[Any, Any], Any]
Choices = Sequence[tuple[str, Words]]


@dataclass(frozen=True)
class Filter:
    """What all filters have; `apply` overrides how the rows are narrowed: (rows, value) -> rows.

    `more` hides the filter behind 更多条件.
    """

    name: str
    label: Words
    apply: Apply | None = field(default=None, kw_only=True)
    more: bool = field(default=False, kw_only=True)

    template = ""

    @property
    def names(self) -> Sequence[str]:
        """The parameters it owns."""
        return (self.name,)

    def read(self, query: QueryDict) -> Any:
        """The value asked for, None when not asked; ValueError when it is not one of ours."""
        return query.get(self.name, "").strip() or None

    def narrow(self, rows: Any, value: Any) -> Any:
        """The rows that meet `value`."""
        return self.apply(rows, value) if self.apply is not None else self.default(rows, value)

    def default(self, rows: Any, value: Any) -> Any:
        raise NotImplementedError

    def words(self, value: Any) -> str:
        """The condition as the chip says it."""
        return f"{self.label}：{value}"


_COMPARISONS = {"exact", "iexact", "startswith", "istartswith", "contains", "icontains"}


@dataclass(frozen=True)
class SearchFilter(Filter):
    """Free text that any of `fields` may contain; a field may name another comparison, such as `__startswith`."""

    fields: Sequence[str] = ()
    longest: int = 60

    template = "ui/filters/search.html"

    def read(self, query: QueryDict) -> Any:
        text = query.get(self.name, "").replace("\x00", "").strip()
        return text[: self.longest] or None

    def default(self, rows: Any, value: Any) -> Any:
        wanted = Q()
        for lookup in self.fields:
            named = lookup.rpartition("__")[2] in _COMPARISONS
            wanted |= Q(**{lookup if named else f"{lookup}__icontains": value})
        return rows.filter(wanted)

    def words(self, value: Any) -> str:
        return f"“{value}”"


@dataclass(frozen=True)
class ChoiceFilter(Filter):
    """One of `choices` (or of what the function gives, asked once per page); `field` is compared with it."""

    choices: Choices | Callable[[], Choices] = ()
    field: str = ""
    all_label: Words = ""

    template = "ui/filters/choice.html"

    def options(self) -> Choices:
        """The choices, computed where they are a function."""
        return self.choices() if callable(self.choices) else self.choices

    def read(self, query: QueryDict) -> Any:
        asked = query.get(self.name, "").strip()
        if not asked:
            return None
        if asked not in {str(code) for code, _label in self.options()}:
            raise ValueError(asked)
        return asked

    def default(self, rows: Any, value: Any) -> Any:
        return rows.filter(**{self.field or self.name: value})

    def words(self, value: Any) -> str:
        return str({str(code): label for code, label in self.options()}.get(value, value))


@dataclass(frozen=True)
class FlagFilter(Filter):
    """A tick box; on means `field` is true, or what `apply` says."""

    field: str = ""

    template = "ui/filters/flag.html"

    def read(self, query: QueryDict) -> Any:
        return True if query.get(self.name) in {"1", "on", "true"} else None

    def default(self, rows: Any, value: Any) -> Any:
        return rows.filter(**{self.field or self.name: True})

    def words(self, value: Any) -> str:
        return str(self.label)


@dataclass(frozen=True)
class PeriodFilter(Filter):
    """From one day to another, both included; `field` is a date (`instant=True`: an instant)."""

    field: str = ""
    instant: bool = False

    template = "ui/filters/period.html"

    @property
    def names(self) -> Sequence[str]:
        return (f"{self.name}_from", f"{self.name}_to")

    def read(self, query: QueryDict) -> Any:
        first, last = (query.get(name, "").strip() for name in self.names)
        if not first and not last:
            return None
        return (_day(first), _day(last))

    def default(self, rows: Any, value: Any) -> Any:
        lookup = self.field or self.name
        first, last = value
        if first is not None:
            rows = rows.filter(**{f"{lookup}__gte": _midnight(first) if self.instant else first})
        if last is not None:
            after = last + timedelta(days=1)
            rows = rows.filter(**{f"{lookup}__lt": _midnight(after) if self.instant else after})
        return rows

    def words(self, value: Any) -> str:
        first, last = value
        if first and last:
            return f"{self.label}：{dates.span(first, last)}"
        if first:
            return f"{self.label}：{_('%s起') % dates.day(first)}"
        return f"{self.label}：{_('到 %s') % dates.day(last)}"


def _day(typed: str) -> date | None:
    if not typed:
        return None
    on = date.fromisoformat(typed)
    if not 1900 <= on.year < 3000:
        raise ValueError(typed)
    return on


def _midnight(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on, time.min))


@dataclass(frozen=True)
class Asked:
    """A filter together with what the address asks of it."""

    filter: Filter
    value: Any
    raw: dict[str, str]
    wrong: bool = False

    @property
    def template(self) -> str:
        return self.filter.template

    @property
    def active(self) -> bool:
        """Whether it narrows anything."""
        return self.value is not None

    @property
    def options(self) -> SafeString:
        """Choices with the chosen one marked, for a select."""
        known = self.filter.options() if isinstance(self.filter, ChoiceFilter) else ()
        return choices((code, label, str(code) == self.value) for code, label in known)

    @property
    def inputs(self) -> list[tuple[str, str]]:
        """Parameter names with what was typed."""
        return [(name, self.raw.get(name, "")) for name in self.filter.names]

    @property
    def words(self) -> str:
        return self.filter.words(self.value)


def ask(one: Filter, query: QueryDict) -> Asked:
    """Read a filter's parameters; a value we do not know is marked wrong and narrows nothing."""
    raw = {name: query.get(name, "") for name in one.names}
    try:
        return Asked(one, one.read(query), raw)
    except ValueError:
        return Asked(one, None, {}, wrong=True)
