"""`./run manage print_procedure CODE [--svg]`: a declaration as documentation or as a diagram."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from rongpei.kernel.procedures.printing import as_markdown, diagram
from rongpei.kernel.procedures.registry import all_registered


class Command(BaseCommand):
    """Markdown, or SVG, alone on standard output."""

    help = "把一个程序打印成文档（Markdown）或流程图（--svg）。"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Which procedure, and how."""
        parser.add_argument("code", help="程序代码，例如 membership")
        parser.add_argument("--svg", action="store_true", help="打印流程图")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        known = {one.procedure.code: one.procedure for one in all_registered()}
        if options["code"] not in known:
            raise CommandError(f"没有程序“{options['code']}”，现有：{'、'.join(known)}。")
        procedure = known[options["code"]]
        text = diagram(procedure) if options["svg"] else as_markdown(procedure)
        self.stdout.write(text, ending="" if text.endswith("\n") else "\n")
