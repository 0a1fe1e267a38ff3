"""The pages of 发展党员."""
