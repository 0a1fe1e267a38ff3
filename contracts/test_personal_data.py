"""Whoever points at a person says what is held, how it is handed over and how it is erased."""

import json
from collections.abc import Iterator

import pytest
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction

from contracts import culture, development, portal
from contracts.cast import Cast
from rongpei.activities.columns.models import Comment
from rongpei.ground.accounts.models import User
from rongpei.ground.personal import Blank, Erase, Held, Keep, Subject, registry
from rongpei.ground.personal.copying import copy_of, rows_of
from rongpei.ground.personal.erasing import carry_out, plan_for
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.models import Person

HELD = {one.model: one for one in registry.everything()}


def _pointers(model: type[models.Model]) -> list[str]:
    return [
        field.name
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model in (Person, User)
    ]


def _holders() -> Iterator[type[models.Model]]:
    """Models that point at a person or an account, and ours that say they hold personal columns about one."""
    for model in apps.get_models():
        ours = model.__module__.startswith("rongpei.")
        columns = {field.name for field in model._meta.concrete_fields}
        says = ours and (columns & {"person_id", "user_id"} or getattr(model, "personal_fields", ()))
        if _pointers(model) or says:
            yield model


def test_every_model_that_points_at_a_person_is_registered() -> None:
    missing = [model._meta.label for model in _holders() if model._meta.label not in HELD]
    assert not missing, f"say in the room's personal.py what these hold: {missing}"


def test_every_pointer_is_accounted_for() -> None:
    for model in _holders():
        held = HELD[model._meta.label]
        said = {path.split("__")[0] for path in (*held.persons, *held.users)} | set(held.others)
        assert set(_pointers(model)) <= said, f"{model._meta.label}: {set(_pointers(model)) - said}"


def _resolves(model: type[models.Model], path: str) -> bool:
    at: type[models.Model] | None = model
    for name in path.split("__"):
        assert at is not None, path
        try:
            field = at._meta.pk if name == "pk" else at._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        at = field.related_model if field is not None else None  # type: ignore[assignment]
    return True


@pytest.mark.parametrize("held", HELD.values(), ids=HELD.keys())
def test_a_registration_is_whole(held: Held) -> None:
    model = apps.get_model(held.model)
    for path in (*held.persons, *held.users, *held.others, *(field.path for field in held.fields)):
        assert _resolves(model, path), path
    assert bool(held.withheld) != bool(held.fields), "the copy shows it, or says why not"
    for end in (held.ends, held.outside):
        if isinstance(end, Keep):
            assert "《" in str(end.article), "what is kept is kept by an article"
        if isinstance(end, Blank):
            assert all(_resolves(model, name) for name in end.values)
        if isinstance(end, Erase | Blank):
            assert not getattr(model, "append_only", False), "an append-only row cannot be erased"


def _subject(cast: Cast, number: str) -> Subject:
    person = cast.h1.person(number)
    return Subject(cast.h1.tenant.pk, person.pk, person.user_id)


def test_the_copy_is_the_subjects_own_and_in_words(cast: Cast) -> None:
    with scope(cast.tenant_ids):
        portal.rows(cast.h1), culture.rows(cast.h1), development.case_of(cast.h1)
        found = {one.held.model: one.rows for one in copy_of(_subject(cast, "member-2"), HELD.values())}
        person = next(iter(found["people.Person"]))
        assert "党员乙" in person
        assert "正式党员" in person
        assert "党员甲" not in person
        assert any("大字卡" in str(value) for row in found["columns.Comment"] for value in row)
        assert "membership.ReviewMaterial" not in found
        assert any("正式党员" in row for row in found["people.Fact"])
        json.dumps(found, default=str)


def test_erasing_takes_what_the_law_leaves_and_nothing_of_others(cast: Cast) -> None:
    with scope(cast.tenant_ids), transaction.atomic():
        portal.rows(cast.h1)
        mine, other = _subject(cast, "member-2"), _subject(cast, "member-1")
        before = [(one.held.model, one.rows) for one in plan_for(other)]
        planned = plan_for(mine)
        kept = {one.held.model for one in planned if one.kept}
        assert "people.Person" in kept
        assert "columns.Comment" not in kept
        done = carry_out(mine, frozenset(HELD))
        assert {one.held.model for one in done} == {one.held.model for one in planned} - kept
        assert not Comment.objects.filter(person_id=mine.person_id, body__contains="大字卡").exists()
        assert Person.objects.get(pk=mine.person_id).name == "党员乙"
        assert [(one.held.model, one.rows) for one in plan_for(other)] == before


@pytest.mark.parametrize("held", HELD.values(), ids=HELD.keys())
def test_every_erasure_can_be_carried_out(cast: Cast, held: Held) -> None:
    """The statements themselves run, also for an outsider, whether or not the cast has a row."""
    with scope(cast.tenant_ids):
        person = cast.operator.person("outside_hcp")
        subject = Subject(cast.operator.tenant.pk, person.pk, person.user_id, outside=True)
        rows = held.of(subject)
        end = held.end_for(subject)
        if isinstance(end, Erase):
            rows.delete()
        elif isinstance(end, Blank):
            rows.update(**end.values)
        if not held.withheld:
            rows_of(held, subject)
