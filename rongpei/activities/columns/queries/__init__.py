"""What may be asked, filtered by who asks."""
