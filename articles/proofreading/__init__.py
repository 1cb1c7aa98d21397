"""Proofreading aid: checks that a machine can do on a story's words. Pure: no models, no requests.

`checks.CHECKS` is the table; each family of checks is a module. What each does, its source, what it misses and
how often it errs stands in `docs/proofreading.md`.
"""
