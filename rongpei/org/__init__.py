"""Floor 1: people, units, roles and consent as dated facts. It may know the ground only."""
