"""robots.txt: what crawlers may read, with the house's policy for those that feed language models. Pure.

The names are those that their makers publish for this purpose.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

# Collect texts to train models on.
TRAINING = (
    "AI2Bot",
    "Amazonbot",
    "Applebot-Extended",
    "Bytespider",
    "CCBot",
    "ClaudeBot",
    "Diffbot",
    "GPTBot",
    "Google-Extended",
    "ImagesiftBot",
    "Meta-ExternalAgent",
    "PanguBot",
    "Timpibot",
    "anthropic-ai",
    "cohere-training-data-crawler",
    "omgili",
)
# Fetch a page to answer somebody's question, or keep an index for that, and as a rule name the source.
ANSWERING = (
    "ChatGPT-User",
    "Claude-SearchBot",
    "Claude-User",
    "DuckAssistBot",
    "Meta-ExternalFetcher",
    "MistralAI-User",
    "OAI-SearchBot",
    "Perplexity-User",
    "PerplexityBot",
    "YouBot",
    "cohere-ai",
)
# The words by which a setting names many at once.
GROUPS = {"none": (), "training": TRAINING, "answering": ANSWERING, "all": (*TRAINING, *ANSWERING)}

# The desk shows nothing without a sign-in; what a search finds is found by its stories' own addresses.
CLOSED = ("/desk/", "/admin/", "/accounts/", "/search/")


def denied(said: Iterable[str]) -> list[str]:
    """The crawlers that the setting `said` denies: names and words of `GROUPS`, each crawler once."""
    return list(dict.fromkeys(name for word in said for name in GROUPS.get(word, (word,))))


def robots(closed_to: Sequence[str], prefixes: Sequence[str], sitemaps: Sequence[str]) -> str:
    """The file: everything but the desk is open, and nothing to `closed_to`.

    `prefixes` are what addresses in another language begin with, `sitemaps` absolute addresses.
    """
    lines = ["User-agent: *"]
    lines += [f"Disallow: {prefix}{path}" for prefix in ("", *prefixes) for path in CLOSED]
    if closed_to:
        lines += ["", *(f"User-agent: {name}" for name in closed_to), "Disallow: /"]
    lines += ["", *(f"Sitemap: {sitemap}" for sitemap in sitemaps)]
    return "\n".join(lines) + "\n"
