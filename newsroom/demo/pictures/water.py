"""River, lake and what stands beside them."""

import math
from itertools import pairwise

from .canvas import HEIGHT, Canvas, Point, mix
from .people import walker


def river_dawn(c: Canvas) -> None:
    """An old bridge of three arches over a river at first light, a boat lying below it."""
    shore = 620.0
    c.gradient([(0, "#31456f"), (0.35, "#8c7a9c"), (0.62, "#eda77c"), (0.85, "#fcd9a0"), (1, "#fdeac4")], 0, shore)
    c.glow(1020, 560, 620, "#fff0c4", 0.9)
    c.disc(1020, 520, 46, "#fff8e2")
    for i, (base, rise) in enumerate(((500, 70), (545, 48), (580, 30))):
        c.shade(
            c.ridge(base, rise, 1.4 + i),
            [(0, mix("#7b7599", "#5d5473", i / 2)), (0.5, "#c99a8d"), (1, "#c99a8d")],
        )
        c.mist(base - 60, base + 110, "#fbdcb4", 0.55)
    _far_town(c, shore)
    _stone_bridge(c, shore)
    c.reflect(shore, HEIGHT, "#3b4668", 0.22)
    c.haze(shore, shore + 120, "#ffe5ba", 0.45, 0.0)
    c.haze(760, HEIGHT, "#161c38", 0.0, 0.6)
    c.glints(260, (820, 640, 1230, 990), "#fff0c8", 0.75)
    c.mist(570, 720, "#ffe8c8", 0.5, (7, 4))
    _sampan(c, 430, 850)
    _willow(c, 1395, 0)


def _far_town(c: Canvas, shore: float) -> None:
    """A low line of roofs along the far bank."""
    x = -20.0
    while x < c.width:
        w, h = c.random.uniform(30, 80), c.random.uniform(18, 50)
        c.box(x, shore - h, w, h, "#6b5570")
        c.polygon([(x - 6, shore - h), (x + w / 2, shore - h - 15), (x + w + 6, shore - h)], "#54435f")
        x += w + c.random.uniform(-4, 26)


def _stone_bridge(c: Canvas, shore: float) -> None:
    """A humped deck with a parapet, cut by three arches."""
    left, right, dark = 130.0, 980.0, "#2c2a45"
    deck = [(x, shore - 62 - 96 * math.sin(math.pi * (x - left) / (right - left))) for x in range(130, 981, 10)]
    body = [
        (left - 130, shore - 40),
        *deck,
        (right + 160, shore - 40),
        (right + 160, shore + 4),
        (left - 130, shore + 4),
    ]
    c.shade(body, [(0, "#4b4262"), (1, dark)])
    c.line([(left - 130, shore - 56), *[(x, y - 14) for x, y in deck], (right + 160, shore - 56)], "#39345a", 7)
    for x, y in deck[::3]:
        c.line([(x, y), (x, y - 24)], "#39345a", 6)
    for centre, span, height in ((322, 92, 84), (555, 118, 122), (788, 92, 84)):
        arch = [
            (centre + span * math.cos(a / 20 * math.pi), shore + 4 - height * math.sin(a / 20 * math.pi))
            for a in range(21)
        ]
        c.shade(arch, [(0, "#dba585"), (1, "#fbd5a4")])
        c.line(arch, "#5f5272", 6)
    for x in (470, 505):
        y = shore - 62 - 96 * math.sin(math.pi * (x - left) / (right - left))
        walker(c, x, y, 32, "#221f38")


def _sampan(c: Canvas, x: float, y: float) -> None:
    """A covered boat with its boatman, and its shadow."""
    ink = "#171a30"
    c.disc(x + 10, y + 26, 175, ink, 0.4, ry=12)
    c.polygon(
        [
            (x - 190, y - 20),
            (x - 150, y + 20),
            (x + 130, y + 20),
            (x + 190, y - 26),
            (x + 120, y - 6),
            (x - 120, y - 4),
        ],
        ink,
    )
    c.polygon(
        [(x - 60, y), (x - 55, y - 46), (x - 30, y - 62), (x + 45, y - 62), (x + 70, y - 46), (x + 76, y)],
        "#262843",
    )
    c.line([(x - 30, y - 62), (x + 45, y - 62)], "#7d6c7c", 3, 0.8)
    walker(c, x + 132, y - 6, 84, ink)
    c.line([(x + 150, y - 60), (x + 96, y + 110)], ink, 4)


def _willow(c: Canvas, x: float, y: float) -> None:
    """Branches that hang into the picture from above."""
    for _ in range(46):
        start, length = x + c.random.uniform(-190, 150), c.random.uniform(150, 520)
        lean = c.random.uniform(-40, 14)
        twig = [(start + lean * (t / 10) ** 2, y - 10 + length * t / 10) for t in range(11)]
        c.line(twig, "#1d2138", 1.8, 0.9)
        for px, py in twig[2:]:
            for k in range(3):
                at = py + k * length / 30
                c.line([(px, at), (px - 12, at + 17)], "#1f263c", 3, 0.85)
                c.line([(px, at), (px + 10, at + 18)], "#232b40", 3, 0.85)


def heron(c: Canvas) -> None:
    """A white heron among reeds, morning mist on the lake behind it."""
    shore = 470.0
    c.gradient([(0, "#8fb3b5"), (0.5, "#c7d7cb"), (1, "#efe9d2")], 0, shore)
    c.glow(180, 200, 330, "#fff6d8", 0.8)
    for i in range(3):
        c.polygon(c.ridge(330 + 50 * i, 34 - 6 * i, 2.2 + i), mix("#9cbab3", "#5f8a83", i / 2))
        c.mist(300 + 50 * i, 460 + 40 * i, "#f1efdd", 0.75)
    c.reflect(shore, HEIGHT, "#cfdccf", 0.3, 3)
    c.haze(shore - 60, shore + 130, "#f4f0de", 0.0, 0.4)
    c.haze(620, HEIGHT, "#2d5a5c", 0.0, 0.75)
    c.glints(150, (0, 520, c.width, 990), "#f7f6e6", 0.35)
    for ring in range(4, 0, -1):
        c.arc(358, 832, 34 * ring, 8 * ring, (0, 360), "#dfe9de", 1.6)
    _reeds(c, 40, 200, 34, "#3e6f62")
    _heron_body(c, 350, 560)
    _reeds(c, 520, 680, 40, "#234b49")
    _reeds(c, -20, 120, 26, "#1d4143")


def _heron_body(c: Canvas, x: float, y: float) -> None:
    """The bird itself, looking left, its middle at the point given; its broken image lies in the water."""
    white, dim, leg = "#fdfcf5", "#cfdad5", "#2f3b3a"
    for k in range(11):
        c.disc(x + 4 * math.sin(k * 2.1), y + 300 + k * 12, 58 - 4.4 * k, white, 0.5 - 0.04 * k, ry=3.6)
    c.line([(x + 6, y + 78), (x + 2, y + 180), (x + 8, y + 274)], leg, 5)
    c.line([(x + 30, y + 70), (x + 34, y + 176), (x + 24, y + 270)], leg, 5)
    c.shade(
        _curve(
            [
                (x - 62, y - 40),
                (x - 40, y + 40),
                (x + 20, y + 92),
                (x + 90, y + 90),
                (x + 178, y + 152),
                (x + 120, y + 60),
                (x + 74, y - 6),
                (x + 10, y - 62),
                (x - 40, y - 70),
            ]
        ),
        [(0, white), (1, dim)],
    )
    for k in range(7):
        c.line([(x + 6 + 13 * k, y - 24 + 9 * k), (x + 70 + 11 * k, y + 58 + 10 * k)], "#b9c8c2", 2, 0.8)
    neck = _curve(
        [
            (x - 36, y - 30),
            (x - 66, y - 70),
            (x - 50, y - 130),
            (x - 16, y - 168),
            (x - 18, y - 214),
            (x - 48, y - 236),
        ],
        False,
    )
    for i, (px, py) in enumerate(neck):
        c.disc(px, py, 24 - 11 * min(1, i / len(neck) * 1.25), white)
    c.disc(x - 50, y - 236, 21, white, ry=15)
    c.polygon([(x - 64, y - 243), (x - 152, y - 222), (x - 62, y - 228)], "#d79a3c")
    c.disc(x - 59, y - 239, 3.4, "#1d2626")
    c.line(_curve([(x - 34, y - 242), (x + 4, y - 232), (x + 38, y - 200)], False), white, 4)


def _curve(points: list[Point], closed: bool = True, steps: int = 12) -> list[Point]:
    """A smooth line through the points (Catmull-Rom), `steps` pieces between each two."""
    last = len(points) - 1
    whole = [points[-1], *points, *points[:2]] if closed else [points[0], *points, points[last]]
    return [
        (_between([p[0] for p in four], s / steps), _between([p[1] for p in four], s / steps))
        for four in zip(whole, whole[1:], whole[2:], whole[3:], strict=False)
        for s in range(steps)
    ]


def _between(v: list[float], t: float) -> float:
    """The value at `t` (0 to 1) on the way from the second of four values to the third."""
    bend = 2 * v[0] - 5 * v[1] + 4 * v[2] - v[3]
    twist = 3 * v[1] - v[0] - 3 * v[2] + v[3]
    return 0.5 * (2 * v[1] + (v[2] - v[0]) * t + bend * t * t + twist * t**3)


def _reeds(c: Canvas, left: float, right: float, count: int, colour: str) -> None:
    """Blades and seed heads that rise from the picture's foot."""
    for i in range(count):
        x, tall = c.random.uniform(left, right), c.random.uniform(180, 470)
        lean = c.random.uniform(-60, 60)
        blade = [(x + lean * (t / 8) ** 2, HEIGHT + 10 - tall * t / 8) for t in range(9)]
        c.line(blade, mix(colour, "#0f2a2d", c.random.random() * 0.5), c.random.uniform(2.5, 6))
        if i % 5 == 0:
            c.line(blade[-2:], "#6d5b3e", 12)


def footbridge_dusk(c: Canvas) -> None:
    """A new footbridge curving over a river, its handrail lit, the far bank going to sleep."""
    shore = 560.0
    c.gradient([(0, "#141d44"), (0.4, "#3f3f78"), (0.72, "#b06a84"), (0.92, "#f0a376"), (1, "#f8c48c")], 0, shore)
    c.glow(330, 560, 560, "#ffb884", 0.7)
    for _ in range(70):
        c.disc(c.random.uniform(0, c.width), c.random.uniform(0, 260), c.random.uniform(0.6, 1.7), "#f5eeff", 0.7)
    c.disc(1180, 150, 30, "#fff3d8")
    c.disc(1193, 143, 27, "#232a58")
    c.polygon(c.ridge(500, 40, 1.6), "#4a3a66")
    c.polygon(c.ridge(535, 22, 3.1), "#33294f")
    _lit_bank(c, shore)
    c.reflect(shore, HEIGHT, "#1a2048", 0.25)
    c.haze(740, HEIGHT, "#0a0f2a", 0.0, 0.65)
    c.glints(120, (150, 580, 620, 960), "#ffc894", 0.5)
    _curving_deck(c)


def _lit_bank(c: Canvas, shore: float) -> None:
    """Trees and houses on the far bank, some windows lit."""
    for _ in range(90):
        c.disc(c.random.uniform(0, c.width), shore - c.random.uniform(0, 14), c.random.uniform(12, 30), "#1c1a39")
    for _ in range(24):
        x, h = c.random.uniform(0, c.width), c.random.uniform(30, 110)
        c.box(x, shore - h, c.random.uniform(26, 54), h, "#231f42")
        for _ in range(4):
            c.box(x + c.random.uniform(3, 22), shore - c.random.uniform(10, h), 4.5, 5.5, "#ffd58a", 0.9)


def _curving_deck(c: Canvas) -> None:
    """The bridge: it starts big at the lower right, bends and ends small on the far bank."""
    path = []
    for i in range(121):
        t = i / 120
        x = 1560 - 1380 * t + 260 * math.sin(math.pi * t)
        path.append((x, 905 - 352 * t**0.72, 46 * (1 - t) ** 1.15 + 5))
    for t in (14, 40, 66, 90, 106):
        x, y, w = path[t]
        c.shade(
            [(x - w * 0.35, y), (x + w * 0.35, y), (x + w * 0.22, y + w * 4.2), (x - w * 0.22, y + w * 4.2)],
            [(0, "#4f4a78"), (1, "#1b1d3f")],
        )
    c.shade(
        [(x, y) for x, y, _ in path] + [(x, y + w) for x, y, w in reversed(path)],
        [(0, "#5d4f7c"), (1, "#23244a")],
    )
    c.line([(x, y + w * 0.12) for x, y, w in path], "#ffe2a6", 4)
    for a, b in pairwise(path):
        c.line([(a[0], a[1] - a[2] * 1.5), (b[0], b[1] - b[2] * 1.5)], "#d9c8c4", max(1.2, a[2] * 0.1))
    for x, y, w in path[::2]:
        c.line([(x, y), (x, y - w * 1.5)], "#8f82a5", max(0.8, w * 0.045))
    for x, y, w in path[::5]:
        c.glow(x, y - w * 0.5, 20 + w * 1.9, "#ffdc9a", 0.5)
    for t, sway in ((31, 0), (35, 6), (56, 2), (72, 0), (86, 4)):
        x, y, w = path[t]
        walker(c, x + sway, y + w * 0.1, w * 2.3, "#191736")
