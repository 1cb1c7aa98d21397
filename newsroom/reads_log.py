"""The log of reads where gunicorn stands alone; with nginx before it, nginx writes it (`deploy/nginx.conf`)."""

from __future__ import annotations

import datetime
from typing import Any

from gunicorn.glogging import Logger

from articles.readership import log


class ReadsLogger(Logger):  # type: ignore[misc]
    """gunicorn's logger, whose access log says of pages that people read when and which, and nothing else."""

    def access(self, resp: Any, req: Any, environ: dict[str, Any], request_time: datetime.timedelta) -> None:
        """Write a line for a read, where the server was started with an access log."""
        agent = environ.get("HTTP_USER_AGENT", "")
        purpose = environ.get("HTTP_SEC_PURPOSE") or environ.get("HTTP_PURPOSE", "")
        is_page = log.is_of_the_paper(environ["RAW_URI"])
        if self.cfg.accesslog and is_page and log.is_read(req.method, resp.status_code, agent, purpose):
            self.access_log.info("%s", log.line(datetime.datetime.now(datetime.UTC), environ["RAW_URI"]))
