"""Things on a table and in a showcase."""

import math

from .canvas import HEIGHT, Canvas, Point, mix


def lunch_trays(c: Canvas) -> None:
    """School lunches from straight above: six trays on a wooden table, each with its dishes."""
    c.gradient([(0, "#d9a86b"), (1, "#c28b4f")])
    for k in range(11):
        y = k * 94.0
        c.box(0, y, c.width, 92, mix("#d3a064", "#e3b87e", c.random.random()))
        for _ in range(16):
            x, at = c.random.uniform(-100, c.width), y + c.random.uniform(6, 88)
            c.line([(x, at), (x + c.random.uniform(80, 360), at + c.random.uniform(-3, 3))], "#a8763f", 1.3, 0.35)
        c.box(0, y + 91, c.width, 3, "#8d6136", 0.7)
    for row in range(2):
        for col in range(3):
            _tray(
                c,
                34 + col * 486,
                56 + row * 462,
                ("#e9eef0", "#bfe0d3", "#f5d9b8", "#c9dcf0", "#f2cfd0", "#e4e2c2")[row * 3 + col],
                row * 3 + col,
            )


def _tray(c: Canvas, x: float, y: float, tone: str, number: int) -> None:
    """A divided tray with its shadow: rice, two dishes, soup and fruit."""
    w, h = 456.0, 420.0
    c.box(x + 10, y + 16, w, h, "#5d3c1c", 0.35, 40)
    c.box(x, y, w, h, mix(tone, "#ffffff", 0.35), round_=40)
    c.box(x + 8, y + 8, w - 16, h - 16, tone, round_=34)
    wells = ((20, 20, 196, 176), (232, 20, 204, 176), (20, 212, 262, 188), (298, 212, 138, 188))
    for wx, wy, ww, wh in wells:
        c.box(x + wx, y + wy, ww, wh, mix(tone, "#56615f", 0.3), round_=26)
        c.box(x + wx + 3, y + wy + 7, ww - 5, wh - 8, mix(tone, "#ffffff", 0.12), round_=24)
    _soup(c, x + 118, y + 108, number)
    _dish(c, x + 334, y + 110, 84, 70, (CHICKEN, PEPPERS, CARROT)[(number + number // 3) % 3])
    _dish(c, x + 110, y + 306, 66, 74, (GREENS, EGG, BROCCOLI)[(number + number // 3) % 3])
    _dish(c, x + 222, y + 310, 50, 66, (EGG, GREENS, CHICKEN)[(number + number // 3) % 3])
    if number != 4:
        _rice(c, x + 367, y + 278)
    _tangerine_whole(c, x + 366, y + 354)


CHICKEN = ("#8a4a1d", "#b8692b", "#d98e45")


PEPPERS = ("#b02a20", "#d9502f", "#5c9a3c")


CARROT = ("#c9641c", "#e88a30", "#8fb04a")


GREENS = ("#2d6628", "#4a8a35", "#86b552")


EGG = ("#d9a520", "#f4c73f", "#d6432f")


BROCCOLI = ("#2a5a2c", "#47803a", "#6fa24c")


def _dish(c: Canvas, x: float, y: float, rx: float, ry: float, tones: tuple[str, ...]) -> None:
    """Pieces of food heaped in a well, its half-widths given."""
    for k in range(74):
        angle, far = c.random.uniform(0, math.tau), math.sqrt(c.random.random()) * (1 - k / 200)
        px, py, r = x + rx * far * math.cos(angle), y + ry * far * math.sin(angle), c.random.uniform(9, 17)
        tone = c.random.choice(tones)
        turn = c.random.uniform(0, math.pi)
        piece: list[Point] = [
            (px + r * math.cos(turn + a) * (1.2 if i % 2 else 0.8), py + r * math.sin(turn + a))
            for i, a in enumerate((0, 1.3, 2.7, 3.9, 5.2))
        ]
        c.polygon([(u + 2, v + 4) for u, v in piece], "#2a1a0c", 0.35)
        c.polygon(piece, tone)
        c.disc(px - r * 0.2, py - r * 0.3, r * 0.36, mix(tone, "#ffffff", 0.45), 0.7, ry=r * 0.2)


def _rice(c: Canvas, x: float, y: float) -> None:
    """A mound of rice with a few black sesame seeds."""
    c.disc(x + 2, y + 6, 60, "#6f6a60", 0.35, ry=56)
    c.disc(x, y, 58, "#f1ece0", ry=54)
    for _ in range(330):
        angle, far = c.random.uniform(0, math.tau), math.sqrt(c.random.random()) * 56
        px, py = x + far * math.cos(angle), y + far * 0.92 * math.sin(angle)
        turn = c.random.uniform(0, math.pi)
        c.line(
            [(px, py), (px + 8 * math.cos(turn), py + 8 * math.sin(turn))],
            c.random.choice(("#ffffff", "#faf6ea", "#dcd5c4")),
            4,
        )
    for _ in range(12):
        c.disc(x + c.random.uniform(-26, 26), y + c.random.uniform(-22, 22), 2.2, "#2b2320")


def _soup(c: Canvas, x: float, y: float, number: int) -> None:
    """A bowl of soup with something green in it."""
    broth = ("#e9c97a", "#d7714a", "#dfe2c0")[number % 3]
    c.disc(x + 5, y + 8, 80, "#3d3a36", 0.35)
    c.disc(x, y, 80, "#fbf8f0")
    c.disc(x, y, 70, mix(broth, "#6d4a20", 0.25))
    c.disc(x, y + 3, 67, broth)
    for _ in range(16):
        angle, far = c.random.uniform(0, math.tau), c.random.uniform(0, 54)
        px, py = x + far * math.cos(angle), y + far * math.sin(angle)
        c.disc(px, py, c.random.uniform(4, 10), c.random.choice(("#4f8a3a", "#79aa4e", "#f8f0d8")), 0.9, ry=5)
    c.arc(x, y, 60, 60, (200, 260), "#fffdf0", 4)


def _tangerine_whole(c: Canvas, x: float, y: float) -> None:
    c.disc(x + 4, y + 6, 40, "#5a4a3a", 0.35)
    c.disc(x, y, 39, "#de7a1c")
    c.disc(x - 4, y - 5, 32, "#f39a2e")
    c.glow(x - 12, y - 14, 26, "#ffd890", 0.9)
    c.polygon([(x, y - 2), (x + 26, y - 20), (x + 34, y - 6), (x + 16, y + 4)], "#4d8a3a")


def museum_bronze(c: Canvas) -> None:
    """A bronze censer with cloud patterns in a dark room, one lamp above it, a visitor's outline beyond."""
    c.gradient([(0, "#0c1013"), (0.6, "#1a2024"), (1, "#0a0c0e")])
    c.glow(667, 330, 760, "#54605c", 0.8)
    for x, tall in ((190, 520), (1170, 560)):
        c.disc(x, 860 - tall, 44, "#0a0d10", 0.9, ry=52)
        c.polygon(
            [
                (x - 110, 870),
                (x - 96, 860 - tall + 130),
                (x - 40, 860 - tall + 66),
                (x + 40, 860 - tall + 66),
                (x + 96, 860 - tall + 130),
                (x + 110, 870),
            ],
            "#0a0d10",
            0.9,
        )
    c.polygon([(620, 0), (714, 0), (1010, 780), (324, 780)], "#fff1cc", 0.09)
    c.blur(12)
    c.shade([(330, 770), (1004, 770), (1090, 850), (244, 850)], [(0, "#8d8474"), (1, "#4b463f")])
    c.shade([(244, 850), (1090, 850), (1090, HEIGHT), (244, HEIGHT)], [(0, "#2c2a28"), (1, "#121110")])
    c.glow(667, 800, 380, "#ffe6b4", 0.55, ry=70)
    c.disc(667, 806, 236, "#14110c", 0.65, ry=24)
    _censer(c, 667, 800)
    c.box(560, 890, 214, 44, "#cfc7b4", round_=3)
    for k in range(2):
        c.box(580, 902 + k * 14, 170 - 50 * k, 4, "#5d564a")


def _censer(c: Canvas, x: float, foot: float) -> None:
    """Three legs, a round belly with clouds and a seam, two ears (one paler, restored), a pierced lid."""
    for leg, pale in ((-128.0, False), (128.0, True), (0.0, False)):
        lx = x + leg
        tones = [(0.0, "#7f8f78"), (1.0, "#5b6a58")] if pale else [(0.0, "#4f7a63"), (1.0, "#1c3329")]
        c.shade(
            [
                (lx - 38, foot - 150),
                (lx + 38, foot - 150),
                (lx + 20, foot - 40),
                (lx + 34, foot),
                (lx - 34, foot),
                (lx - 20, foot - 40),
            ],
            tones,
        )
    for side in (-1, 1):
        ear = "#8b9a82" if side > 0 else "#3f6a54"
        c.arc(x + side * 222, foot - 300, 52, 66, (0, 360), mix(ear, "#0b1712", 0.4), 27)
        c.arc(x + side * 222 - 3, foot - 304, 50, 64, (0, 360), ear, 16)
    belly = [(x + 222 * math.cos(a / 40 * math.tau), foot - 234 + 142 * math.sin(a / 40 * math.tau)) for a in range(40)]
    c.shade(belly, [(0, "#6fa083"), (0.35, "#3f7059"), (1, "#12241c")])
    c.glow(x - 70, foot - 310, 170, "#cfe6c4", 0.5, ry=90)
    _clouds(c, x, foot - 226)
    c.shade(
        [(x - 196, foot - 372), (x + 196, foot - 372), (x + 206, foot - 334), (x - 206, foot - 334)],
        [(0, "#8fb594"), (1, "#2f5745")],
    )
    lid = [
        (
            x + 178 * math.cos(math.pi + a / 20 * math.pi),
            foot - 372 + 112 * math.sin(math.pi + a / 20 * math.pi),
        )
        for a in range(21)
    ]
    c.shade(lid, [(0, "#7fae8c"), (1, "#2a5140")])
    for k in range(9):
        angle = math.pi * (1.1 + k * 0.1)
        c.disc(x + 128 * math.cos(angle), foot - 380 + 66 * math.sin(angle), 11, "#0c1813", ry=8)
    c.shade(
        [
            (x - 22, foot - 484),
            (x + 22, foot - 484),
            (x + 34, foot - 520),
            (x, foot - 566),
            (x - 34, foot - 520),
        ],
        [(0, "#a9c9a4"), (1, "#345c48")],
    )
    seam = [(x + 60 + 13 * math.sin(k * 1.3) + k * 5, foot - 336 + k * 17) for k in range(12)]
    c.line(seam, "#c9a45c", 3.4)
    c.line([(u + 3, v + 2) for u, v in seam], "#0d1a14", 1.6, 0.8)
    for _ in range(150):
        angle, far = c.random.uniform(0, math.tau), math.sqrt(c.random.random())
        c.disc(
            x + 212 * far * math.cos(angle),
            foot - 234 + 132 * far * math.sin(angle),
            c.random.uniform(1.5, 8),
            c.random.choice(("#8fc0a4", "#1d3a2e", "#77503a")),
            0.2,
        )


def _clouds(c: Canvas, x: float, y: float) -> None:
    """A band of scrolled clouds cast round the belly, narrower towards the sides."""
    c.line([(x - 205, y - 56), (x + 205, y - 56)], "#1d3a2d", 4, 0.8)
    c.line([(x - 200, y + 56), (x + 200, y + 56)], "#1d3a2d", 4, 0.8)
    for k in range(-3, 4):
        squeeze = math.cos(k / 3.9 * math.pi / 2)
        px = x + 205 * math.sin(k / 3.9 * math.pi / 2)
        for tone, shift in (("#10231b", 2.5), ("#9cc4a2", 0.0)):
            for turn in range(2):
                spiral = [
                    (
                        px
                        + (turn * 2 - 1) * 5
                        + squeeze * (30 - t) * math.cos(t / 3.2 + turn * math.pi) * 0.95
                        + shift,
                        y + (turn * 2 - 1) * 17 + (30 - t) * 0.7 * math.sin(t / 3.2 + turn * math.pi) + shift,
                    )
                    for t in range(27)
                ]
                c.line(spiral, tone, 3.4, 0.85)


def tea_table(c: Canvas) -> None:
    """A clay pot and two cups on a dark board by a window, steam rising, hills in mist outside."""
    c.gradient([(0, "#a9c2b4"), (1, "#e6e6d2")], 0, 640)
    for i in range(4):
        c.polygon(c.ridge(330 + i * 70, 90 - 14 * i, 0.9 + 0.5 * i), mix("#a3bdae", "#3f6a58", i / 3))
        c.mist(300 + i * 70, 470 + i * 70, "#edf0e2", 0.8)
    c.blur(5, (0, 0, c.width, 640))
    for frame in (0, 490, 1000, 1478):
        c.box(frame, 0, 26, 650, "#33241a")
    c.box(0, 120, c.width, 14, "#33241a")
    c.gradient([(0, "#6f4a30"), (0.12, "#5a3a25"), (1, "#23150d")], 640, HEIGHT)
    for _ in range(70):
        x, y = c.random.uniform(-200, c.width), c.random.uniform(655, 995)
        c.line([(x, y), (x + c.random.uniform(150, 600), y + c.random.uniform(-3, 3))], "#2a1a10", 1.5, 0.4)
    c.glow(640, 700, 700, "#fff2d0", 0.3, ry=110)
    c.disc(640, 846, 360, "#140c07", 0.5, ry=32)
    c.box(300, 806, 720, 36, "#8a6238", round_=14)
    c.box(300, 806, 720, 9, "#b98a55", round_=5)
    _teapot(c, 600, 806)
    for cup in ((900, 806), (1180, 872)):
        _cup(c, *cup)
    for k in range(3):
        steam = [(900 + 26 * k - 26 + 22 * math.sin(t / 4 + k) * (t / 20), 690 - t * 15) for t in range(22)]
        for i, (x, y) in enumerate(steam):
            c.glow(x, y, 16 + i * 2.4, "#ffffff", 0.24 * (1 - i / 24))


def _teapot(c: Canvas, x: float, foot: float) -> None:
    """A round red clay pot: spout to the right, handle to the left, a knob on its lid."""
    clay, dark, light = "#9a4f31", "#4d2113", "#d58c62"
    c.arc(x - 168, foot - 118, 72, 78, (70, 300), dark, 27)
    c.arc(x - 170, foot - 121, 71, 77, (80, 290), clay, 16)
    c.shade(
        [
            (x + 120, foot - 96),
            (x + 150, foot - 40),
            (x + 232, foot - 178),
            (x + 262, foot - 206),
            (x + 226, foot - 204),
            (x + 186, foot - 164),
        ],
        [(0, light), (0.4, clay), (1, dark)],
    )
    body = [(x + 178 * math.cos(a / 40 * math.tau), foot - 112 + 112 * math.sin(a / 40 * math.tau)) for a in range(40)]
    c.shade(body, [(0, light), (0.35, clay), (1, dark)])
    c.glow(x - 60, foot - 170, 120, "#ffd9b4", 0.65, ry=60)
    c.shade(
        [(x - 92, foot - 206), (x + 92, foot - 206), (x + 60, foot - 244), (x - 60, foot - 244)],
        [(0, light), (1, mix(clay, dark, 0.4))],
    )
    c.line([(x - 104, foot - 204), (x + 104, foot - 204)], dark, 5)
    c.disc(x, foot - 258, 24, clay, ry=20)
    c.disc(x - 6, foot - 264, 10, light, ry=7)


def _cup(c: Canvas, x: float, foot: float) -> None:
    """A small white cup of green tea."""
    c.disc(x + 8, foot + 2, 84, "#120a06", 0.5, ry=12)
    c.shade(
        [
            (x - 80, foot - 104),
            (x + 80, foot - 104),
            (x + 54, foot - 8),
            (x + 32, foot),
            (x - 32, foot),
            (x - 54, foot - 8),
        ],
        [(0, "#fbfaf2"), (1, "#a8b0a6")],
    )
    c.disc(x, foot - 104, 80, "#fffef8", ry=22)
    c.disc(x, foot - 101, 72, "#8fa03c", ry=17)
    c.disc(x - 14, foot - 98, 46, "#c2c964", 0.8, ry=9)
    c.line([(x - 60, foot - 66), (x - 42, foot - 26)], "#ffffff", 5, 0.7)
