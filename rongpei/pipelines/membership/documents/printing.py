"""From a form and a case to a Word file: which template, which words, which name; and the pack as one archive."""

import zipfile
from collections.abc import Iterable
from typing import IO

from rongpei.kernel.procedures.models import Case
from rongpei.pipelines.membership.documents.catalogue import FORMS
from rongpei.pipelines.membership.documents.fields import SPARE
from rongpei.pipelines.membership.documents.parts import WordForm
from rongpei.pipelines.membership.documents.templates import fields_of, template_of
from rongpei.pipelines.membership.documents.templating import fill
from rongpei.pipelines.membership.documents.words import CaseWords, Number


def empty_fields(form: WordForm, words: CaseWords, *, secret: bool) -> list[str]:
    """Placeholders of a form that still have no words, without those that stay empty in most cases."""
    given = words.of(form, secret=secret)
    return [name for name in fields_of(form, words.own) if name not in SPARE and not given.get(name)]


def paper_of(form: WordForm, words: CaseWords, *, secret: bool, number: Number | None = None) -> bytes:
    """One form of a case as a Word file."""
    return fill(template_of(form, words.own), words.of(form, secret=secret, number=number))


def title_of(form: WordForm, case: Case) -> str:
    """The title with the person's name in it."""
    return form.title.replace("{{姓名}}", str(case.person)).replace("\n", "")


def file_name(form: WordForm, case: Case) -> str:
    """张三-谈话记录.docx."""
    return f"{case.person}-{form.label}.docx"


def pack(target: IO[bytes], forms: Iterable[WordForm], words: CaseWords) -> int:
    """Write forms of a case into one archive, numbered in the order of the steps; how many. The caller chose them."""
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for form in forms:
            count += 1
            name = f"{FORMS.index(form) + 1:02d}-{file_name(form, words.case)}"
            package.writestr(name, paper_of(form, words, secret=form.secret))
    return count


def batch(target: IO[bytes], form: WordForm, every: Iterable[CaseWords]) -> int:
    """Write one form of several cases into one archive; how many."""
    count = 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for words in every:
            count += 1
            name = f"{count:03d}-{file_name(form, words.case)}"
            package.writestr(name, paper_of(form, words, secret=False))
    return count
