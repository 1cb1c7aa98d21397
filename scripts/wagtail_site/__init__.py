"""A newspaper on Wagtail, as its documentation advises to build one: what the reading site is measured beside."""
