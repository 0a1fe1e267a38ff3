"""What the demonstration must hold of the portal's columns."""

from datetime import date, timedelta

from django.utils import timezone

from rongpei.activities.columns.codes import CommentState
from rongpei.activities.columns.models import Article, Comment, Revision
from rongpei.ground.accounts.models import User
from rongpei.org.access.codes import Role
from rongpei.org.consent.codes import Answer, TextKind
from rongpei.org.consent.queries import latest_answer


def assert_portal_is_alive(anchor: date) -> None:
    """Comments in the order of their writing, none that waits for long, texts with drafts, joiners who agreed."""
    said = list(Comment.objects.order_by("pk").values_list("posted_at", "parent__posted_at", "state"))
    assert [one for one, _parent, _state in said] == sorted(one for one, _parent, _state in said)
    assert all(parent is None or parent < at for at, parent, _state in said)
    waiting = [timezone.localdate(at) for at, _parent, state in said if state == CommentState.PENDING]
    assert waiting
    assert min(waiting) >= anchor - timedelta(days=2)
    printed = Article.objects.filter(pk__in=Revision.objects.filter(number=3).values("article"))
    assert printed.filter(revisions=3, printed=3).count() == 3
    for user in User.objects.filter(username__startswith="demo-", username__endswith=f"-{Role.OUTSIDE_HCP}"):
        for kind in (TextKind.USER_AGREEMENT, TextKind.PRIVACY_POLICY):
            given = latest_answer(user, kind)
            assert given is not None
            assert given.answer == Answer.AGREE
