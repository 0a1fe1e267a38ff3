"""What the portal's role of the database may see. Settings read it, and `raise_walls` makes it so after every migration.

Not among the rooms: membership with its reviews, party days, gatherings, the ledger, and every pipeline that is not
verification. Shared tables show the role only the rows of the portal's own matters.
"""

ROOMS = frozenset({
    "clock", "tenancy", "accounts", "audit", "files", "notices", "people", "units", "consent", "access", "procedures", "papers",
    "columns", "verification", "account", "socialaccount", "mfa", "usersessions", "sessions", "contenttypes", "procrastinate",
})  # fmt: skip

_MATTERS = "'verification', 'columns.editorial'"
_HERE = "IN (SELECT id FROM {})"
ROWS = {
    "procedures_case": f"procedure IN ({_MATTERS})",
    "procedures_record": f"case_id {_HERE.format('procedures_case')}",
    "procedures_opening": f"procedure IN ({_MATTERS})",
    "papers_paper": "owner_kind = 'verification.form'",
    "papers_question": f"paper_id {_HERE.format('papers_paper')}",
    "papers_invitation": f"paper_id {_HERE.format('papers_paper')}",
    "papers_sheet": f"paper_id {_HERE.format('papers_paper')}",
    "files_storedfile": "owner_kind IN ('verification.application', 'columns.article')",
    "people_fact": "kind IN ('position_type', 'title')",
    "audit_event": "kind = 'view' AND table_name = 'files_storedfile'",
}
