"""Pinyin of personal names, for sorting, searching and initials.

A surname has its own reading where it differs (单 is shan, 尉迟 is yuchi); given names take each character's commonest one.
Characters without pinyin stand for themselves. Syllables are remembered per character: 100,000 names take well under a second.
"""

from functools import lru_cache
from typing import Final

from pypinyin import Style, lazy_pinyin

# fmt: off
_SURNAMES: Final = {
    "单": "shan4", "解": "xie4", "仇": "qiu2", "区": "ou1", "任": "ren2", "曾": "zeng1", "查": "zha1", "朴": "piao2", "盖": "ge3",
    "翟": "zhai2", "华": "hua4", "覃": "qin2", "冼": "xian3", "乐": "yue4", "尉": "wei4", "缪": "miao4", "召": "shao4", "折": "she2",
    "宁": "ning4", "纪": "ji3", "燕": "yan1", "员": "yun4", "应": "ying1", "过": "guo1", "卜": "bu3", "黑": "he4", "秘": "bi4",
    "种": "chong2", "繁": "po2", "晁": "chao2", "祭": "zhai4", "佴": "nai4", "那": "na1", "哈": "ha3", "俞": "yu2", "褚": "chu3",
    "车": "che1", "贾": "jia3", "沈": "shen3", "曲": "qu1", "葛": "ge3", "万": "wan4", "石": "shi2", "宓": "mi4", "都": "du1",
    "谌": "chen2", "相": "xiang4", "强": "qiang2", "行": "xing2", "柏": "bai3", "谷": "gu3", "句": "gou1", "臧": "zang1", "干": "gan1",
    "贲": "ben1", "费": "fei4", "薄": "bo2", "呙": "guo1", "盛": "sheng4", "仝": "tong2", "瞿": "qu2", "阚": "kan4", "隗": "kui2",
    "洗": "xian3", "炅": "gui4", "长": "chang2", "重": "chong2", "降": "jiang4", "牟": "mu4", "郗": "xi1", "恽": "yun4", "逄": "pang2",
}
# fmt: on
_DOUBLE_SURNAMES: Final = {
    "尉迟": ("yu4", "chi2"),
    "万俟": ("mo4", "qi2"),
    "单于": ("chan2", "yu2"),
    "长孙": ("zhang3", "sun1"),
    "澹台": ("tan2", "tai2"),
    "乐正": ("yue4", "zheng4"),
    "令狐": ("ling2", "hu2"),
    "鲜于": ("xian1", "yu2"),
    "宰父": ("zai3", "fu3"),
}


@lru_cache(maxsize=30_000)
def _syllable(character: str) -> str:
    """Return one character's pinyin with its tone as a digit (ü as v), or the character in lower case."""
    read: list[str] = lazy_pinyin(character, style=Style.TONE3, neutral_tone_with_five=True)
    found = read[0] if read else character
    return found if found != character else character.lower()


@lru_cache(maxsize=1000)  # a name is asked for its order, its initials and its letters in turn
def _syllables(name: str) -> tuple[str, ...]:
    """Return one syllable per character, white space left out."""
    plain = "".join(name.split())
    if len(plain) >= 3 and (double := _DOUBLE_SURNAMES.get(plain[:2])):
        return (*double, *map(_syllable, plain[2:]))
    if plain and (special := _SURNAMES.get(plain[0])):
        return (special, *map(_syllable, plain[1:]))
    return tuple(map(_syllable, plain))


def _toneless(syllable: str) -> str:
    return syllable[:-1] if len(syllable) > 1 and syllable[-1] in "12345" else syllable


def sort_key(name: str) -> str:
    """Return a key that sorts names by byte value as a Chinese list does: pinyin, tone, then the character itself.

    Equal surnames stay together (张 before 章 throughout), 李 stands before 梁, characters without pinyin come last.
    """
    plain = "".join(name.split())
    return " ".join(
        syllable + character for syllable, character in zip(_syllables(plain), plain, strict=True)
    )


def full(name: str) -> str:
    """Return all syllables without tones or spaces: 尉迟敬 → yuchijing. For searching."""
    return "".join(map(_toneless, _syllables(name)))


def initials(name: str) -> str:
    """Return the first letter of each syllable: 尉迟敬 → ycj. For searching."""
    return "".join(syllable[0] for syllable in _syllables(name))
