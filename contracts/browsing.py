"""One Chromium for a test module, and what every page must never do."""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from contracts.cast import PASSWORD

AXE = (Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
NEVER_SHOWN = ("None", "{{", "{%", "undefined", "NaN", "[(", "object at 0x")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, headless."""
    # Playwright's own loop runs in this thread; the tests' queries are not inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visitor:
    """A signed-in (or anonymous) browser window that remembers what went wrong."""

    context: BrowserContext
    origin: str
    page: Page = field(init=False)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.on("console", self._heard)
        self.page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        self.page.on("request", self._asked)

    def _heard(self, message: object) -> None:
        kind, text = getattr(message, "type", ""), getattr(message, "text", "")
        # Chromium repeats a refusal's status as a console error; the status itself is checked by the tests.
        if kind == "error" and "Failed to load resource" not in text:
            self.faults.append(f"console: {text}")

    def _asked(self, request: object) -> None:
        url = str(getattr(request, "url", ""))
        if not url.startswith((self.origin, "data:", "blob:")):
            self.faults.append(f"left the machine: {url}")

    def sign_in(self, number: str, code: str = "H1") -> "Visitor":
        """Through the sign-in page, as a person does."""
        self.page.goto(f"{self.origin}/accounts/login/")
        self.page.fill("[name=code]", code)
        self.page.fill("[name=login]", number)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(re.compile(rf"^{self.origin}/(read/)?$"))  # the portal begins with its columns
        return self

    def look_at(self, path: str, *, axe: bool = True) -> list[str]:
        """Open a page and tell everything that is wrong with it."""
        answer = self.page.goto(self.origin + path)
        self.page.wait_for_load_state("load")
        found = [] if answer and answer.status == 200 else [f"status {answer.status if answer else '?'}"]
        text = self.page.inner_text("body")
        found += [f"shows {word}" for word in NEVER_SHOWN if word in text]
        width = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        found += [f"{width[0]} wide in {width[1]}"] if width[0] > width[1] else []
        found += [] if self.page.locator("h1").count() == 1 else ["not one h1"]
        found += self._axe() if axe else []
        found += self.faults
        self.faults = []
        return [f"{path}: {one}" for one in found]

    def _axe(self) -> list[str]:
        self.page.evaluate(AXE)
        result = self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"axe {one['id']}: {one['nodes'][0]['html'][:120]}"
            for one in result["violations"]
            if one["impact"] in ("serious", "critical")
        ]


def visitor(browser: Browser, origin: str, *, width: int = 1280) -> Visitor:
    """A fresh window; axe is evaluated by the debugger, which the page's policy does not bind."""
    context = browser.new_context(
        viewport={"width": width, "height": 844 if width < 500 else 900},
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
    )
    return Visitor(context, origin)
