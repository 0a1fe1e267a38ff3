"""What the portal's role of the database may see. Settings read it, and `raise_walls` makes it so after every migration.

Not among the rooms: membership with its reviews, party days, gatherings, the ledger, and every pipeline that is not
verification. Shared tables show the role only the rows and columns of the portal's own matters: nobody's party life,
post, family or identity number, no office held in the Party, and no notice about any of them.
"""

ROOMS = frozenset({
    "clock", "tenancy", "accounts", "audit", "files", "notices", "people", "units", "consent", "access", "procedures", "papers",
    "columns", "verification", "privacy", "account", "socialaccount", "mfa", "usersessions", "sessions", "contenttypes", "procrastinate",
})  # fmt: skip

_MATTERS = "'verification', 'columns.editorial'"
_ADDRESSES = ("/read/", "/desk/", "/join/", "/verify/", "/questions/", "/review/", "/privacy/")
_ROLES = (
    "certificate_reviewer", "editor", "moderator", "publicity_office", "party_office", "outside_hcp", "outside_volunteer",
    "system_admin", "security_admin", "auditor",
)  # fmt: skip
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
    "units_posting": "tree = 'admin'",
    "units_affiliation": "false",
    "units_appointment": "false",
    "units_rosterimport": "false",
    "units_importedperson": "false",
    "units_importprogress": "false",
    "access_holding": f"role IN {_ROLES}",
    "notices_batch": " OR ".join(f"starts_with(url, '{one}')" for one in _ADDRESSES),
    "notices_notice": f"batch_id {_HERE.format('notices_batch')}",
    "notices_delivery": f"batch_id {_HERE.format('notices_batch')}",
    "audit_event": "kind = 'view' AND table_name = 'files_storedfile'",
}

# Of these tables the role reads and changes these columns alone. A column that is added later is closed until it is named.
COLUMNS = {
    "people_person": frozenset({
        "id", "tenant_id", "staff_number", "name", "sort_key", "initials", "user_id", "moved_from_id", "standing", "closed_on",
        "title", "position_type",
    }),
    "units_place": frozenset({"person_id", "tenant_id", "department_id"}),
}  # fmt: skip
# Functions that run as the owner of the tables and filter for themselves.
FUNCTIONS = ("columns_search(tsquery, boolean, integer)",)
