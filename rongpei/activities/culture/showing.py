"""Whether a work may be shown on a day: its rights, and the consent of everyone in it."""

from datetime import date

from django.utils.translation import gettext as _

from rongpei.activities.culture.codes import ConsentState, Rights
from rongpei.activities.culture.models import Work


def faults_of(work: Work, on: date) -> list[str]:
    """What stands against showing it, each a sentence; nothing when it may be shown."""
    found = []
    if not work.rights:
        found.append(_("还没有写明权利依据。"))
    if work.rights == Rights.LICENSED and not work.rights_holder:
        found.append(_("他人授权的作品要写明权利人。"))
    if work.rights_until is not None and work.rights_until < on:
        found.append(_("授权已于 %s 到期。") % work.rights_until)
    states = [one.state for one in work.appearances.all()]
    waiting = sum(state == ConsentState.ASKED for state in states)
    against = sum(state in (ConsentState.REFUSED, ConsentState.WITHDRAWN) for state in states)
    if waiting:
        found.append(_("还有 %d 位出镜的人没有同意。") % waiting)
    if against:
        found.append(_("有 %d 位出镜的人不同意或已撤回，请先去掉有关画面。") % against)
    return found
