"""Floor 3 east: what people do together. Each activity enters the ledger; none knows a pipeline."""
