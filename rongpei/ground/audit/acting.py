"""`@action`: the one way to change anything.

It opens the transaction, locks and re-reads the rows it was handed, asks the rule, runs the change and writes
the audit row. A refusal is recorded too: the change is rolled back, the refusal is not.
"""

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from django.db import models, transaction
from django.utils.translation import gettext as _

from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit.codes import EventKind, Result
from rongpei.ground.audit.recording import record

P = ParamSpec("P")
R = TypeVar("R")


class Refused(Exception):  # noqa: N818 - it reads as a sentence: raise Refused(...)
    """A change that is not done, said so that a person can act on it.

    what: the fact, one sentence. why: the reason. article: the rule cited. remedy: what to do now.
    """

    status = 409

    def __init__(
        self, what: str, *, why: str = "", article: str = "", remedy: str = "", code: str = ""
    ) -> None:
        super().__init__(what)
        self.what, self.why, self.article, self.remedy = what, why, article, remedy
        self.code = code or type(self).__name__


class Forbidden(Refused):
    """The rule does not let this actor do it."""

    status = 403


class Rule(Protocol):
    """May this be done? Takes the action's keywords; answers yes, no, or a refusal with its reason."""

    def __call__(self, **kwargs: Any) -> bool | Refused: ...


_notes: ContextVar[dict[str, Any] | None] = ContextVar("audit_notes", default=None)


def note(**facts: Any) -> None:
    """Add plain facts (ids, codes, counts) to the audit row of the running action."""
    notes = _notes.get()
    if notes is not None:
        notes.update(facts)


def action(
    code: str, *, may: Callable[..., bool | Refused], locks: tuple[str, ...] = (), about: str = ""
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action.

    code: `room.noun.verb_past`. may: the rule, asked with the same keywords. locks: keywords whose rows are
    locked and re-read before the rule is asked. about: the keyword the audit row points at (default: the result).
    """

    def decorate(change: Callable[P, R]) -> Callable[P, R]:
        names = inspect.signature(change).parameters
        if "actor" not in names:
            raise TypeError(f"{code}: an action takes an explicit actor")
        known = set(inspect.signature(may).parameters)
        takes_all = any(p.kind is p.VAR_KEYWORD for p in inspect.signature(may).parameters.values())

        @functools.wraps(change)
        def act(*args: P.args, **kwargs: P.kwargs) -> R:
            if args:
                raise TypeError(f"{code}: an action takes keywords only")
            actor = cast(Actor, kwargs["actor"])
            token = _notes.set({})
            try:
                with transaction.atomic():
                    given = _locked(dict(kwargs), locks)
                    answer = may(**(given if takes_all else {k: v for k, v in given.items() if k in known}))
                    if answer is not True:
                        raise answer or Forbidden(_("您没有权限做这件事。"))
                    result = change(**given)  # type: ignore[call-arg]
                    _write(code, actor, Result.DONE, given.get(about) if about else result)
                    return result
            except Refused as refusal:
                _write(code, actor, Result.REFUSED, kwargs.get(about), reason=refusal.what)
                raise
            finally:
                _notes.reset(token)

        act.action_code = code  # type: ignore[attr-defined]
        return act

    return decorate


def _locked(given: dict[str, Any], locks: tuple[str, ...]) -> dict[str, Any]:
    for name in locks:
        row = given[name]
        manager = type(row)._default_manager
        given[name] = manager.select_for_update(of=("self",)).get(pk=row.pk)
    return given


def _write(code: str, actor: Actor, result: Result, about: object, reason: str = "") -> None:
    row = about if isinstance(about, models.Model) else None
    record(
        kind=EventKind.ACT,
        code=code,
        actor=actor,
        result=result,
        reason=reason,
        table_name=row._meta.db_table if row else "",
        object_id=row.pk if row and isinstance(row.pk, int) else None,
        facts=_notes.get() or {},
    )
