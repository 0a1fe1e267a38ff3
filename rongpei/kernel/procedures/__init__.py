"""Procedures: multi-stage processes as frozen declarations, judged by the edition in force on the day of the act.

`declaring`, `facts`, `judging`, `demands` and `votes` are the judging core: plain facts in, findings out, no
database. `models`, `actions` and `queries` keep cases: append-only records, and one row for every open step.
The engine holds no article and no word of any procedure. See docs/recipes/add-a-procedure.md.
"""
