"""The one object by which the kernel knows the editorial way; `site/wiring.py` registers it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from rongpei.activities.columns import rules
from rongpei.activities.columns.models import Article
from rongpei.activities.columns.procedures import APPROVE, EDIT, EDITORIAL, PRINT
from rongpei.activities.columns.queries.desk import newest_revision
from rongpei.ground.accounts.actor import Actor
from rongpei.ground.audit import Refused
from rongpei.ground.ui.addresses import address
from rongpei.kernel.procedures.models import Case
from rongpei.kernel.procedures.registry import Around, Change, Registered


def _may(*, actor: Actor, step: str, **_more: Any) -> bool | Refused:
    """Roles alone: whether it is their article, the room's own action has asked before it came here."""
    if actor.user_id is None:
        return True
    if step == EDIT:
        return actor.holds(*rules.EDITORS)
    if step in (APPROVE, PRINT):
        return actor.holds(*rules.APPROVERS)
    return actor.person_id is not None


def _around(case: Case, on: date) -> Around:
    """Who wrote it, and who saved the newest text."""
    article = Article.objects.filter(pk=case.subject_id or 0).first()
    if article is None:
        return Around()
    newest = newest_revision(article)
    return Around(
        subject={"writer_id": article.writer_id, "saved_by_id": newest.saved_by_id if newest else None}
    )


def _read(step: str, raw: Any) -> dict[str, Any]:
    """Whether secrets were looked for, by whom (an id), and which revision it was about."""
    given: Mapping[str, Any] = raw
    return {
        "secrecy_checked": bool(given.get("secrecy_checked")),
        "person_id": given.get("person_id"),
        "revision": int(given.get("revision") or 0),
    }


def _changed(change: Change) -> None:
    """The room's own action changes the article, in the same transaction."""


def _names(case_ids: Collection[int]) -> dict[int, str]:
    """Titles of the articles behind cases, for to-dos."""
    cases = dict(Case.objects.filter(pk__in=case_ids).values_list("subject_id", "pk"))
    rows = Article.objects.filter(pk__in=[ident for ident in cases if ident]).values_list("pk", "title")
    return {cases[ident]: title for ident, title in rows}


def _address(case_id: int) -> str:
    subject = Case.objects.filter(pk=case_id).values_list("subject_id", flat=True).first()
    return address("columns:work", subject) if subject else address("columns:desk")


REGISTERED = Registered(
    procedure=EDITORIAL,
    may=_may,
    around=_around,
    read=_read,
    changed=_changed,
    holders={"editor": rules.EDITORS, "approver": rules.APPROVERS},
    address=_address,
    names=_names,
)
