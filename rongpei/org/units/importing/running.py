"""An import on its way: the file that waits, the work in the background, and how far it is."""

import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, Self, TypeVar

import psycopg
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection
from django.utils.translation import gettext as _
from psycopg import sql

from rongpei.ground.accounts.actor import Actor, System
from rongpei.ground.audit import Refused
from rongpei.ground.tenancy.scope import scope
from rongpei.org.people.roster.limits import RosterRefusedError
from rongpei.org.units.codes import ImportState
from rongpei.org.units.importing.runs import ImportRun

Run = TypeVar("Run", bound=ImportRun)
_CONNECTION = ("dbname", "user", "password", "host", "port")


def waiting_folder(name: str) -> Path:
    """Where uploads of one kind wait; readable by the application alone."""
    path = Path(settings.RONGPEI_FILES) / name
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def keep(upload: UploadedFile[bytes], folder: Path) -> str:
    """Keep an upload under a random name with the file's ending, and give that name."""
    stored = secrets.token_hex(24) + Path(upload.name or "").suffix.lower()[:6]
    with (folder / stored).open("wb") as kept:
        for chunk in upload.chunks():
            kept.write(chunk)
    return stored


def waiting_file(run: ImportRun, folder: Path) -> Path:
    """The file of a run; raises FileNotFoundError when it was cleared away."""
    path = folder / run.stored_name
    if not run.stored_name or not path.is_file():
        raise FileNotFoundError(path)
    return path


def cleared_words() -> str:
    """What to say when the file was cleared away."""
    return _("上传的文件已经清理，请重新上传。")


class Mark(Protocol[Run]):
    """A room's action that writes on a run what became of it."""

    def __call__(self, *, actor: Actor, run: Run, state: ImportState, outcome: dict[str, object]) -> Run: ...


def work_off(
    model: type[Run],
    run_id: int,
    tenant_id: int,
    person_id: int | None,
    *,
    work: Callable[[Run], None],
    mark: Mark[Run],
) -> None:
    """Read, judge and write in one transaction; what stands against it is written on the run.

    Doing it twice changes nothing the second time.
    """

    def fail(why: str) -> None:
        with scope([tenant_id]):
            run = model.objects.get(pk=run_id)
            mark(actor=System(tenant_id), run=run, state=ImportState.FAILED, outcome={"why": why})

    try:
        with scope([tenant_id], person_id=person_id):
            run = model.objects.get(pk=run_id)
            if run.state == ImportState.IMPORTING:
                work(run)
    except (Refused, RosterRefusedError) as error:
        fail(str(error))
    except FileNotFoundError:
        fail(cleared_words())
    except Exception:
        fail(_("导入中断，没有导入任何人。请重试；仍不行，请告诉信息科。"))
        raise


class ProgressWriter:
    """Tells how far a run is, on a connection of its own: the run's transaction is not yet visible."""

    def __init__(self, run: ImportRun, total: int) -> None:
        told = run.progress._meta
        self._run, self._total = run.pk, total
        self._told = sql.SQL("UPDATE {} SET done = %s, total = %s, step = %s WHERE {} = %s").format(
            sql.Identifier(told.db_table), sql.Identifier(told.pk.attname)
        )
        parameters = {k: v for k, v in connection.get_connection_params().items() if k in _CONNECTION}
        self._own = psycopg.connect(**parameters, autocommit=True)
        self._own.execute("SELECT set_config('rongpei.scope', %s, false)", [str(run.tenant_id)])

    def __call__(self, done: int, step: str) -> None:
        """Report."""
        self._own.execute(self._told, [done, self._total, step, self._run])

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *trouble: object) -> None:
        self._own.close()
