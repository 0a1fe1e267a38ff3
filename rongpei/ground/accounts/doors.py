"""Doors: which roles may open a page. A view without one cannot be reached, and the build fails.

The door decides who may come to this kind of page at all; which objects they find there is decided by the
queries, which are filtered by the asker, so that another tenant's object is simply not found (404).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor

V = TypeVar("V", bound=Callable[..., HttpResponseBase])


class PageRequest(HttpRequest):
    """A request that came through a door: `visit` is the actor."""

    visit: Actor


@dataclass(frozen=True)
class Door:
    """Open to everyone, to everyone signed in, or to holders of some roles."""

    roles: tuple[str, ...] = ()
    public: bool = False

    def answer(self, request: HttpRequest) -> HttpResponse | None:
        """None lets the visitor in; otherwise the sign-in page, or PermissionDenied raised."""
        visit: Actor | None = getattr(request, "visit", None)
        if self.public:
            return None
        if visit is None:
            return redirect_to_login(request.get_full_path())
        if not self.lets_in(visit):
            raise PermissionDenied(_("您的角色不能打开这个页面。"))
        return None

    def lets_in(self, visit: Actor) -> bool:
        """Whether a signed-in visitor may come in."""
        return self.public or not self.roles or visit.holds(*self.roles)


EVERYONE = Door(public=True)
SIGNED_IN = Door()


def door(*roles: str, public: bool = False) -> Callable[[V], V]:
    """Give a view its door: `@door()` for everyone signed in, `@door(role, …)` for holders."""

    def decorate(view: V) -> V:
        view.door = Door(tuple(str(role) for role in roles), public)  # type: ignore[attr-defined]
        return view

    return decorate


# Views of libraries, by module prefix: their own rules stand behind these doors.
_LIBRARY_DOORS = {
    "allauth.account": EVERYONE,
    "allauth.socialaccount": EVERYONE,
    "allauth.mfa": EVERYONE,
    "allauth.usersessions": SIGNED_IN,
    "django.contrib.staticfiles": EVERYONE,
    "django.views.static": EVERYONE,
    "django.views.i18n": EVERYONE,
}


def door_of(view: Callable[..., HttpResponseBase], request: HttpRequest | None = None) -> Door:
    """The door of a view.

    Raises PermissionDenied for a view that has none.
    """
    found = getattr(view, "door", None)
    if isinstance(found, Door):
        return found
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    for prefix, library_door in _LIBRARY_DOORS.items():
        if module.startswith(prefix):
            return library_door
    raise PermissionDenied(f"view without a door: {module}.{getattr(view, '__name__', view)}")
