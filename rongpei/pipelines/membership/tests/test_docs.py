"""The page about the procedure says what the declaration says."""

from pathlib import Path

from rongpei.kernel.procedures.printing import as_markdown
from rongpei.pipelines.membership.statutes import MEMBERSHIP

PAGE = Path(__file__).parents[4] / "docs" / "procedures" / "membership.md"


def test_the_page_is_what_the_declaration_prints():
    assert PAGE.read_text(encoding="utf-8") == as_markdown(MEMBERSHIP), (
        "./run manage print_procedure membership > docs/procedures/membership.md"
    )
