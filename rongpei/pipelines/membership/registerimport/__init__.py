"""积极分子、发展对象册 as a way in: a running hospital brings its cases along, with the days of steps long taken.

`reading` -> `matching` -> `pasts` -> `looking` (what is new, there already or differing, and what the judge says of it);
`actions` imports all or nothing, and takes the last import back.
"""
