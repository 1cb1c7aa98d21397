"""Typesetting: from what a page prints, as one frozen value, to its picture and its PDF."""
