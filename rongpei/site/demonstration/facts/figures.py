"""Figures, and the sections that make them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number and the lines it can be counted from: people as id, name, staff_number; others as id and name."""

    value: int | float
    lines: Sequence[Line] = ()


Section = Callable[[Tenant, date], Mapping[str, Figure]]
_sections: list[Section] = []


def register(*found: Section) -> None:
    """Add sections; one registered twice stays one. A key belongs to one section."""
    _sections.extend(section for section in found if section not in _sections)


def facts_of(tenant: Tenant, on: date, *, names: bool) -> dict[str, Any]:
    """The figures of one hospital as of a date, in a scope of its own.

    Raises ValueError when two sections use one key.
    """
    found: dict[str, Any] = {"code": tenant.code, "name": tenant.name, "as_of": on.isoformat()}
    lines: dict[str, list[Line]] = {}
    with scope([tenant.pk]):
        for section in _sections:
            for key, figure in section(tenant, on).items():
                if key in found:
                    raise ValueError(f"fact {key} made twice")
                found[key] = figure.value
                lines[key] = list(figure.lines)
    if names:
        found["names"] = lines
    return found
