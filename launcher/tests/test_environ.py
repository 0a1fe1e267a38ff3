"""What every process of ours is given, whatever the machine's own environment says."""

import subprocess
from pathlib import Path

import pytest

from launcher.data import open_data
from launcher.database import Database
from launcher.environ import django_env
from launcher.layout import CACHE, python


def test_compiled_code_is_kept_and_not_beside_the_sources(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    env = django_env(open_data(tmp_path / "data"), Database(app="", owner="", superuser=None))
    told = subprocess.check_output(
        [
            python(),
            "-c",
            "import launcher.say as s, sys; print(sys.dont_write_bytecode, s.__cached__, sep='\\n')",
        ],
        env=env,
        text=True,
    ).splitlines()
    assert told[0] == "False"
    assert Path(told[1]).is_relative_to(CACHE)
    assert Path(told[1]).exists()
