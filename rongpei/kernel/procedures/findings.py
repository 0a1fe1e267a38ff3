"""What a check says."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """block: the act may not be done. warn: it may, with a reason."""

    BLOCK = "block"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Fault:
    """What one demand found wrong. lawful_from: the first date on which it would be right; None if no date helps."""

    message: str
    level: Level = Level.BLOCK
    lawful_from: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault with the rule and the article (of the edition applied) it comes from."""

    rule: str
    level: Level
    article: str
    message: str
    lawful_from: date | None = None

    def as_json(self) -> dict[str, str | None]:
        """Plain values, for storing and printing."""
        return {
            "rule": self.rule,
            "article": self.article,
            "level": self.level.value,
            "message": self.message,
            "lawful_from": self.lawful_from.isoformat() if self.lawful_from else None,
        }


@dataclass(frozen=True, slots=True)
class Judgement:
    """The edition applied and what was found. sound: whether the act, once recorded, proves anything."""

    step: str
    on: date
    edition: str
    findings: tuple[Finding, ...] = ()
    sound: bool = True

    @property
    def lawful(self) -> bool:
        """Whether nothing blocks."""
        return not any(one.level is Level.BLOCK for one in self.findings)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """Findings that ask for a reason and do not block."""
        return tuple(one for one in self.findings if one.level is Level.WARN)

    @property
    def lawful_from(self) -> date | None:
        """The first date that heals every block, or None when a block has no such date."""
        dates = [one.lawful_from for one in self.findings if one.level is Level.BLOCK]
        return None if None in dates or not dates else max(day for day in dates if day)
