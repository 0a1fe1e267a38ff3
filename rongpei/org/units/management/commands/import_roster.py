"""`./run manage import_roster FILE --hospital CODE [--dry-run] [--format json]`."""

from pathlib import Path
from typing import Any

from rongpei.ground import clock
from rongpei.ground.accounts.actor import System
from rongpei.org.units.importing.command import ImportCommand
from rongpei.org.units.roster.actions import import_roster, upload_roster
from rongpei.org.units.roster.running import Look, look_at


class Command(ImportCommand[Look]):
    """Checks a roster workbook and imports it, all or nothing; exit 1 when it has errors."""

    help = "导入职工花名册（xlsx、xls 或 csv）：要么全部导入，要么都不导入。"

    def look(self, tenant_id: int, path: Path) -> Look:
        return look_at(tenant_id=tenant_id, path=path, filename=path.name)

    def take_over(self, tenant_id: int, path: Path, look: Look) -> None:
        given: dict[str, Any] = {"actor": System(tenant_id), "now": clock.now()}
        run = upload_roster(
            tenant_id=tenant_id, filename=path.name, stored_name="", roster_on=clock.today(), **given
        )
        import_roster(run=run, found=look.found, error_count=look.checked.error_count, **given)

    def sentences(self, look: Look) -> list[str]:
        counts = look.counts()
        return [
            f"新增 {counts['new']} 人，变更 {counts['changed']} 人 {counts['fields']} 处，"
            f"名册里缺失 {counts['gone']} 人，无变化 {counts['unchanged']} 人"
        ]
