"""The 花名册 (staff and member roster) as a file: reading, checking, writing.

Pure Python: no Django, no database. The room `people` joins it to models.

`reading.read_table` -> `checking.check_rows` -> (the importer) ; `writing` is the way back.
Source: shared/DOMAIN section J (columns), K2 (staff kinds); issue 2 point 7 (limits and behaviour).
"""
