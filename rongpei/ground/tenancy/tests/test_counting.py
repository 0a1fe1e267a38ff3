"""A count that stops: exact up to the limit, one more beyond it, whatever order and columns the rows came with."""

import pytest

from contracts.cast import Cast
from rongpei.ground.tenancy.counting import counted_up_to
from rongpei.ground.tenancy.models import Tenant
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.models import Person


@pytest.mark.parametrize("beyond", [-2, -1, 0, 1])
def test_it_counts_no_further_than_one_more(cast: Cast, beyond: int) -> None:
    house = cast.h1
    with scope([house.tenant.pk]):
        rows = Person.objects.select_related("place").order_by("name")
        number = rows.count()
        most = number + beyond
        one = Tenant.objects.filter(pk=house.tenant.pk).values_list(
            counted_up_to(rows, most), counted_up_to(rows.none(), most)
        )
        assert list(one) == [(min(number, most + 1), 0)]
