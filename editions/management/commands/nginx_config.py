"""`nginx_config`: the nginx site of this installation, ready to be included in nginx's own configuration."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles.purging import ensure_epoch
from articles.readership.log import MACHINES

TEMPLATE = settings.BASE_DIR / "deploy" / "nginx.conf"
_HSTS = '\n        add_header Strict-Transport-Security "max-age=31536000";'


class Command(BaseCommand):
    help = "Write an nginx site that stands before this installation: kept pages, files, limits."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--application",
            nargs="+",
            default=["127.0.0.1:8000"],
            help="where gunicorn listens, or several do",
        )
        parser.add_argument("--listen", help="where nginx listens; 80, or 443 with a certificate")
        parser.add_argument("--certificate", type=Path, help="the certificate with its chain: TLS and HTTP/2")
        parser.add_argument("--key", type=Path, help="the certificate's key")
        parser.add_argument("--cache", type=Path, default=Path("/var/cache/nginx/newsroom"), help="for kept pages")

    def handle(self, *_args: Any, **options: Any) -> None:
        certificate, key = options["certificate"], options["key"]
        if bool(certificate) != bool(key):
            raise CommandError("--certificate and --key belong together.")
        names = " ".join(name for name in settings.ALLOWED_HOSTS if "*" not in name)
        words = {
            "APPLICATIONS": "\n    ".join(f"server {place} max_fails=0;" for place in options["application"]),
            "CACHE": options["cache"],
            "NAMES": names or "_",
            "STATIC": settings.STATIC_ROOT,
            "MEDIA": Path(storages["public"].path("")),
            "READS": settings.READS_LOG,
            "MACHINES": MACHINES,
            "LISTEN": _listen(options["listen"], certificate, key),
            "REDIRECT": _redirect(names) if certificate else "",
            "HSTS": _HSTS if certificate else "",
        }
        text = TEMPLATE.read_text(encoding="utf-8")
        # The comment at the top speaks of them.
        text = text.replace("@WORDS@", "words in capitals")
        for word, value in words.items():
            text = text.replace(f"@{word}@", str(value))
        ensure_epoch()
        self.stdout.write(text)


def _listen(where: str | None, certificate: Path | None, key: Path | None) -> str:
    if certificate is None:
        return f"listen {where or 80};"
    return (
        f"listen {where or 443} ssl http2;\n"
        f"    ssl_certificate {certificate};\n"
        f"    ssl_certificate_key {key};\n"
        "    ssl_protocols TLSv1.2 TLSv1.3;\n"
        "    ssl_session_cache shared:newsroom_tls:10m;"
    )


def _redirect(names: str) -> str:
    return (
        f"server {{\n    listen 80;\n    server_name {names or '_'};\n    return 301 https://$host$request_uri;\n}}\n\n"
    )
