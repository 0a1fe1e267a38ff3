"""Both walls around tenants: the scope of the ORM, and row-level security with the scope switched off."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from contracts.cast import Cast
from rongpei.ground.tenancy.models import TenantModel
from rongpei.ground.tenancy.scope import OutsideScope, scope
from rongpei.org.people.models import Person

# Models without a tenant, each with its reason.
FREE = {
    "tenancy.Tenant": "its code is part of the sign-in",
    "accounts.User": "read before any scope exists; holds no fact about a person",
    "accounts.SignInFailure": "counts tries before any scope exists; holds digests only",
    "accounts.ActivationCode": "read before sign-in; holds a keyed digest only",
    "clock.Holiday": "the State Council's, one for all",
    "clock.Setting": "the demonstration's date, one for all",
    "audit.AuditSeal": "digests only, one chain for the installation",
    "audit.AuditHead": "digests only, one chain for the installation",
}


def _ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("rongpei.")]


def test_every_model_has_a_tenant_or_a_reason() -> None:
    for model in _ours():
        assert issubclass(model, TenantModel) or model._meta.label in FREE, model._meta.label


@pytest.mark.django_db
def test_every_tenant_table_is_walled() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity")
        walled = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT tablename FROM pg_policies WHERE policyname = 'tenant_wall'")
        policed = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False, False)
        cursor.execute("SELECT tableowner = current_user FROM pg_tables WHERE tablename = 'people_person'")
        assert cursor.fetchone() == (False,)
    tables = {model._meta.db_table for model in _ours() if issubclass(model, TenantModel)}
    assert tables <= walled & policed


def test_a_tenant_query_outside_a_scope_raises(cast: Cast) -> None:
    with pytest.raises(OutsideScope):
        Person.objects.count()


def test_a_scope_sees_its_own_tenant(cast: Cast) -> None:
    with scope([cast.h1.tenant.pk]):
        assert set(Person.objects.values_list("tenant_id", flat=True)) == {cast.h1.tenant.pk}


def test_the_database_holds_with_the_scope_of_the_orm_switched_off(cast: Cast) -> None:
    """`_base_manager` knows no scope: what it returns is what PostgreSQL lets through."""
    foreign = cast.h2.tenant.pk
    with scope([cast.h1.tenant.pk]):
        for model in apps.get_models():
            if issubclass(model, TenantModel):  # whose public rows, if it has any, test_portal_walls looks at
                assert not model._base_manager.filter(tenant_id=foreign).exists(), model
        assert Person._base_manager.update(remarks="x") == Person.objects.count()
        assert not Person._base_manager.filter(tenant_id=foreign).delete()[0]
        with pytest.raises(DatabaseError), transaction.atomic():
            Person._base_manager.create(tenant_id=foreign, name="越界", sort_key="y", initials="y")
    with scope([foreign]):
        assert not Person.objects.filter(remarks="x").exists()


def test_no_scope_no_rows(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person")
        assert cursor.fetchone() == (0,)


def test_an_inner_scope_gives_the_outer_one_back(cast: Cast) -> None:
    with scope([cast.h1.tenant.pk]):
        with scope([cast.h2.tenant.pk]):
            assert Person.objects.filter(tenant=cast.h2.tenant).exists()
        assert not Person._base_manager.filter(tenant=cast.h2.tenant).exists()
        assert Person.objects.exists()
