"""Search on the reading side: what readers find, and nothing that is not published.

`folding`, `tokens`, `asking` and `marking` are pure. `index` is written by the door, `finding.found` asks. Where the
index lies is the affair of `stores`: one module a database, and one for a search server.
"""
