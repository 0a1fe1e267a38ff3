"""What pages ask. Every question names its asker."""
