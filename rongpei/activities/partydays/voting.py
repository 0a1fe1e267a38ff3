"""What a meeting voted on, and whether it carried.

《支部工作条例》: a decision needs more than half of those entitled in the room, and the yes of more than half of all entitled;
written votes of absentees count in the vote and never in the room (`kernel.procedures.votes`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from rongpei.activities.partydays.models import Motion
from rongpei.activities.partydays.quorum import Quorum
from rongpei.ground.tenancy.prepared import prepared_models
from rongpei.kernel.procedures.votes import Ballots, conflicts, resolution

_YES, _NO, _ABSTAIN = "赞成|同意", "反对", "弃权"
_WRITTEN = r"(?:\s*票)?\s*[（(]\s*另书面\s*(\d+)\s*票?\s*[)）]"  # as `Judged.counts` prints it
_PROMPTS = r"[，,；;：:。\s]*(?:其中)?$"


MOST = 9999  # of one ballot


@dataclass(frozen=True, slots=True)
class Vote:
    """What was voted on and the ballots: those cast in the room, and written ones of absentees."""

    text: str
    yes: int
    no: int = 0
    abstain: int = 0
    written_yes: int = 0
    written_no: int = 0


@dataclass(frozen=True)
class Judged:
    """A motion with what became of it; `faults` are counts that cannot all be true."""

    motion: Motion
    carried: bool
    faults: Sequence[str]

    @property
    def counts(self) -> str:
        """赞成 12 票（另书面 1 票），反对 0 票，弃权 1 票."""
        one = self.motion
        words = [_counted(_("赞成"), one.yes, one.written_yes), _counted(_("反对"), one.no, one.written_no)]
        return "，".join([*words, _counted(_("弃权"), one.abstain, 0)])

    @property
    def yes(self) -> int:
        """All that counts for it: in the room and in writing."""
        return self.motion.yes + self.motion.written_yes

    @property
    def outcome(self) -> str:
        """通过 or 未通过."""
        return _("通过") if self.carried else _("未通过")


def _counted(word: str, number: int, written: int) -> str:
    plain = _("%(word)s %(n)d 票") % {"word": word, "n": number}
    return plain + (_("（另书面 %(n)d 票）") % {"n": written} if written else "")


@prepared_models
def motions_of(*, meeting_id: int) -> QuerySet[Motion]:
    """In the order in which they were put."""
    return Motion.objects.filter(meeting_id=meeting_id).order_by("number")


def judge(motions: Sequence[Motion], quorum: Quorum) -> list[Judged]:
    """Each motion against who was entitled and who was in the room."""
    return [_judge(one, quorum) for one in motions]


def _judge(motion: Motion, quorum: Quorum) -> Judged:
    ballots = Ballots(
        eligible=quorum.entitled, present=quorum.present, yes=motion.yes, no=motion.no, abstain=motion.abstain,
        written_yes=motion.written_yes, written_no=motion.written_no,
    )  # fmt: skip
    return Judged(motion, resolution(ballots).carried is True, list(conflicts(ballots)))


def votes_in(text: str) -> list[Vote]:
    """Votes of pasted minutes, a line each: 同意支委会报告：赞成 12 票，反对 0 票，弃权 1 票."""
    return [vote for line in text.splitlines() if (vote := _vote_in(line))]


def _vote_in(line: str) -> Vote | None:
    yes = _count(line, _YES)
    if yes is None:
        return None
    hits = (yes, _count(line, _NO), _count(line, _ABSTAIN), _written(line, _YES), _written(line, _NO))
    said = re.sub(_PROMPTS, "", line[: min(hit.start() for hit in hits if hit)])
    what = re.sub(r"^\s*\d{1,2}[.、．)）]\s*", "", said).strip("“” ，,：:；;")
    return Vote(what[:200] or _("决议"), *(min(int(hit[1]), MOST) if hit else 0 for hit in hits))


def _count(line: str, words: str) -> re.Match[str] | None:
    """The last that counts: 同意3名同志转正：同意 12 票 names the matter before it counts."""
    found = re.finditer(rf"(?<!书面)(?:{words})\s*[:：]?\s*(\d{{1,5}})(?!\d)", line)
    return max(found, key=re.Match.start, default=None)


def _written(line: str, words: str) -> re.Match[str] | None:
    plain = re.search(rf"书面(?:{words})\s*[:：]?\s*(\d{{1,5}})(?!\d)", line)
    return plain or re.search(rf"(?:{words})\s*\d{{1,5}}{_WRITTEN}", line)
