"""Whether a resolution says of a motion that it passed, though it did not.

A resolution is free text, so it is read narrowly: a sentence that names a lost motion and says that it was agreed to or passed;
or any sentence that says 通过 where nothing passed. A sentence with 未通过 claims nothing, nor does 通过学习 (by studying) or 同意 4 票.
"""

import re
from collections.abc import Sequence

from rongpei.activities.partydays.voting import Judged

_DENIED = re.compile(r"(?:未|没|不|难以)[^，,]{0,8}?(?:通过|同意|批准)")
_COUNTED = re.compile(r"(?:同意|赞成)\s*[:：]?\s*\d+\s*票")
_PASSED = re.compile(
    r"(?:一致|表决|审议|票决|全票|举手|获|获得|予以)通过|通过(?=了|《|“|关于|上述|以上|该|$|[，,、！!：:）)\s])"
)
_AGREED = re.compile(r"同意|批准|通过")
_DECORATION = re.compile(r"^(?:同意|批准|通过|审议|表决|关于|对)+|[“”\"《》\s]")


def _sentences(resolution: str) -> list[str]:
    """Sentences that deny nothing, without counts of votes."""
    sentences = re.split(r"[。；;\n]", resolution)
    return [_COUNTED.sub("", one) for one in sentences if not _DENIED.search(one)]


def claimed(resolution: str, judged: Sequence[Judged]) -> list[Judged]:
    """Lost motions of which the resolution says that they passed."""
    lost = [one for one in judged if not one.carried]
    sentences = _sentences(resolution) if lost else []
    if len(lost) == len(judged) and any(_PASSED.search(one) for one in sentences):
        return lost
    agreed = [_DECORATION.sub("", one) for one in sentences if _AGREED.search(one)]
    return [one for one in lost if any(_named(one) in sentence for sentence in agreed)]


def unclear(resolution: str, judged: Sequence[Judged]) -> list[Judged]:
    """Lost motions beside others that passed, where the resolution says 通过 and not of which."""
    passed = any(_PASSED.search(one) for one in _sentences(resolution))
    told = claimed(resolution, judged)
    return [one for one in judged if passed and not one.carried and one not in told]


def _named(one: Judged) -> str:
    return _DECORATION.sub("", one.motion.text) or one.motion.text
