"""Every test has a data folder of its own, in a path with a space and Chinese in it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from launcher.cluster import Cluster
from launcher.data import open_data
from launcher.layout import Data

_INHERITED = ("DATABASE_URL", "RONGPEI_OWNER_DATABASE_URL", "RONGPEI_SUPER_DATABASE_URL", "RONGPEI_DATA")


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """`./run test` names a database in the environment; these tests make their own."""
    for name in _INHERITED:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def data(tmp_path: Path) -> Data:
    return open_data(tmp_path / "融培 数据")


@pytest.fixture
def cluster(data: Data) -> Iterator[Cluster]:
    made = Cluster(data.pg, data.log / "postgres.log", durable=False)
    made.start()
    yield made
    made.stop()
    assert not made.running()


@pytest.fixture
def bare_env() -> dict[str, str]:
    """The environment for running `./run` itself."""
    return {name: value for name, value in os.environ.items() if name not in _INHERITED}
