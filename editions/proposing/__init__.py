"""Proposing a page: from stories with their weights and free space to arrangements a designer can take. Pure.

`search.propose` is the way in. What a story needs on paper it asks of `items.Needs`, whose exact answers come
from the typesetter; `shapes` says how one story can stand, `partitions` joins the stories, `scoring` judges.
"""
