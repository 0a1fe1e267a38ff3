"""One Chromium for the package; for each test a fresh clone of the cast with a server of its own."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from contracts.browser.visits import Site
from contracts.serving import job_worker, web

_QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    """Ends with the package: Playwright's event loop lives in this thread, where other tests want none."""
    program = shutil.which("chromium")
    assert program, "chromium is not installed; `./run test` installs it"
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=program, args=list(_QUIET))
            yield browser
            browser.close()
    finally:
        del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def site(chromium: Browser, committed: str, tmp_path: Path) -> Iterator[Site]:
    """The site on a clone of the cast; what pages complained of in the meantime fails the test."""
    server = web(committed, tmp_path)
    address = f"http://127.0.0.1:{server.port}"
    server.env["RONGPEI_PUBLIC_URL"] = address
    with server:
        found = Site(chromium, address)
        yield found
        found.close()
    assert not found.complaints, "\n".join(found.complaints)


@pytest.fixture
def worker(committed: str, tmp_path: Path) -> Iterator[None]:
    """The job worker beside the site."""
    with job_worker(committed, tmp_path):
        yield
