"""`./run manage check_case FILE.json`: judge cases of party-member development written as JSON."""

import json
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from rongpei.pipelines.membership.casedata import Unreadable
from rongpei.pipelines.membership.casefile import judge_file

_MOST_BYTES = 50 * 1024 * 1024


class Command(BaseCommand):
    """JSON alone on standard output; one sentence on standard error and exit code 2 when the file cannot be read."""

    help = "按发展党员工作细则判断案例文件（JSON，一个或一组案例）；格式见 docs/check-case.md。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", metavar="FILE.json", help="案例文件；- 表示标准输入")

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, judge, print."""
        try:
            answer = judge_file(self._read(options["file"]))
        except Unreadable as trouble:
            self._refuse(str(trouble))
        self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))

    def _read(self, name: str) -> Any:
        try:
            raw = sys.stdin.buffer.read(_MOST_BYTES + 1) if name == "-" else self._bytes(Path(name))
            return json.loads(raw.decode("utf-8-sig"))
        except OSError as trouble:
            self._refuse(f"读不了文件 {name}：{trouble.strerror or trouble}。")
        except UnicodeDecodeError:
            self._refuse(f"文件 {name} 不是 UTF-8 文字，请另存为 UTF-8 再试。")
        except json.JSONDecodeError as trouble:
            self._refuse(f"文件 {name} 第 {trouble.lineno} 行第 {trouble.colno} 列不是正确的 JSON。")
        except (RecursionError, ValueError):
            self._refuse(f"文件 {name} 不是正确的 JSON。")

    def _bytes(self, path: Path) -> bytes:
        if path.is_file() and path.stat().st_size > _MOST_BYTES:
            self._refuse(f"文件 {path} 超过 50 MB，请分成几个文件。")
        return path.read_bytes()

    def _refuse(self, sentence: str) -> NoReturn:
        self.stderr.write(sentence)
        raise SystemExit(2)
