"""What is late: a term of the regulation. What is only past the house's practice says so, and is not counted as late."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from rongpei.ground import clock
from rongpei.ground.tenancy.scope import scope
from rongpei.kernel.procedures.models import Opening
from rongpei.pipelines.membership.tests.desk import Desk


@pytest.fixture
def opening(cast):
    with scope([cast.h1.tenant.pk]):
        desk = Desk(cast.h1).until("initial_talk")
        found = Opening.objects.get(case=desk.case)
        Opening.objects.filter(pk=found.pk).update(due_on=clock.today() - timedelta(days=9))
        yield found


@pytest.mark.parametrize("by_rule", [True, False])
def test_only_a_term_of_the_regulation_is_late(cast, opening, by_rule):
    Opening.objects.filter(pk=opening.pk).update(by_rule=by_rule)
    client = Client()
    client.force_login(cast.h1.user("branch_secretary"))
    late = client.get(reverse("membership:late")).content.decode()
    ready = client.get(reverse("membership:ready")).content.decode()
    assert (cast.h1.person("staff").name in late) == by_rule
    assert ("逾期 9 天" in ready) == by_rule
    assert ("超本院惯例 9 天" in ready) != by_rule
