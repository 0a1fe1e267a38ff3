"""Visitors with a browser each, and what every page they see must keep."""

import re
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request

from rongpei.ground.accounts.models import User

DESKTOP, PHONE, NARROW = 1280, 390, 360
_HEIGHT = {DESKTOP: 900, PHONE: 844}
_AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
_LEAKS = re.compile(r"\bNone\b|\{\{|\{%|%\}|\}\}|\bundefined\b|\bNaN\b|\[object ")
_REFUSED = re.compile(r"status of (403|404|405|409) ")  # Chromium's own line about an answer that was meant

_TEXT = """() => [document.title, document.body.innerText,
  ...[...document.querySelectorAll('[aria-label],[placeholder],[alt],[title]')].flatMap(
    one => ['aria-label', 'placeholder', 'alt', 'title'].map(name => one.getAttribute(name) || '')),
  ...[...document.querySelectorAll('input:not([type=hidden]),textarea')].map(one => one.value)].join('\\n')"""
_OUTLINE = """() => [...document.querySelectorAll('body, body *')].map(
  one => [one.tagName, one.className.baseVal ?? one.className, one.getAttribute('role'), one.type].join(' ')
).filter((line, at, lines) => lines.indexOf(line) === at).join('\\n')"""
_WIDER = """() => {
  const root = document.documentElement, over = root.scrollWidth - root.clientWidth;
  if (over <= 0) return '';
  const wide = [...document.querySelectorAll('body *')].filter(one => one.getBoundingClientRect().right > root.clientWidth + 0.5);
  return `${over} px: ` + wide.slice(-3).map(one => `${one.tagName.toLowerCase()}.${one.className}`).join(', ');
}"""
_RUN_AXE = """async () => (await axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}}))
  .violations.filter(one => ['serious', 'critical'].includes(one.impact))
  .map(one => `axe ${one.id} (${one.impact}): ${one.nodes.slice(0, 3).map(node => node.target.join(' ')).join(' | ')}`)"""


@cache
def _axe() -> str:
    return _AXE.read_text("utf-8")


@dataclass
class Site:
    """A running site, its visitors, and what went wrong in their browsers."""

    browser: Browser
    address: str
    complaints: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)
    _outlines: set[tuple[str, int]] = field(default_factory=set)

    def visitor(self, user: User | None = None, *, width: int = DESKTOP) -> Page:
        """A browser of its own, signed in as this account when one is given."""
        context = self.browser.new_context(
            viewport={"width": width, "height": _HEIGHT[width]}, has_touch=width < DESKTOP, locale="zh-CN",
            timezone_id="Asia/Shanghai", reduced_motion="reduce",
        )  # fmt: skip
        context.set_default_timeout(20_000)
        context.on("console", self._said)
        context.on("weberror", lambda error: self.complaints.append(f"script: {error.error}"))
        context.on("request", self._asked)
        self._contexts.append(context)
        if user is not None:
            client = Client()
            client.force_login(user)
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.address}]
            )
        return context.new_page()

    def close(self) -> None:
        """Close all browsers."""
        for context in self._contexts:
            context.close()

    def inspect(self, page: Page) -> list[str]:
        """Everything wrong with the page shown, at desktop and phone width; the page keeps its size."""
        found = [] if (count := page.locator("h1").count()) == 1 else [f"{count} h1"]
        text = page.evaluate(_TEXT)
        found += [f"shows {text[max(0, hit.start() - 20) : hit.end() + 20]!r}" for hit in _LEAKS.finditer(text)]
        before = page.viewport_size
        for width in (DESKTOP, PHONE, NARROW):
            page.set_viewport_size({"width": width, "height": 844})
            if wider := page.evaluate(_WIDER):
                found.append(f"sideways at {width}: {wider}")
            if width != NARROW:
                found += [f"at {width} {line}" for line in self._axe_findings(page, width)]
        if before:
            page.set_viewport_size(before)
        return found

    def _axe_findings(self, page: Page, width: int) -> list[str]:
        """Pages put together from the very same elements are judged once."""
        key = (page.evaluate(_OUTLINE), width)
        if key in self._outlines:
            return []
        self._outlines.add(key)
        page.evaluate(_axe())  # through the debugger, so that the page's own policy stays as it is
        findings: list[str] = page.evaluate(_RUN_AXE)
        return findings

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not _REFUSED.search(message.text):
            self.complaints.append(f"console: {message.text} ({message.page.url if message.page else ''})")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != self.address:
            self.complaints.append(f"a request left the machine: {request.url}")
