"""Life in the street: a bus, a shower, a market before sunrise."""

import math

from .canvas import HEIGHT, Canvas, mix
from .people import passer


def bus_stop(c: Canvas) -> None:
    """A small green and white bus drawing up at a stop in a narrow lane, people waiting."""
    kerb = 820.0
    c.gradient([(0, "#f2d9a8"), (0.5, "#f8ebcb"), (1, "#e3dccb")])
    c.glow(690, 300, 560, "#fffbe9", 0.9)
    for i, tone in enumerate(("#cdbfa9", "#b7a68e")):
        for side in (0, 1):
            _lane_houses(c, side, 330 - i * 150, tone)
    c.shade([(560, 560), (790, 560), (1334, HEIGHT), (-80, HEIGHT)], [(0, "#d3c7b2"), (1, "#84807a")])
    for k in range(14):
        y = 575 + k * k * 2.3
        c.line([(0, y), (c.width, y)], "#77716a", 1.4, 0.25)
    c.shade([(0, kerb), (420, 600), (450, 600), (220, HEIGHT), (0, HEIGHT)], [(0, "#d8ccb8"), (1, "#a89f92")])
    _small_bus(c, 470, 396, 620, 448)
    _stop_sign(c, 400, kerb + 70)
    for x, tall, tone in ((120, 270, "#8c3f3a"), (208, 246, "#31506b"), (292, 190, "#d39a3d")):
        c.disc(x, kerb + 84, tall * 0.26, "#4a443d", 0.35, ry=9)
        passer(c, x, kerb + 84, tall, tone, "#e3b48f")
    c.foliage(90, 120, 210, ("#4b6b3c", "#6d8c48", "#94ab5a", "#c0c877"), 420)
    c.foliage(1290, 60, 170, ("#4b6b3c", "#6d8c48", "#94ab5a", "#c0c877"), 320)


def _lane_houses(c: Canvas, side: int, reach: float, tone: str) -> None:
    """A row of fronts running away, `reach` units wide at the picture's edge; `side` 0 is the left."""

    def at(x: float) -> float:
        return c.width - x if side else x

    c.shade(
        [(at(-5), 0 + reach), (at(reach + 120), 330), (at(reach + 120), 620), (at(-5), 900)],
        [(0, tone), (1, mix(tone, "#6d6152", 0.45))],
    )
    c.polygon(
        [(at(-5), reach - 90), (at(reach + 150), 300), (at(reach + 150), 340), (at(-5), reach + 16)],
        "#59534e",
    )
    for k in range(4):
        x, shrink = 20 + k * (reach + 60) / 4, 1 - k * 0.17
        c.box(min(at(x), at(x + 52 * shrink)), 470 + 22 * k, 52 * shrink, 110 * shrink, "#55483d", round_=3)
        c.box(min(at(x + 5), at(x + 47 * shrink)), 476 + 22 * k, 42 * shrink, 98 * shrink, "#8fa3a0", round_=2)
        c.disc(at(x + 26), 440 + 24 * k, 15 * shrink, "#c8402f", ry=18 * shrink)


def _small_bus(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """The bus, seen three quarters from the front."""
    front = w * 0.44
    c.disc(x + w * 0.5, y + h + 4, w * 0.56, "#3b3833", 0.55, ry=26)
    c.shade(
        [(x + front, y), (x + w, y + 46), (x + w, y + h - 52), (x + front, y + h - 16)],
        [(0, "#e9efe6"), (0.55, "#f4f6ee"), (1, "#3f9468")],
    )
    c.polygon(
        [(x + front, y + h * 0.66), (x + w, y + h * 0.62), (x + w, y + h - 52), (x + front, y + h - 16)],
        "#348a5d",
    )
    for k in range(3):
        left, right = x + front + 22 + k * 104, x + front + 112 + k * 104
        drop = 14 + k * 13
        c.shade(
            [
                (left, y + 62 + drop * 0.5),
                (right, y + 74 + drop * 0.5),
                (right, y + 208 - drop * 0.3),
                (left, y + 216 - drop * 0.3),
            ],
            [(0, "#33505b"), (1, "#86a6a8")],
        )
        c.disc((left + right) / 2, y + 168 + drop * 0.2, 19, "#1f2d33", 0.85)
        c.disc((left + right) / 2, y + 208 - drop * 0.2, 32, "#1f2d33", 0.85, ry=24)
    for wx, r in ((x + front + 80, 52), (x + w - 66, 44)):
        c.disc(wx, y + h - 34, r * 0.8, "#1d1d1f", ry=r)
        c.disc(wx, y + h - 34, r * 0.42, "#8d9496", ry=r * 0.52)
    c.box(x, y - 6, front + 6, h - 4, "#f7f8f1", round_=34)
    c.box(x, y + h * 0.6, front + 6, h * 0.34, "#3a9868", round_=26)
    c.box(x, y + h * 0.58, front + 6, 60, "#3a9868")
    c.box(x + 16, y + 74, front - 26, 176, "#2a434e", round_=18)
    c.polygon([(x + 24, y + 246), (x + 110, y + 78), (x + 190, y + 78), (x + 76, y + 246)], "#9fc0c4", 0.4)
    c.disc(x + 84, y + 176, 24, "#131f25")
    c.disc(x + 84, y + 238, 44, "#131f25", ry=38)
    c.box(x + 40, y + 16, front - 74, 44, "#1b1d1c", round_=8)
    for k in range(7):
        c.box(x + 58 + k * 23, y + 28, 14, 20, "#ffb638", 0.95, round_=2)
    for lx in (x + 34, x + front - 34):
        c.glow(lx, y + h - 102, 78, "#fff4c4", 0.8)
        c.disc(lx, y + h - 102, 20, "#fffbe6")
    c.box(x + 92, y + h - 84, front - 180, 26, "#e8ecdf", round_=4)
    c.line([(x - 2, y + 96), (x - 30, y + 92), (x - 30, y + 150)], "#23282a", 9)


def _stop_sign(c: Canvas, x: float, foot: float) -> None:
    c.box(x - 5, foot - 420, 10, 420, "#3c4a4c")
    c.box(x - 62, foot - 440, 112, 150, "#2f8258", round_=10)
    c.box(x - 52, foot - 430, 92, 40, "#f6f5ea", round_=4)
    for k in range(4):
        c.box(x - 50, foot - 378 + k * 20, 62 + 8 * (k % 3), 8, "#dff0df", round_=3)


def rain_umbrellas(c: Canvas) -> None:
    """A wet square at dusk seen from a height: umbrellas of many colours, their light lying on the stones."""
    c.gradient([(0, "#20293f"), (0.35, "#3b4d63"), (1, "#1d2535")])
    for _ in range(46):
        x, y = c.random.uniform(0, c.width), c.random.uniform(0, 330)
        c.glow(
            x,
            y,
            c.random.uniform(30, 90),
            c.random.choice(("#ffce7a", "#ff8e62", "#8fd0ff", "#ffe9bd")),
            0.55,
        )
    c.blur(9, (0, 0, c.width, 400))
    _paving(c, 250)
    spots = sorted(((c.random.uniform(40, 1460), c.random.uniform(330, 960)) for _ in range(150)), key=lambda s: s[1])
    kept: list[tuple[float, float]] = []
    for x, y in spots:
        if all(math.hypot(x - a, (y - b) * 1.5) > 62 + y * 0.13 for a, b in kept):
            kept.append((x, y))
    tones = (
        "#e2483d",
        "#f2b134",
        "#2f7fb8",
        "#f4efe3",
        "#3f9f7b",
        "#d9688f",
        "#23304a",
        "#e87b35",
        "#6a59a8",
    )
    for i, (x, y) in enumerate(kept):
        _umbrella(c, x, y, 26 + y * 0.085, tones[i * 4 % len(tones)])
    for _ in range(620):
        x, y, fall = c.random.uniform(-40, c.width), c.random.uniform(-40, HEIGHT), c.random.uniform(18, 60)
        c.line(
            [(x, y), (x - fall * 0.22, y + fall)],
            "#dbe7f5",
            c.random.uniform(0.7, 1.5),
            c.random.uniform(0.12, 0.4),
        )


def _paving(c: Canvas, top: float) -> None:
    """Wet stones in perspective, with pools of reflected light."""
    for k in range(18):
        y = top + 750 * (k / 17) ** 1.8
        c.line([(0, y), (c.width, y)], "#101827", 1 + k * 0.12, 0.5)
    for k in range(-16, 34):
        c.line([(750 + (k * 88 - 750) * 0.45, top), (k * 150 - 600, HEIGHT)], "#101827", 1.5, 0.35)
    for _ in range(60):
        x, y = c.random.uniform(0, c.width), c.random.uniform(top + 40, HEIGHT)
        c.glow(x, y, c.random.uniform(50, 130), c.random.choice(("#ffc777", "#ff9d6c", "#89b8dc")), 0.22, ry=26)


def _umbrella(c: Canvas, x: float, y: float, r: float, tone: str) -> None:
    """An umbrella from above and in front, the legs of its bearer, and its colour on the wet ground."""
    foot = y + r * 2.3
    c.glow(x, foot + r * 0.5, r * 1.5, tone, 0.6, ry=r * 0.9)
    c.polygon(
        [
            (x - r * 0.3, y + r * 0.2),
            (x + r * 0.3, y + r * 0.2),
            (x + r * 0.34, y + r * 1.55),
            (x - r * 0.34, y + r * 1.55),
        ],
        "#171c2b",
    )
    c.polygon(
        [(x - r * 0.28, y + r * 1.5), (x - r * 0.04, y + r * 1.5), (x - r * 0.1, foot), (x - r * 0.26, foot)],
        "#0f1320",
    )
    c.polygon(
        [
            (x + r * 0.04, y + r * 1.5),
            (x + r * 0.28, y + r * 1.5),
            (x + r * 0.3, foot - r * 0.12),
            (x + r * 0.14, foot - r * 0.12),
        ],
        "#0f1320",
    )
    rim = [
        (x + r * math.cos(k * math.tau / 8 + 0.3), y + r * 0.62 * math.sin(k * math.tau / 8 + 0.3)) for k in range(8)
    ]
    peak = (x, y - r * 0.34)
    for k in range(8):
        a, b = rim[k], rim[(k + 1) % 8]
        sag = ((a[0] + b[0]) / 2 * 0.94 + x * 0.06, (a[1] + b[1]) / 2 * 0.94 + y * 0.06)
        light = 0.5 - 0.5 * math.sin(k * math.tau / 8 + 0.75)
        c.polygon([peak, a, sag, b], mix(mix(tone, "#0d1220", 0.42), mix(tone, "#ffffff", 0.25), light))
        c.line([peak, a], mix(tone, "#0d1220", 0.5), 1.2, 0.7)
    c.disc(peak[0], peak[1] - 2, r * 0.05, "#f4f0e4")


def market_stalls(c: Canvas) -> None:
    """An early market under a roof: striped awnings, lamps, heaps of vegetables, buyers passing."""
    c.gradient([(0, "#182338"), (0.4, "#33435a"), (0.7, "#4a4a4e"), (1, "#2b2624")])
    for k in range(9):
        c.polygon(
            [
                (k * 190 - 60, 0),
                (k * 190 - 30, 0),
                (750 + (k * 190 - 750) * 0.3, 260),
                (750 + (k * 190 - 770) * 0.3, 260),
            ],
            "#101827",
            0.8,
        )
    c.glow(750, 330, 700, "#ffdca0", 0.6)
    for near, y in enumerate((350, 455, 640)):
        size = (0.42, 0.66, 1.12)[near]
        for i in range((9, 6, 4)[near]):
            _stall(c, -90 + i * 420 * size + near * 60 * (near == 1), y, size, i + near)
        for _ in range((9, 7, 0)[near]):
            tall = (120, 190, 0)[near] * c.random.uniform(0.9, 1.1)
            tone = c.random.choice(("#3c2a2d", "#26394c", "#5a3a2a", "#30343c", "#6d3434"))
            passer(c, c.random.uniform(0, c.width), y + (150, 270, 0)[near], tall, tone, "#c08e6a")
    for x, tall, tone in ((430, 350, "#3b4c63"), (1005, 370, "#7d3a35"), (1110, 250, "#b98a35")):
        passer(c, x, 1010, tall, tone, "#d9a47c")
    c.haze(800, HEIGHT, "#0d0b10", 0.0, 0.5)


def _stall(c: Canvas, x: float, y: float, s: float, number: int) -> None:
    """One stall, `s` its scale: a striped awning, a lamp and three boxes heaped with produce."""
    w, tone = 380 * s, ("#c7473b", "#2f7d6a", "#d99a37", "#38618f")[number % 4]
    c.box(x + w * 0.03, y - 150 * s, 7 * s, 330 * s, "#24201f")
    c.box(x + w * 0.95, y - 150 * s, 7 * s, 330 * s, "#24201f")
    c.box(x + w * 0.04, y - 110 * s, w * 0.92, 200 * s, "#3a2f2a", 0.7)
    c.glow(x + w / 2, y - 30 * s, 210 * s, "#ffd98c", 0.85)
    for k in range(10):
        a, b = x + w * k / 10, x + w * (k + 1) / 10
        c.polygon(
            [(a + w * 0.03, y - 190 * s), (b + w * 0.02, y - 190 * s), (b, y - 100 * s), (a, y - 100 * s)],
            tone if k % 2 else "#f3e7d1",
        )
        c.disc((a + b) / 2, y - 100 * s, w / 20, tone if k % 2 else "#f3e7d1", ry=13 * s)
    c.disc(x + w / 2, y - 72 * s, 11 * s, "#fff6d6")
    c.box(x - 6 * s, y + 86 * s, w + 12 * s, 110 * s, "#5d4230")
    for k in range(3):
        left = x + w * (0.02 + k * 0.33)
        c.box(left, y + 52 * s, w * 0.3, 62 * s, "#8a6540")
        _heap(c, left + w * 0.15, y + 56 * s, w * 0.14, c.random.choice(HEAPS))
        c.box(left, y + 84 * s, w * 0.3, 30 * s, "#9b7349")


HEAPS = (
    ("#8f2a1e", "#cf4a2f", "#f08a5a"),
    ("#2f5f2c", "#5a9440", "#9cc765"),
    ("#b8741c", "#eba32f", "#ffd06b"),
    ("#4a2a55", "#7c4a86", "#ab7fb0"),
    ("#c9bfa2", "#efe7cf", "#fffaf0"),
)
"""Produce, dark to light: tomatoes, greens, tangerines, aubergines, radishes."""


def _heap(c: Canvas, x: float, foot: float, half: float, tones: tuple[str, str, str]) -> None:
    """Round things piled up, the top ones catching the lamp."""
    r = half * 0.19
    for row in range(5):
        count = 7 - row
        for k in range(count):
            px, py = x + (k - (count - 1) / 2) * r * 1.75, foot + r - row * r * 1.35
            c.disc(px, py, r * 1.06, tones[0])
            c.disc(px - r * 0.1, py - r * 0.14, r * 0.86, tones[1])
            c.disc(px - r * 0.28, py - r * 0.36, r * 0.34, tones[2])
