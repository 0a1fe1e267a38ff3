"""Django's PostgreSQL backend, with a health check that costs no question: every page would pay for it."""
