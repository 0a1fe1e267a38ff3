"""Every change in the portal."""
