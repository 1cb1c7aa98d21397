"""What the web server calls."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
_newsroom = get_wsgi_application()

from django.urls import get_resolver  # noqa: E402 (models are there once Django is set up)

from articles.public.front import Front  # noqa: E402

application = Front(_newsroom)

# What is loaded by now, all views included, lives as long as the process. Python's collector would go through it
# again and again, and somebody's request would wait a tenth of a second for that.
_ = get_resolver().url_patterns
gc.collect()
gc.freeze()
