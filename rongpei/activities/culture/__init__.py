"""Culture: programmes on memorial days, works with their rights, health science for the public, campaign weeks.

A work is shown only while its rights and the consent of everyone in it stand. What people study counts class hours
in the ledger, once.
"""
