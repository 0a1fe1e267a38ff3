"""Every act is called by words in the auditor's browser, never by its code."""

import re
from pathlib import Path

import rongpei
from rongpei.ground.audit import labels

_ACT = re.compile(r'@action\(\s*"([^"]+)"')


def test_every_act_has_words() -> None:
    root = Path(rongpei.__file__).parent
    sources = [path for path in root.rglob("*.py") if "tests" not in path.parts]
    codes = {code for path in sources for code in _ACT.findall(path.read_text(encoding="utf-8"))}
    assert len(codes) > 100
    assert sorted(code for code in codes if labels.label_of(code) == code) == []
