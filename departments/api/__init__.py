"""The JSON API below /api/v1/: what the pages show, and the writing of drafts, for programs.

access    who calls: a token's account or a stranger, and how often they may
errors    the one form in which anything is refused
paging    limit and offset
shapes    what is answered; words: the names of things in it
designs, nodes, finding, charts   reading
writing   drafts, through the same forms and the same room as the screen
service   all of it as one API, and its OpenAPI document

Everything is read through `departments.reading`, so whoever may not see a page may not see its JSON.
"""
