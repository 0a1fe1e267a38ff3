"""Accounts: what is needed to sign in."""

from typing import ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.translation import gettext_lazy as _

from rongpei.ground import clock
from rongpei.ground.tenancy.models import Tenant


class User(AbstractBaseUser):
    """An account. It can sign in with its tenant's code and number, its user name, or its phone.

    Read before any scope exists, therefore without a wall; it holds no fact about the person.
    """

    tenant = models.ForeignKey(Tenant, models.PROTECT, related_name="+")
    username = models.CharField(_("用户名"), max_length=80, unique=True)
    number = models.CharField(_("工号"), max_length=40, blank=True)
    phone = models.CharField(_("手机号"), max_length=20, null=True, blank=True, unique=True)
    email = models.EmailField(_("邮箱"), blank=True)
    is_active = models.BooleanField(_("可以登录"), default=True)
    password_set_on = models.DateField(null=True, blank=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[BaseUserManager[Self]] = BaseUserManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "number"], condition=~models.Q(number=""), name="accounts_number_once"
            ),
        ]

    def __str__(self) -> str:
        return self.username

    def set_password(self, raw_password: str | None) -> None:
        """Keep the hash, and the day from which its age counts."""
        super().set_password(raw_password)
        self.password_set_on = clock.today()


class SignInFailure(models.Model):
    """Failed sign-ins of one account from one kind of place, in one window; see `lockout`."""

    bucket = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    window_ends_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.bucket[:8]} {self.failures}"


class ActivationCode(models.Model):
    """A one-time code with which an imported person makes an account; only its hash is kept."""

    tenant = models.ForeignKey(Tenant, models.CASCADE, related_name="+")
    number = models.CharField(max_length=40)
    code_hash = models.CharField(max_length=128)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tenant", "number"], name="accounts_one_code_each")]

    def __str__(self) -> str:
        return f"{self.tenant_id}/{self.number}"
