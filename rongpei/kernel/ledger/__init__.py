"""The growth record 成长档案: every hour, service and honour is one entry, and every number counts entries.

Append-only; a correction is a reversing entry. Roll-ups grow in the same transaction by a trigger, so a
count costs the same at ten thousand and ten million entries.
"""
