"""Floor 4: pages that only read: directory, dashboards, reports."""
