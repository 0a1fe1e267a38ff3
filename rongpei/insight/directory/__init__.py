"""The directory: people, units and branches as those see them who may, and the entries behind every number.

It has no models and changes nothing. Every read begins with what the asker may see; the party side of a person
(status, branch, party posts, class hours) is sealed in the query itself, so that no filter, sort or export tells it.
"""
