"""Joining a checked roster to the people and units that exist: differences, all-or-nothing import, undo."""
