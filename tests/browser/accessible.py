"""What axe finds on a page as it stands."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

# Of what keeps the rules nothing is told: gathering that takes longer than looking.
RUN = """([part, options]) =>
  axe.run(part ?? document, { ...options, resultTypes: ["violations"], elementRef: false })
    .then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html.slice(0, 200))]))
"""


def violations(page, part: str | None = None, standards: list[str] | None = None) -> list[str]:
    """Each rule that is broken, with where: of these standards, or of everything that axe knows; in this part of the
    page, or in all of it.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(Axe().axe_script)
    options = {"runOnly": {"type": "tag", "values": standards}} if standards else {}
    return [f"{rule}: {html}" for rule, places in page.evaluate(RUN, [part, options]) for html in places]
