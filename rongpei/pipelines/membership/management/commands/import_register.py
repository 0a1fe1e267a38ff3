"""`./run manage import_register FILE --hospital CODE [--dry-run] [--format json]`."""

from pathlib import Path
from typing import Any

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.org.units.importing.command import ImportCommand
from rongpei.pipelines.membership.registerimport.actions import import_register, upload_register
from rongpei.pipelines.membership.registerimport.looking import Look, look_at
from rongpei.pipelines.membership.registerimport.matching import Asker


class Command(ImportCommand[Look]):
    """Checks a register workbook and imports it, all or nothing; exit 1 when it has errors."""

    help = "导入积极分子和发展对象册（xlsx、xls 或 csv）：要么全部导入，要么都不导入。"

    def look(self, tenant_id: int, path: Path) -> Look:
        asker = Asker(tenant_id, None, ("/",))
        return look_at(asker=asker, path=path, filename=path.name, on=clock.today())

    def take_over(self, tenant_id: int, path: Path, look: Look) -> None:
        given: dict[str, Any] = {"actor": System(tenant_id), "now": clock.now()}
        run = upload_register(tenant_id=tenant_id, filename=path.name, stored_name="", **given)
        import_register(run=run, look=look, today=clock.today(), **given)

    def is_wanted(self, look: Look) -> bool:
        return bool(look.new)

    def warnings(self, look: Look) -> Any:
        return [
            {"row": e.row, "column": e.column, "on": e.on.isoformat(), **e.finding.as_json()}
            for e in look.noted
        ]

    def sentences(self, look: Look) -> list[str]:
        counts = look.counts()
        return [
            *(
                f"第 {e.row} 行 {e.column}：{e.finding.message}（第{e.finding.article}条）"
                for e in look.noted
            ),
            f"新案卷 {counts['new']} 个 {counts['acts']} 条记录，已有且相同 {counts['same']} 人，"
            f"已有但不同 {counts['differing']} 人",
        ]
