"""Numbers of member development: what happened in a window, with the names behind every number.

Everything is counted from dated facts, with each person as they were on the day it happened: a later promotion
changes nothing (DOMAIN E, J, L9).
"""
