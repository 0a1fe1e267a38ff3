"""A small form beside other things that is refused: the page comes back with what was typed and one sentence, and nothing is stored."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from contracts import culture, portal, privacy
from contracts.cast import Cast, House
from rongpei.ground.audit.codes import EventKind, Result
from rongpei.ground.audit.models import AuditEvent
from rongpei.ground.tenancy.scope import scope

TYPED = "第三稿请补上抢救时间"
LONG = TYPED + "，" * 1100


def _programme(house: House) -> str:
    return f"/culture/programmes/{culture.rows(house).programme.pk}"


def _cast(house: House) -> str:
    found = culture.rows(house)
    return f"/culture/programmes/{found.programme.pk}/items/{found.item.pk}/cast/"


def _piece_in_review(house: House) -> str:
    found = culture.piece(house)
    return f"/culture/health/{found.pk}"


def _edited(house: House) -> str:
    return f"/desk/{portal.rows(house).work.pk}"


Where = Callable[[House], str]
FORMS: dict[str, tuple[str, Where, dict[str, Any], str]] = {
    "an item of a programme": (
        "publicity_office", lambda house: f"{_programme(house)}/items/", {"kind": "rite", "title": TYPED, "minutes": "0"}, "时长",
    ),
    "the cast of an item": (
        "publicity_office", _cast, {"who": "member-999", "part": TYPED}, "没有工号 member-999 的人",
    ),
    "a programme that was held": (
        "publicity_office", lambda house: f"{_programme(house)}/hold/", {"audience": "-1", "summary": TYPED}, "到场人数",
    ),
    "why a programme is cancelled": (
        "publicity_office", lambda house: f"{_programme(house)}/cancel/", {"reason": LONG}, "200",
    ),
    "episodes of a work": (
        "publicity_office", lambda house: f"/culture/keep/works/{culture.rows(house).work.pk}/episodes/",
        {"titles": TYPED, "minutes": "15", "class_hours": "99"}, "每集学时",
    ),
    "somebody in a work": (
        "publicity_office", lambda house: f"/culture/keep/works/{culture.rows(house).work.pk}/appearances/",
        {"who": "member-999", "where": TYPED}, "没有工号 member-999 的人",
    ),
    "experts for a piece": (
        "member-1", lambda house: f"{_piece_in_review(house)}/ask/", {"numbers": "member-1", "due_on": "2099-01-01"},
        "作者不能审自己的文章",
    ),
    "why an answer takes longer": (
        "hr_office", lambda house: f"/privacy/desk/{privacy.a_request(house)['pk']}/extend/", {"reason": LONG}, "200",
    ),
    "an editor's opinion": ("publicity_office", lambda house: f"{_edited(house)}/edit/", {"opinion": TYPED}, "保密审查"),
    "editors of a column": (
        "publicity_office", lambda house: f"/desk/columns/{portal.column(house).pk}/editors/", {"numbers": "member-999"},
        "没有工号 member-999 的人",
    ),
}  # fmt: skip


def _acts() -> int:
    return AuditEvent.objects.filter(kind=EventKind.ACT, result=Result.DONE).count()


@pytest.mark.parametrize("name", FORMS)
def test_what_was_typed_stays(cast: Cast, name: str) -> None:
    number, where, form, sentence = FORMS[name]
    with scope([cast.h1.tenant.pk]):
        path = where(cast.h1)
        before = _acts()
    client = Client()
    client.force_login(cast.h1.user(number))
    answer = client.post(path, form)
    assert answer.status_code in (400, 409), answer.status_code
    page = answer.content.decode()
    assert "<h1" in page
    assert sentence in page
    for words in form.values():
        assert words in page, words
    with scope([cast.h1.tenant.pk]):
        assert _acts() == before
