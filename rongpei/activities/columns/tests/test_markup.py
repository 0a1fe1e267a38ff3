"""Cleaning what was pasted: Word, WeChat, plain text, attacks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rongpei.activities.columns.comparing import compared
from rongpei.activities.columns.markup import clean
from rongpei.activities.columns.tests.corpus import ATTACKS, WECHAT, WORD
from rongpei.activities.columns.wording import query_of, tokens_of

# What may never stand in a stored text, whatever came in.
NEVER = ("<script", "javascript:", "onerror", "onload", "onclick", "<svg", "<math", "<iframe", "<style", "style=", "data:", "<object", "<embed", "<form", "<base", "<meta", "<link", "srcdoc", "formaction")  # fmt: skip


def test_word_becomes_headings_paragraphs_lists_and_tables() -> None:
    assert clean(WORD).html == (
        "<h2>四步交接</h2><p>清晨七点，<strong>交接班</strong>开始。</p><ul><li>看监护</li><li>问疼痛</li></ul>"
        "<ol><li>看</li><li>问</li></ol>"
        "<table><tbody><tr><td>步骤</td><td>谁做</td></tr></tbody></table>"
    )


def test_wechat_loses_sections_and_foreign_pictures_and_says_so() -> None:
    cleaned = clean(WECHAT)
    assert cleaned.html == "<p><strong>标题</strong> 正文</p><p>第二段<strong>重点</strong></p>"
    assert cleaned.pictures_lost == 1


def test_plain_text_becomes_paragraphs() -> None:
    assert clean("第一段\n第二行\n\n血氧 <90 时").html == "<p>第一段<br>第二行</p><p>血氧 &lt;90 时</p>"


def test_our_own_pictures_stay_with_their_captions() -> None:
    kept = clean(
        '<figure><img src="/read/3/files/12/" alt="四步"><figcaption>图由科室绘制</figcaption></figure>'
    )
    assert (
        kept.html
        == '<figure><img src="/read/3/files/12/" alt="四步"><figcaption>图由科室绘制</figcaption></figure>'
    )
    assert kept.picture_ids == (12,)


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_is_stored(attack: str) -> None:
    stored = clean(attack).html.lower()
    assert not [word for word in NEVER if word in _tags_of(stored)], stored


@given(st.text(alphabet="<>/\"'=&; abponerrimgsvgjavcitd:\n\u3000中文", max_size=120))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(f"<p>{text}</p>").html
    assert clean(once).html == once
    assert not [word for word in NEVER if word in _tags_of(once.lower())]


def _tags_of(html: str) -> str:
    """What stands inside tags; words between them are only words."""
    return "".join(part.split(">")[0] + ">" for part in ("<" + one for one in html.split("<")[1:]))


def test_a_comparison_shows_words_added_and_gone() -> None:
    blocks = compared(
        "<p>每班交接四十分钟。</p><p>旧的一段。</p>", "<p>每班交接三十分钟。</p><p>全新的话在这里。</p>"
    )
    kinds = [(piece.kind, piece.text) for piece in blocks[0].pieces if piece.kind != "same"]
    assert ("gone", "四十分钟") in kinds or ("gone", "四十") in kinds
    assert [block.pieces[0].kind for block in blocks[1:]] == ["added", "gone"] or [
        block.pieces[0].kind for block in blocks[1:]
    ] == ["gone", "added"]


def test_a_comparison_of_the_same_text_shows_no_change() -> None:
    assert not [
        block
        for block in compared("<p>一</p><ul><li>二</li></ul>", "<p>一</p><ul><li>二</li></ul>")
        if block.changed
    ]


def test_two_character_words_are_among_the_tokens() -> None:
    assert {"负压", "病房", "交接班"} <= tokens_of("负压病房的交接班")
    assert query_of("负压 covid-19") == "('负压' | ('负压')) & 'covid':* & '19':*"
    assert query_of("！？ ") == ""
