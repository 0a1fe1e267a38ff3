"""Every change in culture."""
