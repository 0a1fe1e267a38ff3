"""A declaration prints itself."""

import xml.etree.ElementTree as ET

from rongpei.kernel.procedures.printing import as_markdown, diagram, rows
from rongpei.kernel.procedures.tests.baking import BAKING


def test_rows_hold_the_rules_of_the_edition_only():
    old, new = (
        next(row for row in rows(BAKING, edition) if row.code == "cool") for edition in ("old", "new")
    )
    assert old.rules == ()
    assert new.rules == (("晾五个工作日", "9"),)
    assert (new.number, new.after, new.article) == ("2", "烘烤", "2")


def test_markdown_has_every_step_once_an_edition():
    text = as_markdown(BAKING)
    assert all(text.count(f"`{step.code}`") == len(BAKING.editions) for step in BAKING.steps)


def test_the_diagram_is_svg_with_every_step_and_no_style():
    drawn = diagram(BAKING, done=["bake"], open_now=["cool"])
    tree = ET.fromstring(drawn)  # noqa: S314 - our own text
    titles = [one.text for one in tree.iter("{http://www.w3.org/2000/svg}title")]
    assert titles[1:] == ["1 烘烤", "2 晾凉", "3 试吃", "4 收入食谱"]
    assert "style" not in drawn
    assert drawn.count("pd-done") == drawn.count("pd-open") == 1
