"""What the demonstration must hold of identity verification."""

from datetime import date

from rongpei.ground.accounts.models import User
from rongpei.org.access.codes import Role
from rongpei.org.access.visit import visit_of
from rongpei.pipelines.verification.codes import Where
from rongpei.pipelines.verification.models import Submission
from rongpei.pipelines.verification.models.applying import WAITING
from rongpei.pipelines.verification.queries import looks_at
from rongpei.pipelines.verification.standing import stand_of


def assert_verification_is_whole(anchor: date) -> None:
    """Accounts to enter that stand wherever one can stand, and an appeal that waits."""
    users = User.objects.filter(username__startswith="demo-", username__endswith=f"-{Role.OUTSIDE_HCP}")
    assert {stand_of(visit_of(user, anchor), anchor).where for user in users} == set(Where)
    appealed = Submission.objects.filter(WAITING).exclude(appealed="")
    assert appealed.filter(person__user__in=users, barred_id__isnull=False).exists()
    for one in Submission.objects.filter(decided_at__isnull=False).select_related("person"):
        looks = [look for look in looks_at(one.person) if look.actor.endswith(f":{one.decided_by_id}")]
        assert any(one.submitted_at <= look.at <= one.decided_at for look in looks)
