"""The demo newsroom's photographs, drawn by code: nobody's picture, the same bytes every time."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from .arena import football_pitch, opera_stage
from .canvas import Canvas
from .city import elevator_tower, library_night, old_roofs
from .country import grain_field, kite_sky, orchard_rows, paper_drying, starry_hill
from .morning import blue_tank, dragon_boat
from .rooms import lunch_trays, museum_bronze, tea_table
from .street import bus_stop, market_stalls, rain_umbrellas
from .water import footbridge_dusk, heron, river_dawn

PICTURES: dict[str, tuple[Callable[[Canvas], None], tuple[int, int]]] = {
    "river-dawn": (river_dawn, (2400, 1600)),
    "elevator-tower": (elevator_tower, (1600, 2400)),
    "starry-hill": (starry_hill, (2000, 2000)),
    "orchard-rows": (orchard_rows, (2400, 1600)),
    "market-stalls": (market_stalls, (2400, 1600)),
    "grain-field": (grain_field, (2520, 1080)),
    "lunch-trays": (lunch_trays, (2400, 1600)),
    "rain-umbrellas": (rain_umbrellas, (2400, 1600)),
    "opera-stage": (opera_stage, (2400, 1600)),
    "football-pitch": (football_pitch, (2400, 1600)),
    "bus-stop": (bus_stop, (2400, 1800)),
    "heron": (heron, (1600, 2400)),
    "paper-drying": (paper_drying, (1760, 2200)),
    "old-roofs": (old_roofs, (2400, 1600)),
    "tea-table": (tea_table, (2400, 1600)),
    "library-night": (library_night, (2560, 1440)),
    "museum-bronze": (museum_bronze, (2400, 1800)),
    "kite-sky": (kite_sky, (2400, 1800)),
    "footbridge-dusk": (footbridge_dusk, (2400, 1600)),
    "blue-tank": (blue_tank, (2400, 1600)),
    "dragon-boat": (dragon_boat, (2400, 1600)),
}
"""Key of a picture: the function that paints it, its width and height in pixels."""

KEYS = tuple(PICTURES)


def draw(key: str) -> bytes:
    """The picture of that key as an sRGB JPEG; KeyError if there is none."""
    paint, pixels = PICTURES[key]
    canvas = Canvas(key, pixels)
    paint(canvas)
    return canvas.jpeg()


def draw_all() -> dict[str, bytes]:
    """Every picture by its key, drawn on all processors at once."""
    # Started afresh and not forked: what draws shares nothing with a process that has a database open.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        return dict(zip(KEYS, pool.map(draw, KEYS), strict=True))
