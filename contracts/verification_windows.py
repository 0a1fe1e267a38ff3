"""The site where verification is open, and windows onto it; for journeys."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser

from bench.serving import Server
from contracts import cast as players
from contracts.browsing import Visitor, visitor
from contracts.serving import either
from rongpei.ground.tenancy.scope import scope
from rongpei.pipelines.verification.tests import samples

WIDTHS = [1280, 390]


@contextmanager
def open_site(name: str, folder: Path, width: int = 1280) -> Iterator[Server]:
    """The site for windows of this width on this database, texts in force at the operator and at a hospital."""
    cast = players.load()
    for house in (cast.operator, cast.h1):
        with scope([house.tenant.pk]):
            samples.texts_in(house)
    with either(name, folder, width) as server:
        yield server


def window_of(
    browser: Browser, site: Server, number: str = "", code: str = "PORTAL", width: int = 1280
) -> Visitor:
    """A window of somebody of the cast, or of nobody."""
    found = visitor(browser, f"http://127.0.0.1:{site.port}", width=width)
    return found.sign_in(number, code) if number else found


def right(window: Visitor) -> None:
    """The page the window is on has nothing wrong."""
    parts = urlsplit(window.page.url)
    assert window.look_at(parts.path + (f"?{parts.query}" if parts.query else "")) == []
