"""`./run bench [NAME]`: the numbers to hold, measured as ratios to a floor of the same run. Never a test."""
