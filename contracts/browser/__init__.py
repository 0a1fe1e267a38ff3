"""Contracts of what people see: real Chromium, a real server, a real worker, a database of the test's own."""
