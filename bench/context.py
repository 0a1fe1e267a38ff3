"""What every group of rows is handed."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from bench.databases import env_for
from bench.floors import floor
from bench.kept import hospital_database
from bench.serving import Server


@dataclass(frozen=True, slots=True)
class Context:
    """Where to write, and how much to do."""

    data: Path
    key: str
    entries: int = 500_000

    def floor(self) -> AbstractContextManager[Server]:
        """The floor, served."""
        return floor(self.data / "log" / "bench-floor.log")

    def site(self, database: str) -> Server:
        """The site on a database."""
        return Server(env_for(database), self.data / "log" / f"bench-{database}.log")

    def hospital(self) -> str:
        """The kept hospital; clone it before writing."""
        return hospital_database(self.key)
