"""Kinds of objects whose files membership answers for; `site/wiring.py` registers them."""

from rongpei.ground.files.owners import Check
from rongpei.pipelines.membership import rules
from rongpei.pipelines.membership.codes import BOOK_OWNER, DOCUMENT_OWNER, TEMPLATE_OWNER

OWNERS: tuple[tuple[str, Check, Check], ...] = (
    (DOCUMENT_OWNER, rules.may_read_document_files, rules.may_change_document_files),
    (TEMPLATE_OWNER, rules.may_read_template_files, rules.may_change_template_files),
    (BOOK_OWNER, rules.may_read_book_files, rules.may_change_book_files),
)
