"""Rows of the table: a value, the floor beside it, their ratio, and what is demanded."""

import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Demand:
    """A bound and an aim, on the ratio (or, without a floor, on the value itself)."""

    bound: float
    aim: float
    at_least: bool = False

    def met(self, number: float) -> bool:
        """Whether the bound is kept."""
        return number >= self.bound if self.at_least else number <= self.bound

    def words(self) -> str:
        """As the design writes it."""
        sign = "≥" if self.at_least else "≤"
        return f"{sign} {_short(self.bound)} ({_short(self.aim)})"


PAGE = Demand(1 / 12, 1 / 5, at_least=True)
SIGN_IN = Demand(1 / 8, 1 / 3, at_least=True)
GROWTH = Demand(1.3, 1.1)
ROSTER = Demand(5, 3)
SEARCH = Demand(50, 20)
MEMORY_OF_IMPORT = Demand(500, 300)
START = Demand(10, 5)
MEMORY_AT_REST = Demand(150, 110)
NONE_AT_ALL = Demand(0, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement."""

    group: str
    name: str
    value: float
    unit: str
    demand: Demand | None = None
    floor: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Value over floor."""
        return self.value / self.floor if self.floor else None

    @property
    def passed(self) -> bool | None:
        """None where nothing is demanded."""
        if self.demand is None:
            return None
        return self.demand.met(self.value if self.ratio is None else self.ratio)

    def as_json(self) -> dict[str, object]:
        """Everything, for the JSON file."""
        return asdict(self) | {"ratio": self.ratio, "passed": self.passed}


def table(rows: Iterable[Row]) -> str:
    """The rows as aligned text."""
    head = ("", "value", "unit", "floor", "ratio", "demanded (aim)", "", "")
    lines = [head]
    for row in rows:
        verdict = {None: "", True: "pass", False: "FAIL"}[row.passed]
        lines.append(
            (
                f"{row.group}: {row.name}", _short(row.value), row.unit, "" if row.floor is None else _short(row.floor),
                "" if row.ratio is None else _ratio(row.ratio, row.demand), row.demand.words() if row.demand else "",
                verdict, row.note,
            )
        )  # fmt: skip
    widths = [max(_width(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  ".join(
            text + " " * (width - _width(text)) for text, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def _ratio(ratio: float, demand: Demand | None) -> str:
    return (
        f"1/{1 / ratio:.1f}" if demand is not None and demand.at_least and 0 < ratio < 1 else f"{ratio:.2f}"
    )


def _short(number: float) -> str:
    if 0 < number < 1:
        whole = Fraction(number).limit_denominator(20)
        if whole.numerator == 1 and abs(number - float(whole)) < 1e-9:
            return f"1/{whole.denominator}"
    return f"{number:,.0f}" if abs(number) >= 100 or number == int(number) else f"{number:.2f}"
