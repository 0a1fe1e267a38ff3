"""Covers drawn by a few lines of arithmetic: no photograph, nobody's picture."""

import math
from datetime import datetime
from io import BytesIO

from django.core.files.base import ContentFile
from PIL import Image, ImageDraw

from rongpei.activities.columns.actions.editing import attach_file
from rongpei.activities.columns.codes import FilePart
from rongpei.activities.columns.models import Article, ArticleFile
from rongpei.ground.accounts.actor import System
from rongpei.ground.tenancy.models import Tenant
from rongpei.site.demonstration.dice import dice

_SIZE = (720, 460)
_INKS = ("#3e5c76", "#4e7d6b", "#c2952f", "#8d8379", "#6d4c6f", "#a8201a")
_PAPER = "#f1ece5"
_EVERY = 4


def draw_covers(tenant: Tenant, articles: list[Article], now: datetime) -> None:
    """A cover for every fourth article."""
    for index, article in enumerate(articles[::_EVERY]):
        found = attach_file(
            actor=System(tenant.pk),
            article=article,
            upload=_drawn(article.title, index),
            part=FilePart.COVER,
            now=now,
        )
        ArticleFile.objects.filter(pk=found.pk).update(is_open=article.is_public and not article.gated)


def _drawn(title: str, index: int) -> "ContentFile[bytes]":
    image = Image.new("RGB", _SIZE, _PAPER)
    pen, chance = ImageDraw.Draw(image), dice("cover", title)
    ink, other = _INKS[index % len(_INKS)], _INKS[(index + 2) % len(_INKS)]
    width, height = _SIZE
    (_hills, _windows, _lamps)[index % 3](pen, chance.randint(2, 9), ink, other, width, height)
    made = BytesIO()
    image.save(made, "PNG", optimize=True)
    return ContentFile(made.getvalue(), name="cover.png")


def _hills(pen: ImageDraw.ImageDraw, step: int, ink: str, other: str, width: int, height: int) -> None:
    """Three rows of hills under a sun."""
    pen.ellipse((width - 210, 60, width - 90, 180), fill=other)
    for row in range(3):
        base = height - 150 + row * 55
        line = [(x, base - 46 * math.sin((x + row * 130) / (70 + step * 6))) for x in range(0, width + 1, 8)]
        pen.polygon([(0, height), *line, (width, height)], fill=ink if row % 2 == 0 else "#d8cfc4")


def _windows(pen: ImageDraw.ImageDraw, step: int, ink: str, other: str, width: int, height: int) -> None:
    """A house at night with a few windows lit."""
    pen.rectangle((0, 0, width, height), fill=ink)
    for row in range(6):
        for column in range(10):
            lit = (row * 7 + column * step) % 11 == 0
            x, y = 48 + column * 64, 44 + row * 64
            pen.rectangle((x, y, x + 40, y + 40), fill="#f3e2b3" if lit else other)


def _lamps(pen: ImageDraw.ImageDraw, step: int, ink: str, other: str, width: int, height: int) -> None:
    """Circles of light along a corridor."""
    for place in range(5, 0, -1):
        size = place * 62
        x, y = width // 2 + (step - 5) * 12, height // 2
        pen.ellipse(
            (x - size, y - size * 0.62, x + size, y + size * 0.62),
            fill=(_PAPER, "#e3dace")[place % 2],
            outline=ink,
            width=3,
        )
    pen.ellipse((width // 2 - 26, height // 2 - 26, width // 2 + 26, height // 2 + 26), fill=other)
