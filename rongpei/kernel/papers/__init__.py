"""Papers people fill in. Questionnaires: questions, who is asked, one answer a person, results.

It knows what a question is, and nothing of what the answers are for. Rooms own papers (`owner_kind`, `owner_id`) and call
these functions inside their actions.
"""
