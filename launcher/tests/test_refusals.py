"""What cannot work is said in one sentence, without a traceback."""

import os
import shutil
import socket
import subprocess
import sys
from collections import namedtuple
from pathlib import Path

import pytest

from launcher import cli, processes
from launcher.data import DEMONSTRATION, KEY_NAMES, PRODUCTION, open_data
from launcher.layout import GIGABYTE, ROOT, Data, require_space
from launcher.locks import Lock
from launcher.say import Refusal


def _run(
    env: dict[str, str], *words: str | Path, cwd: Path | None = None
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, ROOT / "run", *words],
        env=env,
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "Traceback" not in done.stderr
    return done


def test_a_taken_port_is_one_sentence(bare_env: dict[str, str], tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = _run(bare_env, "--data", tmp_path / "d", "--port", str(port), cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip() == f"融培：端口 {port} 已被别的程序占用，请用 --port 换一个端口。"


def test_a_second_server_on_the_same_data_is_refused(bare_env: dict[str, str], data: Data) -> None:
    lock = Lock(data.path / "lock")
    assert lock.try_take()
    done = _run(bare_env, "--data", data.path)
    lock.close()
    assert done.returncode == 1
    assert "正由另一个 ./run 使用" in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_strange_data_folder_is_refused(bare_env: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "论文.docx").touch()
    assert "不是融培的数据目录" in _run(bare_env, "--data", tmp_path).stderr
    assert "不是目录" in _run(bare_env, "--data", tmp_path / "论文.docx").stderr
    assert [path.name for path in tmp_path.iterdir()] == ["论文.docx"]


@pytest.mark.parametrize(
    "words", [["nonsense"], ["--nonsense"], ["--port", "x"], ["--workers", "0"], ["--data"]]
)
def test_wrong_words_are_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(words) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_help_is_chinese(bare_env: dict[str, str]) -> None:
    done = _run(bare_env, "--help")
    assert done.returncode == 0
    assert "用法" in done.stdout


def test_keys_are_secret_and_never_replaced(data: Data) -> None:
    assert data.keys.stat().st_mode & 0o777 == 0o700
    before = {name: (data.keys / name).read_text() for name in KEY_NAMES}
    assert all((data.keys / name).stat().st_mode & 0o777 == 0o600 for name in KEY_NAMES)
    open_data(data.path)
    assert before == {name: (data.keys / name).read_text() for name in KEY_NAMES}
    data.pg.mkdir()
    (data.keys / "field_key").unlink()
    with pytest.raises(Refusal, match="不见了"):
        open_data(data.path)


def test_demonstration_data_never_becomes_production(tmp_path: Path) -> None:
    open_data(tmp_path / "a", DEMONSTRATION)
    with pytest.raises(Refusal, match="演示"):
        open_data(tmp_path / "a", PRODUCTION)
    open_data(tmp_path / "b", PRODUCTION)
    assert '"production"' in open_data(tmp_path / "b").marker.read_text()


def test_a_full_disk_is_said_up_front(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(100, 99, 1))
    with pytest.raises(Refusal, match="磁盘空间不足"):
        require_space(tmp_path / "not" / "there", GIGABYTE, "测试")


@pytest.mark.parametrize(
    ("log", "sentence"),
    [
        ("error: Failed to fetch: dns error", "连不上软件源"),
        ("npm error code ENOTFOUND", "连不上软件源"),
        ("OSError: [Errno 28] No space left on device", "磁盘已满"),
        ("something else", "没有成功"),
    ],
)
def test_failed_installations_are_explained(log: str, sentence: str) -> None:
    assert sentence in str(processes.diagnose(log, "安装"))


def test_no_space_left_during_work(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def full(_argv: list[str]) -> int:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(cli, "_dispatch", full)
    assert cli.main([]) == 1
    assert "磁盘已满" in capsys.readouterr().err
