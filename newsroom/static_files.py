"""Static files under names that carry their content's hash, so that browsers keep them for good."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class HashedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """As whitenoise keeps them; and a JavaScript module imports its neighbours by their hashed names too, since
    nothing else is served.
    """

    support_js_module_import_aggregation = True
