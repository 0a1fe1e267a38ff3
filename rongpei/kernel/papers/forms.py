"""A questionnaire as a form, the same in every room."""

from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from rongpei.ground.ui.forms import Form
from rongpei.kernel.papers.codes import SCALE_TOP, QuestionKind
from rongpei.kernel.papers.models import Question


class AnswerForm(Form):
    """One field a question; `answers()` gives them as `answering.hand_in` takes them."""

    autofocus = False

    def __init__(self, *args: Any, questions: Sequence[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[f"q{question.number}"] = _field(question)

    def asked(self) -> Iterator[tuple[forms.BoundField, str, str]]:
        """Each field with the name of the field it rests on and the choices, commas between; both empty without a condition."""
        for question in self.questions:
            when = question.condition
            rests_on = self.add_prefix(f"q{when['number']}") if when else ""
            yield self[f"q{question.number}"], rests_on, ",".join(map(str, when["any"])) if when else ""

    def clean(self) -> dict[str, Any]:
        """A question with a condition is wanted only of those whom it is asked, as `answering.checked` asks it."""
        values = super().clean() or self.cleaned_data
        kept: dict[str, Any] = {}
        for one in self.questions:
            if not one.applies_to(kept):
                continue
            name = f"q{one.number}"
            kept[str(one.number)] = answer = _value(one, self.cleaned_data.get(name))
            if one.condition and one.required and answer is None and name not in self.errors:
                self.add_error(name, _("请回答这一题。"))
        return values

    def answers(self) -> dict[str, Any]:
        """`{question number: value}` of what was filled in."""
        return {
            str(one.number): _value(one, self.cleaned_data.get(f"q{one.number}")) for one in self.questions
        }


def initial_of(answers: dict[str, Any]) -> dict[str, Any]:
    """Stored answers as initial values."""
    return {f"q{number}": value for number, value in answers.items()}


def _field(question: Question) -> forms.Field:
    required = question.required and not question.condition
    shared: dict[str, Any] = {"label": f"{question.number}. {question.text}", "required": required}
    options = [(str(number), text) for number, text in enumerate(question.options)]
    if question.kind == QuestionKind.SINGLE:
        return forms.ChoiceField(choices=options, widget=forms.RadioSelect, **shared)
    if question.kind == QuestionKind.MULTIPLE:
        return forms.MultipleChoiceField(choices=options, widget=forms.CheckboxSelectMultiple, **shared)
    if question.kind == QuestionKind.SCALE:
        scale = [(str(number), str(number)) for number in range(1, SCALE_TOP + 1)]
        return forms.ChoiceField(choices=scale, widget=forms.RadioSelect, **shared)
    if question.kind == QuestionKind.NUMBER:
        return forms.FloatField(**shared)
    if question.kind == QuestionKind.DATE:
        return forms.DateField(**shared)
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **shared)


def _value(question: Question, value: Any) -> Any:
    if value in (None, "", []):
        return None
    if question.kind in (QuestionKind.SINGLE, QuestionKind.SCALE):
        return int(value)
    if question.kind == QuestionKind.MULTIPLE:
        return [int(one) for one in value]
    if question.kind == QuestionKind.DATE:
        return value.isoformat()
    return value
