"""Markup that a template wrote once and that is kept for the life of the process, with gaps for what differs."""

from collections.abc import Callable, Hashable
from typing import Any, NamedTuple

from django.template.loader import get_template
from django.utils.safestring import SafeString

from rongpei.ground.ui.marks import safely

_MARK = "\ue000"  # of the private use area: nobody types it
_MOST = 2000


class Form(NamedTuple):
    """Markup with gaps: text, the name of a gap, text, and so on."""

    parts: tuple[str, ...]

    def filled(self, **given: object) -> SafeString:
        """The markup with every gap filled; what is given is escaped unless it is markup."""
        found = [safely(given[part]) if at % 2 else part for at, part in enumerate(self.parts)]
        return SafeString("".join(found))


def drawn(name: str, *gaps: str, **given: Any) -> Form:
    """A template drawn with what is given; `gaps` are left open. It may neither ask nor change what is in a gap."""
    marks = {gap: SafeString(f"{_MARK}{gap}{_MARK}") for gap in gaps}
    return Form(tuple(get_template(name).render({**given, **marks}).split(_MARK)))


_forms: dict[Hashable, Form] = {}


def once(key: Hashable, draw: Callable[[], Form]) -> Form:
    """What `draw` gives for a key, drawn once; for markup that no person or row is in.

    All are forgotten when they have become many: addresses are part of some keys, and anybody may make up addresses.
    """
    form = _forms.get(key)
    if form is None:
        if len(_forms) >= _MOST:
            _forms.clear()
        form = _forms[key] = draw()
    return form
