"""What was voted on, a row each: the matter and the ballots."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.activities.partydays.voting import MOST, Vote
from rongpei.ground.ui.forms import Form

_MOST_ROWS, _LEAST_ROWS = 20, 2
_WRITTEN = ("written_yes", "written_no")
_COUNTS = ("yes", "no", "abstain", *_WRITTEN)


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST)


class VoteForm(Form):
    """One matter; a row left empty is none."""

    autofocus = False

    text = forms.CharField(label=_lazy("表决事项"), max_length=200, required=False)
    yes, no, abstain = _number(_lazy("赞成")), _number(_lazy("反对")), _number(_lazy("弃权"))
    written_yes, written_no = _number(_lazy("书面赞成")), _number(_lazy("书面反对"))

    def __init__(self, *args: Any, written: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in () if written else _WRITTEN:
            del self.fields[name]

    def counts(self) -> list[Any]:
        """The fields of ballots, in their order."""
        return [self[name] for name in _COUNTS if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """Numbers belong to a matter, and a matter has at least its yes votes."""
        values = super().clean() or self.cleaned_data
        if values.get("text") and values.get("yes") is None and "yes" not in self.errors:
            self.add_error("yes", _("请填赞成几票，没有的填 0。"))
        if not values.get("text") and any(values.get(name) is not None for name in _COUNTS):
            self.add_error("text", _("请写明表决的是什么。"))
        return values

    def vote(self) -> Vote | None:
        """The row, or nothing where it was left empty."""
        values = self.cleaned_data
        if not values["text"]:
            return None
        return Vote(values["text"], *(values.get(name) or 0 for name in _COUNTS))


class VoteRows:
    """All rows of a meeting, with an empty one to go on; `more` keeps what was typed, unjudged, and adds one."""

    def __init__(
        self, data: Mapping[str, Any] | None, votes: Sequence[Vote] = (), *, written: bool, more: bool = False
    ) -> None:
        sent = sum(f"vote-{at}-text" in data for at in range(_MOST_ROWS)) if data is not None else 0
        number = min((sent or max(len(votes) + 1, _LEAST_ROWS)) + more, _MOST_ROWS)
        shown = (
            [_typed(data, at) for at in range(sent)] if data and more else [asdict(vote) for vote in votes]
        )
        shown += [{}] * (number - len(shown))
        self.full = number == _MOST_ROWS
        self.rows = [
            VoteForm(None if more else data, prefix=f"vote-{at}", initial=initial, written=written)
            for at, initial in enumerate(shown[:number])
        ]

    def is_valid(self) -> bool:
        """Whether every row can be read; each shows its own faults."""
        faulty = [row for row in self.rows if not row.is_valid()]
        return not faulty

    def votes(self) -> list[Vote]:
        """The rows that were filled in."""
        return [vote for row in self.rows if (vote := row.vote()) is not None]


def _typed(data: Mapping[str, Any], at: int) -> dict[str, Any]:
    return {name: data.get(f"vote-{at}-{name}", "") for name in ("text", *_COUNTS)}
