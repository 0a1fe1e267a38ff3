"""Pictures of meetings drawn by a few lines of arithmetic, and an outline for each theme: nobody's photograph."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from functools import cache, partial
from hashlib import sha256
from io import BytesIO
from typing import Any, NamedTuple

from django.db import transaction
from PIL import Image, ImageDraw

from rongpei.activities.partydays.codes import MEETING_OWNER, THEME_OWNER, MeetingKind
from rongpei.ground.clock.calendar import add_months
from rongpei.ground.files import vault
from rongpei.ground.files.codes import CONTENT_TYPES, Format
from rongpei.ground.files.models import StoredFile
from rongpei.ground.files.naming import random_name, shown_name
from rongpei.ground.tenancy.bulk import insert_rows
from rongpei.site.demonstration.dice import dice
from rongpei.site.demonstration.meetings import Record, at
from rongpei.site.demonstration.someone import House
from rongpei.site.demonstration.texts import topic_of

_SIZE, _SCENES = (480, 320), 3
_WALLS = ("#e9e2d8", "#dfe6e4", "#e6e1e6", "#e8e4d6")
_COATS = ("#f8f8f6", "#f8f8f6", "#c9d6df", "#d8cfc4")
_HAIR = ("#3a3430", "#57504a", "#23201d")
_INK, _RED, _FLOOR, _WOOD = "#3e5c76", "#a8201a", "#cdc2b4", "#9c7f5f"


class Kept(NamedTuple):
    """A file in the making."""

    owner_kind: str
    owner_id: int
    name: str
    kind: Format
    content: bytes
    at: datetime


def store_pictures(
    house: House, meetings: Sequence[int], records: Sequence[Record], themes: dict[tuple[int, int], int]
) -> int:
    """A picture of each theme day of the last year, and an outline for each theme; return how many files."""
    files = [*_pictures(house, meetings, records), *_outlines(house, themes)]
    return insert_rows(
        StoredFile,
        ("tenant_id", "storage_name", "original_name", "content_type", "size", "sha256", "enciphered", "owner_kind", "owner_id", "created_at"),
        (_row(house.tenant.pk, one) for one in files),
    )  # fmt: skip


def _row(tenant: int, one: Kept) -> tuple[Any, ...]:
    name = random_name()
    vault.write_pending(name, one.content)
    transaction.on_commit(partial(vault.publish, name))
    return (
        tenant, name, shown_name(one.name, one.kind), CONTENT_TYPES[one.kind], len(one.content),
        sha256(one.content).hexdigest(), False, one.owner_kind, one.owner_id, one.at,
    )  # fmt: skip


def _pictures(house: House, meetings: Sequence[int], records: Sequence[Record]) -> Iterator[Kept]:
    since = add_months(house.anchor, -12)
    for meeting, record in zip(meetings, records, strict=True):
        if record.kind != MeetingKind.THEME_DAY or record.confirmed_at is None or record.on < since:
            continue
        chance = dice(house.plan.code, record.unit.name, "pictures", record.on)
        content = _drawn(topic_of(record.on)[2], chance.randrange(_SCENES))
        name = f"{record.title.replace('：', '-')}-现场.jpg"
        yield Kept(MEETING_OWNER, meeting, name, Format.JPEG, content, at(record.on, 20))


def _outlines(house: House, themes: dict[tuple[int, int], int]) -> Iterable[Kept]:
    for (year, month), theme in themes.items():
        first = date(year, month, 1)
        field, topic, form = topic_of(first)
        words = f"{month}月学习提纲：{topic}\n\n领域：{field}\n形式：{form}\n\n一、为什么学\n二、结合岗位谈三点\n三、会后要做的一件事\n"
        written = min(first - timedelta(days=6), house.anchor)
        yield Kept(THEME_OWNER, theme, f"{month}月学习提纲.txt", Format.TEXT, words.encode(), at(written, 9))


@cache
def _drawn(form: str, scene: int) -> bytes:
    """A room, a screen and people, by the form of the day; plainly a drawing."""
    image = Image.new("RGB", _SIZE, _WALLS[scene])
    pen, chance = ImageDraw.Draw(image), dice("picture", form, scene)
    width, height = _SIZE
    pen.rectangle((0, 205, width, height), fill=_FLOOR)
    for column in range(3):
        x = 22 + column * 44
        pen.rectangle((x, 40, x + 34, 120), fill="#cfe0ea", outline="#ffffff", width=3)
    pen.rectangle((190, 30, 450, 150), fill="#ffffff", outline=_INK, width=4)
    pen.ellipse((210, 48, 246, 84), fill=_RED)
    for line in range(3):
        pen.rectangle(
            (262, 52 + line * 26, 262 + chance.randint(90, 165), 62 + line * 26), fill=_INK if line else _RED
        )
    {"理论课堂": _class, "研讨交流": _seminar}.get(form, _drill)(pen, chance)
    made = BytesIO()
    image.save(made, "JPEG", quality=82, optimize=True)
    return made.getvalue()


def _person(pen: ImageDraw.ImageDraw, chance: Any, x: int, y: int, size: int, coat: str = "") -> None:
    """Shoulders, head, hair; no face."""
    pen.ellipse(
        (x - size, y + size * 0.7, x + size, y + size * 3),
        fill=coat or chance.choice(_COATS),
        outline="#8d8379",
    )
    pen.ellipse((x - size * 0.6, y - size * 0.5, x + size * 0.6, y + size * 0.8), fill="#e8c9ae")
    pen.pieslice(
        (x - size * 0.65, y - size * 0.6, x + size * 0.65, y + size * 0.7),
        180,
        360,
        fill=chance.choice(_HAIR),
    )
    pen.ellipse((x + size * 0.25, y + size * 1.2, x + size * 0.45, y + size * 1.4), fill=_RED)


def _class(pen: ImageDraw.ImageDraw, chance: Any) -> None:
    """Rows before a desk."""
    pen.rectangle((60, 150, 130, 214), fill=_WOOD)
    _person(pen, chance, 95, 118, 18)
    for row in range(2):
        for seat in range(6 - row):
            _person(pen, chance, 70 + row * 34 + seat * 70, 212 + row * 46, 19 + row * 3)


def _seminar(pen: ImageDraw.ImageDraw, chance: Any) -> None:
    """Around a table."""
    for seat in range(5):
        _person(pen, chance, 96 + seat * 72, 176, 17)
    pen.ellipse((50, 200, 430, 296), fill=_WOOD, outline="#7d6348", width=3)
    for seat in range(4):
        pen.rectangle(
            (120 + seat * 70, 226 + seat % 2 * 18, 150 + seat * 70, 244 + seat % 2 * 18), fill="#ffffff"
        )
    for seat in range(4):
        _person(pen, chance, 110 + seat * 86, 262, 20)


def _drill(pen: ImageDraw.ImageDraw, chance: Any) -> None:
    """At a bed, two at work and the others watching."""
    for seat in range(4):
        _person(pen, chance, 250 + seat * 58, 166, 17)
    pen.rectangle((90, 232, 330, 262), fill="#ffffff", outline="#8d8379", width=2)
    pen.rectangle((90, 262, 104, 300), fill="#8d8379")
    pen.rectangle((316, 262, 330, 300), fill="#8d8379")
    pen.ellipse((100, 222, 140, 246), fill="#cfe0ea")
    _person(pen, chance, 130, 158, 21, "#cfe6d8")
    _person(pen, chance, 210, 160, 21, "#cfe6d8")
