"""Every template of the project: nothing inline, nothing from elsewhere, every word through gettext."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(ROOT.glob("**/templates/**/*.html"))
TAG = re.compile(r"<[a-zA-Z][^<>]*>")
INLINE = {
    "a style attribute": re.compile(r"\sstyle\s*="),
    "an event handler": re.compile(r"\son[a-z]+\s*=|\shx-on[:-]|hx-vals=.js:"),
    "a style element": re.compile(r"<style\b"),
    "a javascript address": re.compile(r"javascript:"),
    "something from elsewhere": re.compile(r"\b(?:src|href|action)\s*=\s*[\"'](?:https?:)?//"),
}
SCRIPT = re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*application/json)")
TRANSLATED = re.compile(
    r"{%\s*blocktranslate.*?endblocktranslate\s*%}|{%\s*comment.*?endcomment\s*%}|{#.*?#}|{%.*?%}|{{.*?}}|<!--.*?-->",
    re.S,
)
BARE = re.compile(r"[\u4e00-\u9fff]")
LITERAL = re.compile(r"{%(?!\s*(?:translate|trans|blocktranslate|endblocktranslate|comment)\b).*?%}", re.S)


def test_there_are_templates() -> None:
    assert len(TEMPLATES) > 20


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_inline(path: Path) -> None:
    text = path.read_text()
    markup = re.sub(r"{#.*?#}|{%.*?%}", "", text, flags=re.S)
    found = [name for name, sign in INLINE.items() if any(sign.search(tag) for tag in TAG.findall(markup))]
    if SCRIPT.search(markup):
        found.append("a script without src")
    assert not found


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_word_goes_through_gettext(path: Path) -> None:
    text = path.read_text().replace("融培", "").replace('"一二三四五六日"', "")
    bare = TRANSLATED.sub("", text)
    assert not BARE.search(bare), BARE.search(bare)
    inside = [re.sub(r"_\((\"[^\"]*\"|'[^']*')\)", "", tag) for tag in LITERAL.findall(text)]
    assert not [tag for tag in inside if BARE.search(tag)]
