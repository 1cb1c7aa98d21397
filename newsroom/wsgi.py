"""What the web server calls."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
_newsroom = get_wsgi_application()

from articles.public.front import Front  # noqa: E402 (models are there once Django is set up)

application = Front(_newsroom)
