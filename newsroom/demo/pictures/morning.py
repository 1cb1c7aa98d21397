"""What is for tomorrow's paper: children at play, and at the oars."""

import math

from .canvas import HEIGHT, Canvas, mix
from .people import passer

LEAVES = ("#2f5a3a", "#447a45", "#6a9a52", "#93b96a")


def blue_tank(c: Canvas) -> None:
    """A water tank that stood on a roof, now painted like the sky, with a round door, in a courtyard."""
    ground = 690.0
    c.gradient([(0, "#a9d3ea"), (0.6, "#dcecea"), (1, "#f6efd8")], 0, ground)
    c.glow(230, 140, 420, "#fff7da", 0.8)
    c.mist(40, 330, "#ffffff", 0.7)
    _row_of_flats(c, ground)
    for x, y, size in ((70, 520, 130), (1440, 500, 150), (1310, 590, 80)):
        c.line([(x, y), (x + 6, ground + 20)], "#5b4636", 16)
        c.foliage(x, y, size, LEAVES, 150)
    c.shade([(0, ground), (c.width, ground), (c.width, HEIGHT), (0, HEIGHT)], [(0, "#b9c98a"), (1, "#7fa05c")])
    c.shade([(560, ground), (900, ground), (1240, HEIGHT), (330, HEIGHT)], [(0, "#e6dcc2"), (1, "#cdbd9b")])
    c.texture((90, 60), 0.25, (0, ground, c.width, HEIGHT))
    _tank(c, 700, 800)
    for x, foot, tall, colour in (
        (395, 900, 150, "#d8563c"),
        (455, 930, 138, "#e2a93a"),
        (985, 915, 146, "#7a5aa6"),
        (1075, 885, 132, "#3f8f6b"),
        (1180, 930, 210, "#4a5d79"),
    ):
        c.disc(x + 14, foot + 4, tall * 0.3, "#2f3b2a", 0.3, ry=tall * 0.06)
        passer(c, x, foot, tall, colour, "#e7b98f")
    c.haze(800, HEIGHT, "#33451f", 0.0, 0.25)


def _row_of_flats(c: Canvas, ground: float) -> None:
    """Two old blocks of flats with their balconies, wires between them."""
    for left, width, top, wall in ((150, 560, 210, "#d9b79a"), (790, 520, 270, "#cfa58a")):
        c.box(left, top, width, ground - top, wall)
        c.box(left - 10, top - 16, width + 20, 22, mix(wall, "#5a463c", 0.5))
        for y in range(int(top) + 40, int(ground) - 60, 88):
            for x in range(left + 34, left + width - 70, 92):
                c.box(x, y, 54, 44, "#6f8da0", round_=3)
                c.box(x + 4, y + 4, 21, 36, mix("#bcd6de", "#f6e7b8", c.random.random()))
                c.box(x - 6, y + 44, 66, 14, mix(wall, "#8a6650", 0.5))
                if c.random.random() < 0.35:
                    c.foliage(x + 27, y + 40, 16, LEAVES, 14)
    c.haze(180, ground, "#f4e8d0", 0.1, 0.3)


def _tank(c: Canvas, x: float, foot: float) -> None:
    """The tank itself by the middle of its foot: a box with clouds painted on it and a round door."""
    c.disc(x + 40, foot + 4, 320, "#2f3b2a", 0.4, ry=36)
    c.shade(
        [(x - 260, foot), (x - 260, foot - 330), (x + 200, foot - 330), (x + 200, foot)],
        [(0, "#7cc4ee"), (1, "#4f9fd6")],
    )
    c.shade(
        [(x + 200, foot), (x + 200, foot - 330), (x + 290, foot - 360), (x + 290, foot - 40)],
        [(0, "#4c93c6"), (1, "#33719f")],
    )
    c.polygon([(x - 260, foot - 330), (x - 170, foot - 360), (x + 290, foot - 360), (x + 200, foot - 330)], "#a9dcf7")
    for dx, dy, size in ((-190, -250, 34), (-80, -285, 26), (110, -255, 38), (140, -90, 26), (-200, -80, 24)):
        for k in range(4):
            c.disc(
                x + dx + (k - 1.5) * size * 0.8,
                foot + dy + abs(k - 1.5) * 5,
                size * 0.7,
                "#f6fbfd",
                0.95,
                ry=size * 0.5,
            )
    c.disc(x - 30, foot - 130, 108, "#2d6c99")
    c.disc(x - 30, foot - 130, 96, "#1e3a52")
    c.glow(x - 30, foot - 120, 90, "#ffd98a", 0.9)
    c.box(x - 150, foot - 36, 240, 40, "#57a5da")
    passer(c, x - 36, foot - 36, 128, "#e98a3b", "#e7b98f")
    c.line([(x - 250, foot - 350), (x - 250, foot - 420), (x - 196, foot - 420)], "#9aa4a8", 9)


def dragon_boat(c: Canvas) -> None:
    """A long boat of schoolchildren on the river at six in the morning, the steersman standing."""
    shore = 505.0
    c.gradient([(0, "#6f9fb8"), (0.5, "#bcd3cf"), (0.85, "#f7e3bd"), (1, "#fbeccb")], 0, shore)
    c.glow(1130, 390, 430, "#fff2c9", 0.95)
    c.disc(1130, 380, 34, "#fffdf0")
    for i in range(3):
        c.polygon(c.ridge(350 + 45 * i, 44 - 9 * i, 1.6 + i), mix("#a8c0bd", "#5d857f", i / 2))
        c.mist(320 + 45 * i, 450 + 40 * i, "#f6ecd4", 0.7)
    for x in range(-10, 1520, 62):
        c.foliage(x + c.random.uniform(-20, 20), shore - 18, c.random.uniform(24, 46), LEAVES, 30)
    c.reflect(shore, HEIGHT, "#bfd2c8", 0.28, 4)
    c.haze(shore - 30, shore + 130, "#fdf0d2", 0.2, 0.0)
    c.haze(640, HEIGHT, "#1f4a54", 0.0, 0.7)
    c.glints(230, (760, 490, 1500, 980), "#fff4cf", 0.6)
    _crew(c, 150, 1290, 720)


def _crew(c: Canvas, stern: float, bow: float, water: float) -> None:
    """The boat between stern and bow, its oars in one stroke."""
    hull, gold = "#9c2f26", "#e6b24a"
    c.disc((stern + bow) / 2, water + 42, (bow - stern) * 0.52, "#0f2b33", 0.5, ry=20)
    seats = [stern + 130 + k * (bow - stern - 330) / 9 for k in range(9)]
    shirts = ("#f2f0e6", "#e9c84d", "#f2f0e6", "#5aa9c9")
    for k, x in enumerate(seats):
        c.line([(x + 10, water - 78), (x + 62, water - 22), (x + 82, water + 66)], "#7d5a36", 7)
        c.disc(x + 84, water + 70, 24, "#e8f4ee", 0.75, ry=6)
        c.polygon([(x - 26, water - 4), (x - 6, water - 88), (x + 34, water - 84), (x + 26, water - 2)], shirts[k % 4])
        c.line([(x + 8, water - 78), (x + 58, water - 36)], "#d9a578", 11)
        c.disc(x + 22, water - 104, 19, "#2a211d")
        c.disc(x + 28, water - 100, 14, "#d9a578")
    keel = [
        (stern - 70, water - 60),
        (stern, water - 12),
        *[(stern + t * (bow - stern) / 12, water - 8 + 6 * math.sin(math.pi * t / 12)) for t in range(1, 12)],
        (bow, water - 18),
        (bow + 80, water - 96),
        (bow + 62, water - 10),
        (bow - 30, water + 34),
        (stern + 20, water + 34),
    ]
    c.shade(keel, [(0, mix(hull, "#ffffff", 0.15)), (1, mix(hull, "#200c0a", 0.4))])
    c.line([(stern, water + 2), (bow + 30, water - 4)], gold, 6)
    for x in range(int(stern) + 40, int(bow) - 20, 40):
        c.arc(x, water + 16, 18, 12, (200, 340), gold, 3)
    _head(c, bow + 70, water - 100, hull, gold)
    passer(c, stern + 28, water - 6, 176, "#2f5d73", "#d9a578")
    c.line([(stern + 66, water - 104), (stern - 130, water + 74)], "#7d5a36", 8)
    c.disc(bow - 110, water - 34, 36, "#b23a2c", ry=30)
    c.disc(bow - 110, water - 60, 36, "#f0dfb8", ry=13)
    passer(c, bow - 176, water - 6, 140, "#d8563c", "#d9a578")


def _head(c: Canvas, x: float, y: float, hull: str, gold: str) -> None:
    """The carved head at the bow, looking ahead."""
    c.polygon(
        [(x - 30, y + 40), (x - 34, y - 30), (x + 10, y - 56), (x + 76, y - 30), (x + 84, y - 8), (x + 18, y + 6)], hull
    )
    c.polygon([(x + 18, y + 6), (x + 70, y + 8), (x + 40, y + 26), (x - 8, y + 34)], mix(hull, "#200c0a", 0.3))
    for dx, lean in ((-26, -34), (-4, -30)):
        c.line([(x + dx, y - 40), (x + dx + lean, y - 84), (x + dx + lean - 22, y - 92)], gold, 8)
    c.disc(x + 22, y - 28, 10, "#fdf6e0")
    c.disc(x + 25, y - 27, 5, "#1a1514")
    c.line([(x + 60, y + 2), (x + 98, y + 26), (x + 92, y + 52)], gold, 4)
