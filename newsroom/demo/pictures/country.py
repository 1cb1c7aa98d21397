"""Hills, fields and sky outside the city."""

import math

from .canvas import HEIGHT, Canvas, Point, mix


def orchard_rows(c: Canvas) -> None:
    """Tangerine trees in rows that run to the hills, grass between them, afternoon light from the left."""
    horizon = 360.0
    c.gradient([(0, "#6fb2d9"), (0.7, "#cfe6ea"), (1, "#f6ecd0")], 0, horizon + 40)
    c.mist(20, 300, "#ffffff", 0.8, (5, 4))
    c.glow(160, 140, 520, "#fff6d6", 0.75)
    for i in range(3):
        c.polygon(c.ridge(300 + 26 * i, 58 - 14 * i, 1.3 + 0.8 * i), mix("#93b6bd", "#6c9676", i / 2))
    c.mist(260, 400, "#f4efda", 0.5)
    c.gradient([(0, "#b9c27a"), (0.3, "#8fae4f"), (1, "#4f7f34")], horizon, HEIGHT)
    vanish: Point = (820, horizon - 10)
    for k in range(-14, 15):
        x = 820 + k * 230.0
        c.polygon([vanish, (x - 34, HEIGHT), (x + 34, HEIGHT)], "#b8975c", 0.5)
    for step in range(22):
        near = 0.02 + 0.98 * (step / 21) ** 2.6
        y = horizon + (HEIGHT + 90 - horizon) * near
        for k in sorted(range(-14, 15), key=lambda k: -abs(k)):
            x = vanish[0] + (k + 0.5) * 230 * near * 1.06
            if -160 < x < c.width + 160:
                _tangerine(c, x, y, 84 * near, near)
    c.haze(horizon - 60, horizon, "#fbf1d2", 0.0, 0.5)
    c.haze(horizon, horizon + 170, "#fbf1d2", 0.5, 0.0)
    c.glow(0, 350, 900, "#fff0b8", 0.35)


def _tangerine(c: Canvas, x: float, foot: float, size: float, near: float) -> None:
    """A round tree with fruit, `near` from 0 to 1."""
    c.disc(x + size * 0.5, foot, size * 1.05, "#2b4a22", 0.45, ry=size * 0.2)
    c.line([(x, foot), (x, foot - size * 0.6)], "#54402c", max(1, size * 0.14))
    dark, light = mix("#7d9c72", "#1f4a26", 0.3 + 0.7 * near), mix("#b5c48a", "#7fb045", 0.3 + 0.7 * near)
    tones = tuple(mix(dark, light, t) for t in (0, 0.3, 0.6, 1))
    c.disc(x, foot - size, size * 0.8, tones[0], ry=size * 0.68)
    c.foliage(x - size * 0.05, foot - size * 1.05, size, tones, int(10 + 150 * near**0.6))
    for _ in range(int(3 + 34 * near**0.7)):
        angle, far = c.random.uniform(0, math.tau), math.sqrt(c.random.random()) * 0.86
        fx, fy, r = (
            x + size * far * math.cos(angle),
            foot - size + size * 0.76 * far * math.sin(angle),
            size * 0.062,
        )
        c.disc(fx, fy, r, "#d9701c")
        c.disc(fx - r * 0.25, fy - r * 0.3, r * 0.6, "#ffab3d")


def grain_field(c: Canvas) -> None:
    """A sea of ripe rice in wide format, evening sun, egrets going home."""
    horizon = 400.0
    c.gradient([(0, "#d9854a"), (0.55, "#f6c274"), (1, "#fff0c2")], 0, horizon)
    c.mist(30, 330, "#ffe9c4", 0.8, (9, 4))
    c.glow(1560, 330, 760, "#fff7d6", 0.95)
    c.disc(1560, 318, 62, "#fffdf0")
    c.polygon(c.ridge(360, 36, 0.9), "#b98a5e")
    c.polygon(c.ridge(385, 16, 2.4), "#8f6f42")
    c.gradient([(0, "#e9bd5c"), (0.3, "#d79a31"), (1, "#7f4f14")], horizon, HEIGHT)
    for row in range(64):
        near = (row / 63) ** 1.9
        y = horizon + (HEIGHT + 120 - horizon) * near
        count = int(310 - 215 * near)
        for i in range(count):
            x = (i + c.random.random()) * c.width / count
            _ear(c, x, y, 10 + 165 * near, near)
    c.haze(horizon - 10, horizon + 130, "#fff0c0", 0.6, 0.0)
    for k in range(9):
        x, y, s = 760 + 62 * abs(k - 3) + 20 * k, 170 + 17 * abs(k - 3) - 9 * k, 17 + k % 3 * 3
        for side in (-1, 1):
            c.line([(x, y), (x + side * s * 0.6, y - s * 0.5), (x + side * s * 1.3, y - s * 0.1)], "#fffaf0", 3.6)


def _ear(c: Canvas, x: float, foot: float, tall: float, near: float) -> None:
    """A stalk that bows under its grains; far ones are one stroke."""
    bend = tall * c.random.uniform(0.16, 0.5)
    tone = mix("#a86a18", "#ffdc7a", c.random.random())
    stalk = [
        (x, foot),
        (x + bend * 0.15, foot - tall * 0.7),
        (x + bend * 0.55, foot - tall * 0.95),
        (x + bend, foot - tall * 0.84),
    ]
    c.line(stalk, mix(tone, "#6f5a1a", 0.35), 0.9 + near * 2.4)
    if near < 0.05:
        return
    for k in range(6):
        t = k / 5
        gx, gy = x + bend * (0.4 + 0.66 * t), foot - tall * (0.94 - 0.12 * t * t) + tall * 0.03 * (k % 2)
        c.disc(gx, gy, 1.6 + near * 6.5, mix(tone, "#fff0b0", 0.3 * (k % 2)), ry=1.2 + near * 4.6)


def paper_drying(c: Canvas) -> None:
    """A paper maker brushes wet sheets on to a drying wall in the light of a window."""
    c.gradient([(0, "#8a6f55"), (1, "#5e4736")])
    c.texture((260, 330), 0.12)
    c.shade([(60, 90), (760, 30), (760, 800), (60, 860)], [(0, "#efe3cd"), (1, "#d2bd9c")])
    for row in range(3):
        for col in range(3):
            _sheet(c, 92 + col * 216, 122 + row * 236 - col * 19, 196, 212, 0.55 + 0.45 * c.random.random())
    c.glow(800, 260, 640, "#fff6da", 0.6)
    c.gradient([(0, "#6a5240"), (1, "#33261e")], 858, HEIGHT)
    c.shade([(0, 866), (c.width, 800), (c.width, 846), (0, 900)], [(0, "#4a382b"), (1, "#3a2b21")])
    _maker(c, 560, 960)
    _stack(c, 60, 900)


def _sheet(c: Canvas, x: float, y: float, w: float, h: float, dry: float) -> None:
    """A sheet on the wall, the brush's strokes still in it; `dry` from 0 (wet, grey) to 1 (white)."""
    tone = mix("#cfc5ae", "#fffdf4", dry)
    c.polygon([(x + 5, y + 8), (x + w + 6, y - 10), (x + w + 5, y + h - 8), (x + 6, y + h + 10)], "#6a5540", 0.3)
    c.polygon([(x, y), (x + w, y - 18), (x + w, y + h - 18), (x, y + h)], tone)
    for k in range(26):
        at = y + 6 + k * h / 26
        c.line([(x + 6, at), (x + w - 6, at - 17)], mix(tone, "#a8997c", 0.5), 0.8, 0.4)
    for _ in range(34):
        fx, fy = x + c.random.uniform(8, w - 14), y + c.random.uniform(4, h - 22)
        c.line(
            [(fx, fy), (fx + c.random.uniform(-9, 9), fy + c.random.uniform(-7, 7))],
            mix(tone, "#8f7f60", 0.5),
            0.8,
            0.6,
        )


def _maker(c: Canvas, x: float, foot: float) -> None:
    """The paper maker from behind, an arm raised with the pine brush."""
    coat, skin = "#2f4a5e", "#b98460"
    c.disc(x, foot + 4, 150, "#1c130d", 0.5, ry=18)
    c.polygon([(x - 62, foot), (x - 56, foot - 250), (x + 58, foot - 250), (x + 66, foot)], "#27272d")
    c.line([(x + 2, foot - 220), (x + 2, foot)], "#15151a", 5)
    c.box(x - 86, foot - 488, 172, 120, coat, round_=44)
    c.polygon([(x - 74, foot - 226), (x - 86, foot - 430), (x + 86, foot - 430), (x + 76, foot - 226)], coat)
    c.polygon(
        [
            (x + 14, foot - 226),
            (x + 40, foot - 480),
            (x + 70, foot - 474),
            (x + 86, foot - 430),
            (x + 76, foot - 226),
        ],
        mix(coat, "#a9c0c4", 0.22),
    )
    for joint, r in (((x - 60, foot - 446), 27), ((x - 130, foot - 520), 25)):
        c.disc(*joint, r, coat)
    c.line([(x - 60, foot - 446), (x - 130, foot - 520), (x - 150, foot - 606)], coat, 48)
    c.line([(x - 150, foot - 600), (x - 160, foot - 656)], skin, 27)
    c.disc(x - 160, foot - 660, 20, skin)
    c.line([(x + 70, foot - 452), (x + 112, foot - 370), (x + 74, foot - 300)], mix(coat, "#a9c0c4", 0.2), 42)
    c.box(x - 84, foot - 292, 166, 20, "#d9cfb8")
    c.line([(x - 14, foot - 282), (x - 26, foot - 190)], "#d9cfb8", 9)
    c.disc(x - 2, foot - 536, 45, "#201c1d", ry=50)
    c.disc(x - 47, foot - 534, 9, skin, ry=14)
    c.box(x - 20, foot - 500, 40, 30, skin, round_=10)
    c.polygon([(x - 52, foot - 540), (x - 44, foot - 590), (x + 42, foot - 590), (x + 50, foot - 540)], "#c9b996")
    c.box(x - 206, foot - 690, 92, 34, "#6d5130", round_=6)
    for k in range(26):
        at = x - 204 + k * 3.5
        c.line(
            [(at, foot - 688), (at - 14 + c.random.uniform(-5, 5), foot - 742)],
            c.random.choice(("#3f4a22", "#59642f", "#737a3a")),
            2.4,
        )


def _stack(c: Canvas, x: float, foot: float) -> None:
    """A pile of finished paper on a stool."""
    c.box(x + 8, foot - 10, 190, 18, "#54402f")
    for px in (x + 22, x + 170):
        c.box(px, foot, 16, 100, "#45331f")
    for k in range(22):
        shift = c.random.uniform(-3, 3)
        c.box(x + 14 + shift, foot - 16 - k * 6, 176, 5, mix("#d8ccb2", "#fffdf2", c.random.random()))


def starry_hill(c: Canvas) -> None:
    """The Milky Way over an observatory on a hill, five villages' low lights beneath."""
    c.gradient([(0, "#050a1f"), (0.55, "#132350"), (0.8, "#2f4a7a"), (1, "#5b6d8d")])
    _milky_way(c)
    for _ in range(1500):
        size = c.random.random() ** 6 * 2.3 + 0.45
        tone = c.random.choice(("#ffffff", "#dfe8ff", "#fff1d6"))
        c.disc(c.random.uniform(0, 1000), c.random.uniform(0, 830), size, tone, c.random.uniform(0.4, 1))
    for x, y in ((210, 180), (640, 330), (820, 120)):
        c.glow(x, y, 26, "#dfe9ff", 0.8)
        c.disc(x, y, 2.6, "#ffffff")
    c.line([(720, 250), (560, 330)], "#ffffff", 1.6, 0.7)
    c.polygon(c.ridge(770, 44, 1.2), "#25395f")
    c.mist(700, 860, "#8ea3c0", 0.5)
    hill = c.ridge(830, 60, 0.7)
    top = next(y for x, y in hill[1:] if x >= 640)
    _observatory(c, 640, top)
    c.disc(640, top + 66, 270, "#0e1a33", ry=70)
    c.polygon(hill, "#0e1a33")
    c.polygon(c.ridge(930, 26, 1.9), "#070d1d")
    for _ in range(34):
        lamp = c.random.uniform(40, 560), c.random.uniform(905, 965)
        c.glow(*lamp, 15, "#ffb765", 0.9)
        c.disc(*lamp, 1.8, "#ffe3b0")


def _milky_way(c: Canvas) -> None:
    """A band of faint light and dust across the sky, from the lower left to the upper right."""
    for _ in range(130):
        t = c.random.uniform(-0.1, 1.1)
        spread = c.random.gauss(0, 62)
        x, y = 130 + 760 * t + spread * 0.7, 860 - 900 * t + spread
        tone = c.random.choice(("#8fa6e0", "#b5a3d6", "#d9c3c9", "#7590d0"))
        c.glow(x, y, c.random.uniform(50, 140), tone, 0.19)
    for _ in range(40):
        t = c.random.random()
        drift = c.random.gauss(0, 20)
        c.glow(130 + 760 * t + drift, 860 - 900 * t + drift, c.random.uniform(30, 70), "#0a1130", 0.22)
    for _ in range(2600):
        t, spread = c.random.uniform(-0.1, 1.1), c.random.gauss(0, 58)
        c.disc(130 + 760 * t + spread * 0.7, 860 - 900 * t + spread, c.random.uniform(0.3, 0.9), "#f0f3ff", 0.6)


def _observatory(c: Canvas, x: float, foot: float) -> None:
    """A domed hut with its slit open and a few people beside it."""
    c.glow(x, foot - 70, 150, "#ff8a5c", 0.35)
    c.box(x - 68, foot - 76, 136, 90, "#1a2748")
    c.disc(x, foot - 76, 76, "#33466f", ry=72)
    c.polygon([(x - 84, foot - 76), (x + 84, foot - 76), (x + 84, foot - 62), (x - 84, foot - 62)], "#22335a")
    c.box(x - 68, foot - 66, 136, 80, "#1a2748")
    c.polygon([(x + 8, foot - 148), (x + 34, foot - 140), (x + 44, foot - 80), (x + 16, foot - 80)], "#090f22")
    c.line([(x + 26, foot - 92), (x + 58, foot - 150)], "#9fb0cf", 9)
    c.box(x - 12, foot - 42, 24, 54, "#d8553a")
    for k, px in enumerate((x - 130, x - 108, x + 120)):
        c.disc(px, foot - 38 + k * 2, 6, "#050a18")
        c.box(px - 6, foot - 32 + k * 2, 12, 40, "#050a18", round_=4)
        c.disc(px + 8, foot - 14, 2.6, "#ff4f3a")


def kite_sky(c: Canvas) -> None:
    """Kites over a river meadow, a city far off, people small on the grass holding the lines."""
    c.gradient([(0, "#2f86c4"), (0.55, "#8cc6e6"), (0.85, "#e4f1ea"), (1, "#f4efd6")], 0, 860)
    c.mist(60, 420, "#ffffff", 0.85, (5, 4))
    c.mist(300, 720, "#ffffff", 0.7, (6, 3))
    x = 0.0
    while x < c.width:
        w, h = c.random.uniform(26, 70), c.random.uniform(24, 120)
        c.box(x, 850 - h, w, h + 10, "#a9c4cf")
        x += w + c.random.uniform(2, 20)
    c.polygon(c.ridge(845, 12, 2.5), "#7da58c")
    c.gradient([(0, "#a8c26a"), (1, "#4c8038")], 858, HEIGHT)
    c.texture((120, 30), 0.3, (0, 858, c.width, HEIGHT))
    flyers = [(170, 938), (420, 905), (640, 950), (860, 912), (1090, 944), (1240, 900)]
    kites = [(150.0, 470.0), (350, 240), (610, 430), (820, 180), (1010, 400), (1180, 220)]
    tones = (
        ("#e2382e", "#ffd34d"),
        ("#1f5fa8", "#f4f1e6"),
        ("#f08a24", "#fff0b8"),
        ("#178a72", "#f6d2c4"),
        ("#8c3fa0", "#ffd9ec"),
        ("#d42f55", "#9fe0f0"),
    )
    for (fx, fy), (kx, ky), pair in zip(flyers, kites, tones, strict=True):
        sag = [(fx + (kx - fx) * t / 20, fy - 30 + (ky - fy + 30) * (t / 20) ** 0.85) for t in range(21)]
        c.line(sag, "#ffffff", 1.1, 0.8)
        _flyer(c, fx, fy)
        _swallow(c, kx, ky, 64 + (1000 - ky) * 0.05, pair)
    for _ in range(34):
        far = c.random.uniform(5, 15)
        kx, ky = c.random.uniform(60, c.width - 60), c.random.uniform(80, 640)
        c.polygon(
            [(kx, ky - far), (kx + far * 0.8, ky), (kx, ky + far * 1.3), (kx - far * 0.8, ky)],
            c.random.choice(tones)[0],
            0.9,
        )


def _swallow(c: Canvas, x: float, y: float, s: float, tones: tuple[str, str]) -> None:
    """A swallow kite, `s` half its span, two ribbons behind it."""
    for side in (-1, 1):
        ribbon = [(x + side * s * 0.22 + 11 * math.sin(k / 2), y + s * 0.5 + k * s * 0.12) for k in range(14)]
        c.line(ribbon, tones[1], s * 0.07, 0.95)
        wing: list[Point] = [
            (x, y - s * 0.2),
            (x + side * s * 0.5, y - s * 0.46),
            (x + side * s, y - s * 0.3),
            (x + side * s * 0.72, y),
            (x + side * s * 0.2, y + s * 0.22),
        ]
        c.shade(wing, [(0, tones[0]), (1, mix(tones[0], "#000000", 0.2))])
        c.disc(x + side * s * 0.56, y - s * 0.18, s * 0.15, tones[1])
        c.disc(x + side * s * 0.56, y - s * 0.18, s * 0.07, tones[0])
        c.polygon(
            [(x, y + s * 0.1), (x + side * s * 0.34, y + s * 0.72), (x + side * s * 0.1, y + s * 0.6)],
            mix(tones[0], "#1a1420", 0.3),
        )
    c.disc(x, y, s * 0.17, mix(tones[0], "#1a1420", 0.25), ry=s * 0.42)
    c.disc(x, y - s * 0.34, s * 0.15, tones[0])
    for side in (-1, 1):
        c.disc(x + side * s * 0.06, y - s * 0.37, s * 0.035, "#fffdf4")


def _flyer(c: Canvas, x: float, foot: float) -> None:
    """Somebody small on the grass with both hands up."""
    tone = c.random.choice(("#b8372e", "#27406a", "#e0a42f", "#3a3a48"))
    c.disc(x, foot, 20, "#2d5226", 0.5, ry=5)
    c.line([(x, foot - 36), (x - 6, foot)], "#26262e", 6)
    c.line([(x, foot - 36), (x + 8, foot)], "#26262e", 6)
    c.box(x - 9, foot - 62, 18, 32, tone, round_=6)
    c.line([(x + 4, foot - 56), (x + 15, foot - 78)], tone, 5)
    c.disc(x, foot - 70, 8, "#2a211e")
