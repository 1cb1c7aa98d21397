"""The demo newsroom: an invented city's daily, its staff, stories, pictures and three editions.

Nothing here is imported by the system; a command reads these files once, into an empty newsroom.

- ``newsroom.toml``: the title, its sections, the staff (a role a plain username) and those it credits.
- ``stories/NN-slug.toml``: one story each. Its plain fields come before its tables. ``state`` says where the
  story stands when the demo is loaded: printed, corrected, web, signed_off, final_review, second_review,
  submitted, draft, returned, spiked or withdrawn.
- ``photos.toml``: caption, credit, source, rights and alternative text of each picture.
- ``editions.toml``: yesterday's and today's pages as printed, and tomorrow's being made: what lies on each page,
  where and how. Yesterday's and today's go through proofs, signatures and press to their readers.
- ``pictures``: draws the photographs.

Dates. ``{d0}`` in any text is the date of the edition that a story stands in, as 3月7日; ``{d-1}`` is the
day before it, ``{d+7}`` a week later; ``{w0}`` is its weekday, as 星期四. A story that stands in no edition, nor in
the pool of one, counts from the day of loading. ``lead_in.day`` counts from the same date; ``edition.day`` and
``taken_day`` count from the day of loading. Dates differ in length; the pages have room for the longest.
"""
