"""How a person names the account: tenant code and number, user name, or phone."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest

from rongpei.ground.accounts.models import User
from rongpei.ground.tenancy.asking import ask
from rongpei.ground.tenancy.queries import tenant_of_code

_COLUMNS = [field.attname for field in User._meta.concrete_fields]
_ACCOUNT = f"SELECT {', '.join(_COLUMNS)} FROM accounts_user WHERE id = %(id)s AND is_active"  # noqa: S608 - our columns


def account_named(login: str, code: str = "") -> User | None:
    """The active account with this number in the coded tenant, else with this user name or phone."""
    login = login.strip()
    if code.strip():
        tenant = tenant_of_code(code)
        if tenant is None:
            return None
        found = User.objects.filter(tenant=tenant, number=login, is_active=True).first()
        return found or User.objects.filter(tenant=tenant, username=login, is_active=True).first()
    return (
        User.objects.filter(username=login, is_active=True).first()
        or User.objects.filter(phone=login, is_active=True).first()
    )


class NumberOrNameBackend(BaseBackend):
    """Checks a password; takes the same time whether the account exists or not."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str = "",
        password: str = "",
        code: str = "",
        **other: Any,
    ) -> User | None:
        """The account, or None."""
        user = account_named(username, code)
        if user is None:
            make_password(password)
            return None
        return user if user.check_password(password) else None

    def get_user(self, user_id: int) -> User | None:
        """The active account of a session."""
        rows = ask(_ACCOUNT, {"id": user_id})
        return User.from_db("default", _COLUMNS, rows[0]) if rows else None
