"""The frame of a command that checks a workbook and imports it, all or nothing."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from django.core.management.base import BaseCommand, CommandError

from rongpei.ground.tenancy.queries import tenant_of_code
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.people.roster.rows import Checked


class Looked(Protocol):
    """A workbook read and judged."""

    @property
    def checked(self) -> Checked: ...

    def counts(self) -> dict[str, int]: ...


Look = TypeVar("Look", bound=Looked)


class ImportCommand(BaseCommand, Generic[Look]):
    """Checks a workbook and imports it; exit 1 when it has errors. A room says how it looks, takes over and tells."""

    def look(self, tenant_id: int, path: Path) -> Look:
        """Read, judge and compare; raises RosterRefusedError."""
        raise NotImplementedError

    def take_over(self, tenant_id: int, path: Path, look: Look) -> None:
        """Import what was found."""
        raise NotImplementedError

    def is_wanted(self, look: Look) -> bool:
        """Whether there is something to import."""
        return True

    def warnings(self, look: Look) -> Any:
        """What should be looked at, as JSON: a number, or each one."""
        return look.checked.warning_count

    def sentences(self, look: Look) -> list[str]:
        """Warnings, and last what would be or was imported."""
        raise NotImplementedError

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--hospital", required=True, help="单位代码")
        parser.add_argument("--dry-run", action="store_true", help="只检查，不导入")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        tenant = tenant_of_code(options["hospital"])
        if tenant is None:
            raise CommandError(f"没有代码为 {options['hospital']} 的单位。")
        if not path.is_file():
            raise CommandError(f"找不到文件 {path}。")
        with scope([tenant.pk]):
            try:
                look = self.look(tenant.pk, path)
            except RosterRefusedError as error:
                raise CommandError(str(error)) from error
            done = look.checked.is_clean and self.is_wanted(look) and not options["dry_run"]
            if done:
                self.take_over(tenant.pk, path, look)
        self._tell(look, done, options["format"])
        if not look.checked.is_clean:
            raise CommandError(f"有 {look.checked.error_row_count} 行不能导入，没有导入任何人。")

    def _tell(self, look: Look, done: bool, form: str) -> None:
        errors = [
            {"row": e.row, "column": e.column, "value": e.value, "problem": e.problem, "remedy": e.remedy}
            for e in look.checked.errors
        ]
        if form == "json":
            answer = {"imported": done, **look.counts(), "errors": errors, "warnings": self.warnings(look)}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
            return
        for error in errors:
            self.stderr.write(
                f"第 {error['row']} 行 {error['column']}：{error['problem']}。{error['remedy']}"
            )
        *warnings, last = self.sentences(look)
        for warning in warnings:
            self.stdout.write(warning)
        self.stdout.write(f"{last}；{'已导入' if done else '未导入'}。")
