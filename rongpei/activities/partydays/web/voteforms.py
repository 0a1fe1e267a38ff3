"""What was voted on, a row each: the matter and the ballots."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from rongpei.activities.partydays.voting import Vote
from rongpei.ground.ui.forms import Form

_MOST, _LEAST = 20, 2
_COUNTS = ("yes", "no", "abstain", "written_yes", "written_no")


def _number(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=9999)


class VoteForm(Form):
    """One matter; a row left empty is none."""

    autofocus = False

    text = forms.CharField(label=_lazy("表决事项"), max_length=200, required=False)
    yes, no, abstain = _number(_lazy("赞成")), _number(_lazy("反对")), _number(_lazy("弃权"))
    written_yes, written_no = _number(_lazy("书面赞成")), _number(_lazy("书面反对"))

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
        return Vote(values["text"], *(values[name] or 0 for name in _COUNTS))


class VoteRows:
    """All rows of a meeting, with an empty one to go on."""

    def __init__(self, data: Mapping[str, Any] | None, votes: Sequence[Vote] = ()) -> None:
        given = sum(f"vote-{at}-text" in data for at in range(_MOST)) if data is not None else 0
        number = min(given or max(len(votes) + 1, _LEAST), _MOST)
        shown: list[dict[str, Any]] = [asdict(vote) for vote in votes]
        shown += [{}] * (number - len(shown))
        self.rows = [
            VoteForm(data, prefix=f"vote-{at}", initial=initial) for at, initial in enumerate(shown[:number])
        ]

    def is_valid(self) -> bool:
        """Whether every row can be read; each shows its own faults."""
        faulty = [row for row in self.rows if not row.is_valid()]
        return not faulty

    def votes(self) -> list[Vote]:
        """The rows that were filled in."""
        return [vote for row in self.rows if (vote := row.vote()) is not None]
