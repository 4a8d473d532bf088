"""Ways out of a finding, planned and tried: pure, from the page and its history to `Fix`.

A check calls the planner that suits it. A fix that edits the page is offered only if the
page, planned again with the edit, lacks the finding and has no new certain one.
"""
