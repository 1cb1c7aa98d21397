"""What the desk's templates need of drawn pages."""

from __future__ import annotations

from django import template

from editions.templating.paper import area, mm

register = template.Library()
register.filter(area)
register.filter(mm)
