"""Floor 3 west: what leads people somewhere. Pipelines read the ledger and know no activity."""
