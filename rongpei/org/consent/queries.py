"""What the text in force is, and what an account last said to it."""

from rongpei.ground.accounts.models import User
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.models import ConsentAnswer, ConsentText


def current_text(tenant_id: int, kind: TextKind) -> ConsentText | None:
    """The newest version of a text of the tenant."""
    return ConsentText.objects.filter(tenant_id=tenant_id, kind=kind).order_by("-version").first()


def latest_answer(user: User, kind: TextKind) -> ConsentAnswer | None:
    """The newest answer of an account to any version of a text, with the version."""
    answers = ConsentAnswer.objects.filter(user=user, text__kind=kind, text__tenant_id=user.tenant_id)
    return answers.select_related("text").order_by("-id").first()


def has_agreed(user: User, kind: TextKind) -> bool:
    """Whether the newest answer agrees to the version in force.

    A new version asks again; a skip or a refusal is no agreement; a withdrawal ends one. Without a text
    nothing was agreed to.
    """
    text = current_text(user.tenant_id, kind)
    if text is None:
        return False
    latest = latest_answer(user, kind)
    return latest is not None and latest.text_id == text.pk and latest.answer == Answer.AGREE


def answers_of(user: User) -> list[ConsentAnswer]:
    """Everything an account ever answered, newest first, for its own page."""
    return list(ConsentAnswer.objects.filter(user=user).select_related("text").order_by("-id"))
