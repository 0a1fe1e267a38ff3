"""Telling people: the inbox, to-dos with due dates, and messages that leave the house.

`actions.send` writes a batch to any number of inboxes and hands it to outbound channels through one job each.
To-dos are never stored: `todos` asks every registered provider for what is due by the facts.
"""
