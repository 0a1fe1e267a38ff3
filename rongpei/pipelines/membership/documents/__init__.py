"""Word forms of a case: what they hold, where the words come from, the party office's own templates, document numbers.

`catalogue` says which forms there are; `fields` which placeholders a template may use; `words` fills them from the
case; `standard` draws the platform's own templates; `templating` checks and fills any template; `numbering` gives 文号.
"""
