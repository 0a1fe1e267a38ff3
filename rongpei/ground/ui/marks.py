"""Small marks inside text and table cells. Each draws itself (`str`) and has a `plain` face for Excel."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any, Literal, LiteralString

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

type_number = int | float | Decimal
Kind = Literal["", "ok", "warn", "bad", "info", "gold", "line"]
Words = str | Promise

PLAIN = str | int | float | Decimal | None


def plainly(value: Any) -> Any:
    """The plain face of a mark; anything else as it is. Asked of every cell: `isinstance` of a protocol is dear."""
    plain = getattr(value, "plain", None)
    return value if plain is None else plain()


def safely(value: object) -> str:
    """Escaped unless it is markup already: `format_html` for one value, without its lazy wrapping."""
    if type(value) is SafeString:
        return value
    if type(value) is str:
        return value if value.isalnum() else escape(value)
    drawn = getattr(value, "__html__", None)
    return escape(str(value)) if drawn is None else str(drawn())


def markup(text: LiteralString, *parts: object) -> SafeString:
    """As `format_html`, six times as fast: every part is escaped unless it is markup."""
    return SafeString(text.format(*map(safely, parts)))


def joined(parts: Iterable[object]) -> SafeString:
    """One after the other, each escaped unless it is markup."""
    return SafeString("".join(map(safely, parts)))


@lru_cache(maxsize=512)
def icon(name: str, extra: str = "") -> SafeString:
    """A Tabler icon; decoration only, so give the button or link a name of its own."""
    return markup('<i class="ti ti-{}{}" aria-hidden="true"></i>', name, f" {extra}" if extra else "")


def hours(value: type_number | None) -> str:
    """21.5: always one decimal, thousands with a comma; an empty string for nothing."""
    return "" if value is None else f"{value:,.1f}"


def count(value: type_number | None) -> str:
    """4,318."""
    return "" if value is None else f"{value:,.0f}"


def percent(part: type_number | None, whole: type_number | None = 100) -> str:
    """92%, without decimals; empty when there is no whole."""
    if part is None or not whole:
        return ""
    return f"{float(part) * 100 / float(whole):.0f}%"


def mask(value: str, head: int = 6, tail: int = 4) -> str:
    """110105********2317: first six and last four; a short value is hidden wholly."""
    if not value:
        return ""
    if len(value) <= head + tail:
        return "*" * len(value)
    return value[:head] + "*" * (len(value) - head - tail) + value[-tail:]


@dataclass(frozen=True)
class Status:
    """One or two words beside a name; colour is never alone."""

    kind: Kind
    text: Words
    icon: str = ""

    def __html__(self) -> SafeString:
        sign = icon(self.icon) if self.icon else ""
        return markup('<span class="st {}">{}{}</span>', self.kind, sign, self.text)

    __str__ = __html__

    def plain(self) -> PLAIN:
        return str(self.text)


@dataclass(frozen=True)
class Two:
    """Two lines: the fact, and a smaller second line."""

    text: Words
    second: Words
    bold: bool = False

    def __html__(self) -> SafeString:
        first = markup("<b>{}</b>", self.text) if self.bold else self.text
        return markup('{}<span class="d-block rp-xs rp-2">{}</span>', first, self.second)

    __str__ = __html__

    def plain(self) -> PLAIN:
        return f"{self.text}（{self.second}）" if self.second else str(self.text)


@dataclass(frozen=True)
class Link:
    """A link inside a cell that is not the row's own."""

    text: Words
    url: str

    def __html__(self) -> SafeString:
        return markup('<a class="lk" href="{}">{}</a>', self.url, self.text)

    __str__ = __html__

    def plain(self) -> PLAIN:
        return str(self.text)


@dataclass(frozen=True)
class Measure:
    """A bar with `value / of` beside it, as hours against a yearly quota."""

    value: type_number
    of: type_number
    kind: Literal["", "warn", "red", "slate"] = ""
    label: Words = ""

    def __html__(self) -> SafeString:
        words = f"{hours(self.value)} / {self.of:g}"
        return markup(
            '<div class="hb">{}<span>{}</span></div>',
            bar(self.value, self.of, self.kind, self.label or words),
            words,
        )

    __str__ = __html__

    def plain(self) -> PLAIN:
        return self.value


def bar(value: type_number, of: type_number, kind: str = "", label: Words = "") -> SafeString:
    """A thin progress bar; `label` is read aloud instead of it."""
    shown = min(float(value), float(of))
    return markup(
        '<progress class="bar {}" max="{}" value="{}" aria-label="{}"></progress>',
        kind,
        of,
        shown,
        label or percent(value, of),
    )


def ring(value: type_number, of: type_number, unit: Words, kind: str = "") -> SafeString:
    """The ring of the home page: value in the middle, the arc is its share of `of`."""
    share = min(float(value) / float(of), 1.0) * 100 if of else 0.0
    arc = ""
    if share > 0:
        arc = markup(
            '<circle class="arc" cx="60" cy="60" r="51" pathLength="100" stroke-dasharray="{} 100"'
            ' transform="rotate(-90 60 60)"/>',
            f"{share:.1f}",
        )
    return markup(
        '<svg class="ring {}" viewBox="0 0 120 120" width="108" height="108" role="img" aria-label="{}">'
        '<circle class="rail" cx="60" cy="60" r="51"/>{}'
        '<text class="n" x="60" y="64">{}</text><text class="u" x="60" y="84">{}</text></svg>',
        kind,
        _("%(value)s %(unit)s，应达 %(of)s") % {"value": hours(value), "unit": unit, "of": f"{of:g}"},
        arc,
        hours(value),
        unit,
    )


NOTHING = markup('<span class="rp-2">—</span>')
