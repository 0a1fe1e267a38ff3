"""Tenants, and the base of everything that belongs to one."""

from collections.abc import Collection
from typing import Any, ClassVar, Self, TypeVar

from django.db import models
from django.db.models.base import ModelState
from django.utils.translation import gettext_lazy as _

from rongpei.ground.tenancy.codes import TenantKind
from rongpei.ground.tenancy.scope import current_scope


class Tenant(models.Model):
    """An authority, an institution under it, or the operator of the portal.

    Readable before sign-in (its code is part of the sign-in), so it carries no wall.
    """

    kind = models.CharField(_("类型"), max_length=12, choices=TenantKind)
    code = models.CharField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.name


_M = TypeVar("_M", bound="TenantModel", covariant=True)


class TenantManager(models.Manager[_M]):
    """Sees the rows of the tenants in scope, and refuses to answer outside a scope."""

    def get_queryset(self) -> models.QuerySet[_M]:
        ids = current_scope().tenant_ids
        rows = super().get_queryset()
        return rows.filter(tenant_id=ids[0]) if len(ids) == 1 else rows.filter(tenant_id__in=ids)


class EveryoneManager(models.Manager[_M]):
    """Rows of every tenant, as far as the database shows them: those in scope, and those its model makes public.

    The caller says which it wants; only models with `public_when` may have it.
    """

    def get_queryset(self) -> models.QuerySet[_M]:
        current_scope()
        if not getattr(self.model, "public_when", ""):
            raise TypeError(f"{self.model.__name__} has no public rows")
        return super().get_queryset()


class TenantModel(models.Model):
    """Base of every row that belongs to a tenant.

    `personal_fields` names columns whose values the change record must never hold;
    `audited` says whether changes are recorded by a trigger; `append_only` forbids update and delete;
    `set_checked` names foreign keys that are checked once a statement (see `references`);
    `public_when` is the SQL condition under which everybody, in whatever scope, may read a row (never write it).
    """

    # No foreign-key check and no index of its own: the policy already admits only tenants of the scope, and
    # every list has an index that begins with what it lists by. Bulk writes cost a third less.
    tenant = models.ForeignKey(
        Tenant,
        models.PROTECT,
        related_name="+",
        verbose_name=_("所属单位"),
        db_constraint=False,
        db_index=False,
    )

    objects: ClassVar[TenantManager[Self]] = TenantManager()

    personal_fields: ClassVar[tuple[str, ...]] = ()
    audited: ClassVar[bool] = False
    append_only: ClassVar[bool] = False
    set_checked: ClassVar[tuple[str, ...]] = ()
    public_when: ClassVar[str] = ""

    @classmethod
    def from_db(  # type: ignore[override]  # the stubs describe a later Django
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """A row as read. Nothing listens when one is made, so `__init__` with its signals is left out: it costs thrice as much."""
        made = cls.__new__(cls)
        made.__dict__.update(zip(field_names, values, strict=True))
        made._state = ModelState()
        made._state.db, made._state.adding = db, False
        return made

    class Meta:
        abstract = True
