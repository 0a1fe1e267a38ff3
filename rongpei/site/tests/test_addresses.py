"""`{% url %}` answers what Django's answers."""

import pytest
from django.template import engines
from django.urls import NoReverseMatch, reverse


def _drawn(text: str, **context: object) -> str:
    return engines["django"].from_string(text).render(context)


@pytest.mark.parametrize(
    ("text", "name", "given"),
    [
        ("{% url 'home' %}", "home", []),
        ("{% url 'file' n %}", "file", [7]),
        ("{% url name n %}", "file", [7]),
        ("{% url 'file' pk=n %}", "file", [7]),
        ("{% url 'file' n as found %}{{ found }}", "file", [7]),
    ],
)
def test_the_same_address(text: str, name: str, given: list[int]) -> None:
    assert _drawn(text, n=7, name="file") == reverse(name, args=given)
    assert _drawn(text, n=7, name="file") == reverse(name, args=given)


def test_an_unknown_name_is_an_error_and_a_missing_number_too() -> None:
    for text in ("{% url 'nowhere' %}", "{% url 'file' %}", "{% url 'file' nothing %}"):
        with pytest.raises(NoReverseMatch):
            _drawn(text)
    assert _drawn("{% url 'nowhere' as found %}[{{ found }}]") == "[]"
