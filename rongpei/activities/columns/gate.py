"""May this reader see professional content now? One question, answered by whoever verifies professionals.

Closed by default: until a room is registered in the site's wiring, nobody passes. Editors of the article's own tenant
do not come through here: they see what they edit.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from rongpei.ground.accounts.actor import Actor

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Passage:
    """Whether the gate is open to somebody; if not, the fact, why, and the way on (`url`, `button`)."""

    is_open: bool
    what: Words = ""
    why: Words = ""
    url: str = ""
    button: Words = ""


Answer = Callable[[Actor | None, date], Passage]

OPEN = Passage(True)
_SIGN_IN = Passage(
    False,
    _("这篇文章认证后可看"),
    _("文章涉及专业内容，只对通过认证的医疗卫生专业人士开放。请先登录。"),
    "/accounts/login/",
    _("登录"),
)
_CLOSED = Passage(
    False,
    _("这篇文章认证后可看"),
    _("文章涉及专业内容，只对通过认证的医疗卫生专业人士开放。您还没有通过认证。"),
)


def _closed(actor: Actor | None, on: date) -> Passage:
    return _SIGN_IN if actor is None else _CLOSED


_answer: Answer = _closed


def register(answer: Answer) -> None:
    """Say who passes: `answer(actor or None, business date) -> Passage`; once, in the site's wiring."""
    global _answer
    _answer = answer


def passage_for(actor: Actor | None, on: date) -> Passage:
    """The answer for a reader on a date."""
    return _answer(actor, on)
