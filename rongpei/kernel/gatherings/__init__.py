"""People coming together: plan, sittings, who is expected, who came.

Meetings, courses, shifts and trips share it. It knows what presence is, and nothing of what the presence is for.
"""
