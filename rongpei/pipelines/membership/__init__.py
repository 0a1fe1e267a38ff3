"""发展党员: from the application to full membership in twenty-five lawful steps, under the editions of 2014 and 2026.

`statutes` is the regulation as data; `casefile` reads a case written as JSON; the engine is `kernel.procedures`.
"""
