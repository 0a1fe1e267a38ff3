"""A questionnaire as a form, the same in every room."""

from collections.abc import Sequence
from typing import Any

from django import forms

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

    def answers(self) -> dict[str, Any]:
        """`{question number: value}` of what was filled in."""
        return {
            str(one.number): _value(one, self.cleaned_data.get(f"q{one.number}")) for one in self.questions
        }


def initial_of(answers: dict[str, Any]) -> dict[str, Any]:
    """Stored answers as initial values."""
    return {f"q{number}": value for number, value in answers.items()}


def _field(question: Question) -> forms.Field:
    shared: dict[str, Any] = {"label": f"{question.number}. {question.text}", "required": question.required}
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
    return forms.CharField(max_length=2000, widget=forms.Textarea(attrs={"rows": 3}), **shared)


def _value(question: Question, value: Any) -> Any:
    if value in (None, "", []):
        return None
    if question.kind in (QuestionKind.SINGLE, QuestionKind.SCALE):
        return int(value)
    if question.kind == QuestionKind.MULTIPLE:
        return [int(one) for one in value]
    return value
