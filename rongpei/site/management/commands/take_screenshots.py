"""`./run manage take_screenshots [--base URL] [--only FILE …]`: the manual's pictures, from a running demonstration.

`docs/manual/screenshots.json` lists them: file, account (a demonstration user name, or nobody), page, width, height,
addresses to `visit` before, selectors to `follow` from there, and `roster` for the preview of an upload with planted
errors.
"""

import csv
import io
import json
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from PIL import Image
from python_calamine import CalamineWorkbook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

MANUAL = settings.ROOT / "docs" / "manual"
MOST_BYTES = 150_000
_HEIGHTS = {390: 844}
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
          "--lang=zh-CN"]  # fmt: skip


class Command(BaseCommand):
    """Enters as the demonstration's accounts and photographs what they see; changes nothing but one preview."""

    help = "给使用手册拍图：需要一个正在运行的演示环境。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the demonstration runs, and which pictures (all unless named)."""
        parser.add_argument("--base", default="http://127.0.0.1:8000", help="演示环境的网址")
        parser.add_argument("--only", nargs="+", metavar="FILE", default=[], help="只拍这几张")

    def handle(self, *args: Any, **options: Any) -> None:
        """One line a picture on standard error."""
        try:
            from playwright.sync_api import Error, sync_playwright  # among the test tools only
        except ImportError as error:
            raise CommandError("没有浏览器驱动，请先运行一次 ./run test 再试。") from error
        program = shutil.which("chromium")
        if program is None:
            raise CommandError("没有找到 chromium，请先运行一次 ./run test 再试。")
        shots = json.loads((MANUAL / "screenshots.json").read_text("utf-8"))
        wanted = [shot for shot in shots if not options["only"] or shot["file"] in options["only"]]
        pictures = MANUAL / "pictures"
        pictures.mkdir(exist_ok=True)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=program, args=_FLAGS, env=dict(os.environ, LANGUAGE="zh_CN")
            )
            for shot in wanted:
                try:
                    taken = photograph(browser, options["base"].rstrip("/"), shot)
                except Error as error:
                    raise CommandError(f"{shot['file']}：{error.message.splitlines()[0]}") from error
                size = keep(taken, pictures / shot["file"])
                self.stderr.write(f"{shot['file']} {size / 1000:.0f} KB")
            browser.close()


def photograph(browser: "Browser", base: str, shot: dict[str, Any]) -> bytes:
    """Go where the shot says, as whom it says, and take the picture."""
    width = shot["width"]
    phone = width < 500
    context = browser.new_context(
        viewport={"width": width, "height": shot.get("height") or _HEIGHTS.get(width, 900)},
        device_scale_factor=2 if phone else 1,
        has_touch=phone,
        locale="zh-CN",
        timezone_id=settings.TIME_ZONE,
        reduced_motion="reduce",
    )
    page = context.new_page()
    if shot["account"]:
        enter(page, base, shot["account"])
    for address in shot.get("visit", []):
        page.request.get(base + address)
    page.goto(base + shot["page"])
    for selector in shot.get("follow", []):
        page.locator(selector).first.click()
        page.wait_for_load_state()
    if shot.get("roster"):
        upload_roster(page, base)
    page.wait_for_timeout(900)  # charts draw themselves, fonts arrive
    page.evaluate("document.activeElement && document.activeElement.blur()")
    taken = page.screenshot()
    context.close()
    return taken


def enter(page: "Page", base: str, account: str) -> None:
    """Through the demonstration's own door."""
    page.goto(f"{base}/demonstration/")
    page.locator(f"button[name=number][value='{account}']").click()
    page.wait_for_url(f"{base}/")


def upload_roster(page: "Page", base: str) -> None:
    """Upload the hospital's own roster with three cells spoilt and one person more; it is not imported."""
    exported = page.request.get(f"{base}/roster/export/").body()
    with TemporaryDirectory() as folder:
        path = Path(folder) / "花名册.csv"
        path.write_text(spoilt(exported), "utf-8-sig")
        page.set_input_files("input[type=file]", path)
        with page.expect_navigation():
            page.locator("main form button.btn-primary").first.click()


def spoilt(workbook: bytes) -> str:
    """The exported roster as CSV, with a few mistakes that people make."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(workbook)).get_sheet_by_index(0).to_python()
    head = next(number for number, row in enumerate(rows) if "姓名" in row)
    titles, people = rows[head], [list(row) for row in rows[head + 1 :] if any(row)]
    people[4][titles.index("参加工作时间")] = "2031-13-02"
    people[9][titles.index("性别")] = "未知"
    people[16][titles.index("姓名")] = ""
    people[20][titles.index("职称")] = "副主任医师"
    out = io.StringIO()
    csv.writer(out).writerows([titles, *people])
    return out.getvalue()


def keep(taken: bytes, path: Path) -> int:
    """Write the picture with as many colours as its size allows; return its bytes."""
    image = Image.open(io.BytesIO(taken)).convert("RGB")
    for colours in (256, 128, 64, 32):
        reduced = image.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        reduced.save(path, optimize=True)
        if path.stat().st_size < MOST_BYTES:
            break
    return path.stat().st_size
