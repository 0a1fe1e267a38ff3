"""Every form of the pack opened in LibreOffice, as a party office opens it, and turned into pages."""

import re
import shutil
import subprocess

import pytest

from rongpei.ground.tenancy.scope import scope
from rongpei.pipelines.membership.documents.catalogue import FORMS
from rongpei.pipelines.membership.documents.printing import paper_of
from rongpei.pipelines.membership.documents.words import CaseWords
from rongpei.pipelines.membership.tests.desk import TODAY, Desk

SOFFICE = shutil.which("soffice")
# The sample follows the printed form over two pages; the empty register has room for four half-years.
MOST_PAGES = {"form_sample": 2}


@pytest.mark.slow
@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("last", ["submit_application", "archive_materials"])
def test_every_form_is_a_page_in_libreoffice(cast, tmp_path, last):
    """Almost empty, and filled: each is one page, but for those that are two."""
    with scope([cast.h1.tenant.pk]):
        words = CaseWords(Desk(cast.h1).until(last).case, TODAY)
        for form in FORMS:
            (tmp_path / f"{form.code}.docx").write_bytes(paper_of(form, words, secret=form.secret))
    command = [SOFFICE, f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}", "--headless"]
    command += ["--convert-to", "pdf", "--outdir", tmp_path, *sorted(tmp_path.glob("*.docx"))]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    pages = {
        form.code: len(re.findall(rb"/Type\s*/Page\b", (tmp_path / f"{form.code}.pdf").read_bytes()))
        for form in FORMS
    }
    assert all(pages.values())
    allowed = MOST_PAGES | ({"activist_register": 2} if last == "submit_application" else {})
    assert {code: number for code, number in pages.items() if number > allowed.get(code, 1)} == {}
