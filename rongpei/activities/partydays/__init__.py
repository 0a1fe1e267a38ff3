"""Meetings of party organisations: 主题党日 and 三会一课, from plan to minutes to class hours.

One machinery (gatherings), one rule per kind of meeting. Confirming enters the ledger once; reopening
reverses, and confirming again rewrites.
"""
