"""`./run manage accounts`: who can sign in to the demonstration."""

import unicodedata
from typing import Any

from django.core.management.base import BaseCommand

from rongpei.site.demonstration.accounts import PASSWORD, demonstration_accounts


class Command(BaseCommand):
    """Prints a table; nothing in production, where no such account exists."""

    help = "列出演示账号：身份、单位代码、工号、密码。"

    def handle(self, *args: Any, **options: Any) -> None:
        """One line an account."""
        rows = [
            (one["label"], one["place"], one["name"], one["code"], one["number"], PASSWORD)
            for one in demonstration_accounts()
        ]
        if not rows:
            self.stdout.write("没有演示账号。")
            return
        table = [("身份", "所在", "姓名", "单位代码", "工号", "密码"), *rows]
        widths = [max(map(_width, column)) for column in zip(*table, strict=True)]
        for row in table:
            cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
            self.stdout.write("  ".join(cells).rstrip())


def _width(text: str) -> int:
    """Columns a text takes in a terminal."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
