"""Floor 5: settings, addresses, wiring, home: the one place that knows every room."""
