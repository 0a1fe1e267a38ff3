"""The bakery, open while a test runs."""

import pytest

from rongpei.kernel.procedures import registry
from rongpei.kernel.procedures.tests.kitchen import REGISTERED


@pytest.fixture
def kitchen():
    known = dict(registry._known)
    registry.register(REGISTERED)
    yield REGISTERED
    registry._known.clear()
    registry._known.update(known)
