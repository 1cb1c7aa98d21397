"""The demo newsroom's photographs, drawn by code: nobody's picture, the same bytes every time."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
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
    "river-dawn": (river_dawn, (2100, 1400)),
    "elevator-tower": (elevator_tower, (1200, 1800)),
    "starry-hill": (starry_hill, (1500, 1500)),
    "orchard-rows": (orchard_rows, (2100, 1400)),
    "market-stalls": (market_stalls, (1800, 1200)),
    "grain-field": (grain_field, (2100, 900)),
    "lunch-trays": (lunch_trays, (1800, 1200)),
    "rain-umbrellas": (rain_umbrellas, (2100, 1400)),
    "opera-stage": (opera_stage, (2100, 1400)),
    "football-pitch": (football_pitch, (2100, 1400)),
    "bus-stop": (bus_stop, (1920, 1440)),
    "heron": (heron, (1200, 1800)),
    "paper-drying": (paper_drying, (1280, 1600)),
    "old-roofs": (old_roofs, (2100, 1400)),
    "tea-table": (tea_table, (1800, 1200)),
    "library-night": (library_night, (2400, 1350)),
    "museum-bronze": (museum_bronze, (1920, 1440)),
    "kite-sky": (kite_sky, (2160, 1620)),
    "footbridge-dusk": (footbridge_dusk, (2100, 1400)),
    "blue-tank": (blue_tank, (1800, 1200)),
    "dragon-boat": (dragon_boat, (1800, 1200)),
}
"""Key of a picture: the function that paints it, its width and height in pixels: 200 an inch where it is printed."""

KEYS = tuple(PICTURES)


def draw(key: str) -> bytes:
    """The picture of that key as an sRGB JPEG; KeyError if there is none."""
    paint, pixels = PICTURES[key]
    canvas = Canvas(key, pixels)
    paint(canvas)
    return canvas.jpeg()


@contextmanager
def drawing() -> Iterator[Callable[[str], bytes]]:
    """Begin to draw every picture on all processors; what it gives waits for the picture of a key."""
    # Started afresh and not forked: what draws shares nothing with a process that has a database open.
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        drawn = {key: pool.submit(draw, key) for key in KEYS}
        yield lambda key: drawn[key].result()
