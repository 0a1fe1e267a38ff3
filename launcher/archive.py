"""Reading tar files of unknown origin. Python 3.11.2 has no `filter=`, so every member is judged here."""

import shutil
import tarfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from launcher.say import Refusal


def members(file: tarfile.TarFile, path: Path) -> Iterator[tarfile.TarInfo]:
    """The plain files of an archive; refuses anything that could write elsewhere."""
    for member in file:
        name = PurePosixPath(member.name)
        if name.is_absolute() or ".." in name.parts or "\0" in member.name or not name.parts:
            raise Refusal(f"{path} 里有不安全的文件名，拒绝读取。")
        if member.isdir():
            continue
        if not member.isreg():
            raise Refusal(f"{path} 里有不该出现的链接或设备文件，拒绝读取。")
        yield member


def extract(path: Path, target: Path, *, only: str = "") -> None:
    """Unpack plain files below `target`, those below the folder `only` if one is named."""
    try:
        with tarfile.open(path) as file:
            for member in members(file, path):
                if not only or PurePosixPath(member.name).parts[0] == only:
                    write_member(file, member, target / member.name)
    except (tarfile.TarError, EOFError) as error:
        raise Refusal(f"{path} 不是完好的归档文件。") from error


def write_member(file: tarfile.TarFile, member: tarfile.TarInfo, target: Path) -> None:
    """Write one plain file, never with more rights than its owner's."""
    target.parent.mkdir(parents=True, exist_ok=True)
    source = file.extractfile(member)
    assert source is not None
    with source, target.open("wb") as out:
        shutil.copyfileobj(source, out, 1 << 20)
    target.chmod(member.mode & 0o755 | 0o600)
