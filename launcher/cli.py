"""Reading the command line, and turning every foreseeable trouble into one sentence."""

import argparse
import errno
import signal
from pathlib import Path
from types import FrameType
from typing import NoReturn

from launcher.say import Refusal, complain, result

_HELP = """用法：./run [选项]              启动融培（第一次会安装所需的一切，并生成演示数据）
      ./run 命令 [参数]

选项：
  --port 端口            网页端口，默认 8000
  --listen 地址          监听地址，默认 127.0.0.1；要让手机访问可用 0.0.0.0
  --public-url 网址      别人打开本站用的网址（签到二维码里写的就是它）
  --tls-cert 文件 --tls-key 文件    用 HTTPS 提供服务
  --data 目录            数据目录，默认 var/data
  --production           正式运行：没有演示数据和演示账号
  --workers 数目         网页进程数，默认 2

命令（前面都可加 --data 目录）：
  manage 参数…           Django 管理命令
  worker                 只运行后台任务
  portal                 只运行对外门户（默认端口 8001），数据库角色看不到党务和人事内容
  test [pytest 参数…]    检查并测试；带参数时只运行 pytest
  bench [名称]           性能测量
  backup [文件.tar]      备份数据库和文件，密钥另存为 文件.tar.keys
  restore 文件.tar       恢复到空的数据目录（[--keys 文件] 指定密钥）
  bundle [目录]          打包，供没有网络的机器安装

环境变量 DATABASE_URL（及 RONGPEI_OWNER_DATABASE_URL）可改用已有的 PostgreSQL 服务器。"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise Refusal(f"参数有误：{message}（用法见 ./run --help）。", 2)


def main(argv: list[str]) -> int:
    """Run one command; returns the exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    signal.signal(signal.SIGHUP, _interrupt)
    try:
        return _dispatch(argv)
    except Refusal as refusal:
        complain(str(refusal))
        return refusal.code
    except KeyboardInterrupt:
        complain("已中断。")
        return 130
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            complain("磁盘已满，请腾出空间后再运行一次。")
        elif error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            complain(f"没有权限读写 {error.filename}。")
        else:
            complain(f"系统拒绝了一个操作：{error}")
        return 1


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _dispatch(argv: list[str]) -> int:
    if argv[:1] in (["--help"], ["-h"], ["help"]):
        result(_HELP)
        return 0
    data, rest = _leading_data(argv)
    if rest and not rest[0].startswith("-"):
        return _command(rest[0], rest[1:], data)
    from launcher.serve import serve

    return serve(_options(argv))


def _leading_data(argv: list[str]) -> tuple[Path | None, list[str]]:
    if argv and argv[0].startswith("--data="):
        return Path(argv[0].removeprefix("--data=")), argv[1:]
    if argv and argv[0] == "--data":
        if len(argv) < 2:
            raise Refusal("--data 后面要写一个目录。", 2)
        return Path(argv[1]), argv[2:]
    return None, argv


def _options(argv: list[str]) -> argparse.Namespace:
    parser = _Parser(add_help=False, allow_abbrev=False)
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--listen", default="127.0.0.1")
    parser.add_argument("--production", action="store_true")
    for name in ("--public-url", "--tls-cert", "--tls-key", "--data"):
        parser.add_argument(name)
    options = parser.parse_args(argv)
    if options.public_url:
        options.public_url = options.public_url.rstrip("/")
        if not options.public_url.startswith(("http://", "https://")):
            raise Refusal("--public-url 要以 http:// 或 https:// 开头。", 2)
    for name in ("tls_cert", "tls_key"):
        if getattr(options, name):
            setattr(options, name, str(Path(getattr(options, name)).absolute()))
    if not 1 <= options.workers <= 64:
        raise Refusal("--workers 要在 1 到 64 之间。", 2)
    return options


def _command(name: str, words: list[str], data: Path | None) -> int:
    # Imported here so that a quick command does not load what it does not need.
    from launcher import backup, bundling, commands, restore, testing

    if name == "test":
        return testing.test(words)
    inner, words = _leading_data(words)
    data = inner or data
    table = {
        "manage": commands.manage,
        "worker": commands.worker,
        "portal": commands.portal,
        "bench": commands.bench,
        "backup": backup.backup,
        "restore": restore.restore,
        "bundle": bundling.bundle,
    }
    if name not in table:
        raise Refusal(f"没有“{name}”这个命令（用法见 ./run --help）。", 2)
    return table[name](data, words)
