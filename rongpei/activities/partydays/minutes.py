"""Minutes pasted from a document, taken apart into 议题, 发言摘要, 表决 and 决议 where their headings say so."""

import re
from dataclasses import dataclass, field

_MARKS = r"[一二三四五六七八九十\d]{0,3}[、.．)）]?\s*"
_HEADS = {
    "agenda": r"(?:会议)?(?:议题|议程|主要议程)",
    "minutes": r"(?:发言(?:摘要|记录|情况)?|会议(?:记录|内容|过程)|讨论(?:情况|发言)?|(?:主要)?内容)",
    "resolution": r"(?:会议)?(?:决议|决定(?:事项)?|形成(?:的)?(?:决议|意见)|议定事项)",
    "votes": r"(?:会议)?表决(?:情况|结果|事项)?",
    "host": r"主持人?",
    "recorder": r"记录人?",
    "location": r"(?:会议)?地点",
    "aside": r"(?:会议)?(?:时间|名称|类型)|参会人员|出席(?:人员)?|列席(?:人员)?|缺席(?:人员)?(?:及原因)?|应到|实到|请假",
}
_LINE = {
    name: re.compile(rf"^\s*{_MARKS}[【\[]?(?:{words})[】\]]?\s*(?:[:：]|人数|$)\s*(?P<rest>.*)$")
    for name, words in _HEADS.items()
}
_SHORT = ("host", "recorder", "location")


@dataclass
class Pasted:
    """The parts of pasted minutes; text before any heading, or without one, is the summary of what was said."""

    parts: dict[str, list[str]] = field(default_factory=dict)

    def part(self, name: str) -> str:
        """One part as text."""
        return "\n".join(self.parts.get(name, [])).strip()

    @property
    def agenda(self) -> str:
        return self.part("agenda")

    @property
    def minutes(self) -> str:
        return self.part("minutes")

    @property
    def resolution(self) -> str:
        return self.part("resolution")

    @property
    def votes(self) -> str:
        return self.part("votes")


def take_apart(text: str) -> Pasted:
    """Sort the lines of pasted minutes under their headings; nothing is lost but who came and when, which are known."""
    pasted, current = Pasted(), "minutes"
    for line in text.replace("\r\n", "\n").split("\n"):
        name, rest = _head(line)
        if name is None:
            pasted.parts.setdefault(current, []).append(line.strip())
        elif name in _SHORT:
            pasted.parts[name] = [rest]
        elif name != "aside":
            current = name
            if rest:
                pasted.parts.setdefault(name, []).append(rest)
    return pasted


def _head(line: str) -> tuple[str | None, str]:
    for name, pattern in _LINE.items():
        found = pattern.match(line)
        # A heading is short; a sentence that begins with the word is not one.
        if found and (":" in line or "：" in line or len(line.strip()) <= 10 or name == "aside"):
            return name, found["rest"].strip()
    return None, ""
