"""Consent: versioned texts with their hash, and what a person answered, when and through which channel."""
