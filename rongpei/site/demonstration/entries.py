"""The columns of ledger entries as the demonstration writes them."""

COLUMNS = (
    "id", "tenant_id", "subject_kind", "person_id", "kind", "occurred_on", "class_hours", "service_hours",
    "person_times", "source_kind", "source_id", "source_label", "branch_id", "department_id", "snapshot",
    "recorded_by", "recorded_at", "reverses_id",
)  # fmt: skip
