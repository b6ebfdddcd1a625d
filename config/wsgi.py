"""The door for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.base")
os.environ.setdefault("DATABASE_STATEMENT_SECONDS", "60")  # of pages; of what exports, EXPORT_SECONDS
application = get_wsgi_application()

from config import serving  # noqa: E402 - its models want the settings

serving.begin_pages()
