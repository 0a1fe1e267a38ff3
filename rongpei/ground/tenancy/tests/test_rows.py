"""A row as read is what Django's own making of it gives, without the signals that nobody here listens to."""

import pytest
from django.apps import apps
from django.db.models import Model, signals

from rongpei.ground.tenancy.models import TenantModel

MODELS = [model for model in apps.get_models() if issubclass(model, TenantModel)]


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
@pytest.mark.parametrize("some", [False, True], ids=["whole", "in part"])
def test_a_row_is_made_as_django_makes_it(model: type[TenantModel], some: bool) -> None:
    names = [field.attname for field in model._meta.concrete_fields]
    names = names[:2] if some else names
    values = list(range(len(names)))
    plain = Model.from_db.__func__(model, "default", names, values)  # type: ignore[attr-defined]
    ours = model.from_db("default", names, values)
    kept = [one.__dict__ | {"_state": (one._state.db, one._state.adding)} for one in (plain, ours)]
    assert kept[0] == kept[1]
    assert plain.get_deferred_fields() == ours.get_deferred_fields()


@pytest.mark.parametrize("signal", [signals.pre_init, signals.post_init])
def test_nobody_listens_when_a_row_is_made(signal: signals.ModelSignal) -> None:
    assert not any(signal.has_listeners(model) for model in MODELS)
