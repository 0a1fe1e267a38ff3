"""People and what is known of them as of a date.

A person is a row; what changes (party status, title, degree, employment, discipline effect …) is a dated
fact. The row also holds the facts of today, kept by the same action, so that lists stay cheap.
"""
