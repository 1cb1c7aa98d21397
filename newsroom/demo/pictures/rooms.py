"""A stage, a table, a showcase, and a pitch seen from above."""

import math

from .canvas import HEIGHT, Canvas, Point, mix


def opera_stage(c: Canvas) -> None:
    """A country opera at night: one singer in water sleeves under a lantern, heads of the crowd before the boards."""
    c.gradient([(0, "#07080f"), (1, "#1a0d12")])
    c.shade([(210, 90), (1290, 90), (1290, 660), (210, 660)], [(0, "#1f2b52"), (0.6, "#4a4a7c"), (1, "#c07a5f")])
    c.disc(1010, 230, 62, "#fdf0cf")
    c.glow(1010, 230, 210, "#fdeec5", 0.5)
    c.polygon([(210, 560), (430, 450), (640, 560), (830, 470), (1080, 570), (1290, 490), (1290, 670), (210, 670)], "#2c2b55", 0.9)
    c.polygon([(210, 610), (520, 575), (900, 620), (1290, 580), (1290, 670), (210, 670)], "#7c6a86", 0.6)
    _curtain(c, 130, 330, -1)
    _curtain(c, 1370, 330, 1)
    _valance(c)
    c.shade([(150, 655), (1350, 655), (1500, 790), (0, 790)], [(0, "#a8653a"), (1, "#6b3a22")])
    for k in range(-12, 32):
        c.line([(150 + k * 60, 655), (k * 78 - 30, 790)], "#4a2716", 1.6, 0.7)
    c.glow(720, 700, 520, "#ffdf9e", 0.75, ry=120)
    c.polygon([(560, 90), (640, 90), (1010, 760), (430, 760)], "#fff2cf", 0.1)
    _lantern_pole(c, 1090, 690)
    _singer(c, 700, 735)
    _musicians(c)
    c.gradient([(0, "#2a130f"), (1, "#0c0709")], 788, HEIGHT)
    c.box(0, 786, c.width, 10, "#d99b4a")
    _crowd(c)


def _curtain(c: Canvas, edge: float, width: float, side: int) -> None:
    """A red drape in folds, drawn back to one side."""
    for k in range(14):
        a, b = edge - side * width * (1 - k / 14) * 0.75, edge - side * width * (1 - (k + 1) / 14) * 0.75
        pull = 60 * side * (1 - k / 14)
        tone = mix("#5d0f14", "#c8312a", 0.5 + 0.5 * math.sin(k * 1.7))
        c.shade([(a, 40), (b, 40), (b + pull, 700), (a + pull, 700)], [(0, mix(tone, "#000000", 0.3)), (0.6, tone), (1, mix(tone, "#ffb060", 0.15))])
    far = -40 if side < 0 else c.width - (c.width - edge) + 40
    c.polygon([(far, 30), (edge + side * 30, 30), (edge + side * 30, 720), (far, 720)], "#3a0a10")
    c.box(*(0, 0, edge, 790) if side < 0 else (edge, 0, c.width - edge, 790), "#1c090d")


def _valance(c: Canvas) -> None:
    """The scalloped hanging along the top of the stage, gold along its edge."""
    c.box(130, 0, 1240, 74, "#8f1d1c")
    for k in range(16):
        x = 130 + (k + 0.5) * 77.5
        c.disc(x, 74, 44, "#e0a33c", ry=34)
        c.disc(x, 70, 41, "#a92622", ry=31)
        c.line([(x, 104), (x, 122)], "#e0a33c", 4)
    c.box(130, 40, 1240, 6, "#e0a33c")


def _lantern_pole(c: Canvas, x: float, foot: float) -> None:
    """The ferry's mast with its lantern, in front of the painted river."""
    c.line([(x, foot), (x - 8, 250)], "#3c2417", 11)
    c.line([(x - 8, 262), (x - 70, 282)], "#3c2417", 6)
    c.glow(x - 70, 330, 170, "#ffc868", 0.9)
    c.disc(x - 70, 330, 30, "#ffb040", ry=37)
    c.disc(x - 70, 330, 15, "#fff0c0", ry=30)
    c.box(x - 84, 288, 28, 8, "#5d2a14")
    c.box(x - 84, 364, 28, 8, "#5d2a14")


def _singer(c: Canvas, x: float, foot: float) -> None:
    """The singer, one white sleeve thrown up and away, the other falling."""
    robe, light, dark = "#2f8a94", "#7cc6c4", "#17525f"
    c.disc(x, foot + 2, 130, "#2a1309", 0.55, ry=16)
    for wide, tone in ((26, "#c9d6d6"), (17, "#fffdf6")):
        up = [(x + 50 + 300 * t / 24, foot - 318 - 250 * math.sin(t / 24 * 2.5) + 90 * (t / 24) ** 3) for t in range(25)]
        down = [(x - 56 - 130 * math.sin(t / 20 * 1.8), foot - 300 + 260 * t / 20) for t in range(21)]
        for i, (px, py) in enumerate(up):
            c.disc(px, py, wide * (1 + 0.9 * math.sin(i / 24 * math.pi)) * 0.8, tone)
        for i, (px, py) in enumerate(down):
            c.disc(px, py, wide * (0.9 + 0.5 * i / 20), tone)
    c.shade([(x - 46, foot - 330), (x + 46, foot - 330), (x + 66, foot - 190), (x + 118, foot), (x - 112, foot), (x - 60, foot - 190)],
            [(0, light), (0.5, robe), (1, dark)])  # fmt: skip
    for k in range(7):
        c.line([(x - 40 + k * 13, foot - 200), (x - 96 + k * 32, foot - 4)], dark, 3, 0.6)
    c.shade([(x - 54, foot - 338), (x + 54, foot - 338), (x + 60, foot - 250), (x - 60, foot - 250)], [(0, "#f7efe2"), (1, "#e4b9bd")])
    c.box(x - 56, foot - 234, 112, 17, "#e0a33c")
    c.line([(x, foot - 222), (x + 6, foot - 90)], "#e0a33c", 8)
    c.box(x - 12, foot - 362, 24, 34, "#f3d6c0")
    c.disc(x + 4, foot - 388, 33, "#f7ded0", ry=39)
    c.disc(x - 6, foot - 404, 40, "#141018", ry=34)
    c.disc(x + 10, foot - 382, 25, "#f7ded0", ry=30)
    c.glow(x + 16, foot - 378, 20, "#e2607a", 0.6)
    c.line([(x + 2, foot - 390), (x + 13, foot - 393)], "#1a1016", 3)
    c.line([(x + 20, foot - 393), (x + 31, foot - 391)], "#1a1016", 3)
    c.disc(x + 18, foot - 366, 4.4, "#c21f35", ry=3)
    for k in range(9):
        angle = math.pi * (1.02 + k / 8 * 0.92)
        c.line([(x + 36 * math.cos(angle), foot - 410 + 32 * math.sin(angle)), (x + 58 * math.cos(angle), foot - 414 + 56 * math.sin(angle))], "#d8dde8", 3)
        c.disc(x + 60 * math.cos(angle), foot - 414 + 58 * math.sin(angle), 7, ("#e8476a", "#ffd35c", "#7fd0e8")[k % 3])


def _musicians(c: Canvas) -> None:
    """Two players at the side of the stage, in shadow: a fiddle and a drum."""
    for x, foot in ((330, 745), (245, 756)):
        tone = "#21141a"
        c.disc(x, foot - 142, 25, tone, ry=28)
        c.polygon([(x - 50, foot), (x - 42, foot - 96), (x - 16, foot - 116), (x + 22, foot - 116), (x + 46, foot - 92), (x + 60, foot)], tone)
    c.line([(372, 720), (392, 570)], "#6d3b1c", 6)
    c.disc(370, 716, 17, "#7d4520", ry=13)
    c.line([(318, 676), (428, 652)], "#d9b98a", 3)
    c.disc(232, 716, 36, "#8e2520", ry=15)
    c.disc(232, 711, 36, "#e6d3ac", ry=13)


def _crowd(c: Canvas) -> None:
    """Three rows of heads, lit along their upper edge by the stage."""
    for row in range(3):
        r = 34 + row * 17
        x = -20.0 + row * 26
        while x < c.width + 40:
            y = 838 + row * 66 + c.random.uniform(-12, 12)
            tone = mix("#3a2322", "#0b080d", row / 2)
            c.disc(x, y - 1.5, r * 0.8, mix(tone, "#e69a55", 0.75 - row * 0.2), ry=r * 0.94)
            c.disc(x, y + 2.5, r * 0.8, tone, ry=r * 0.94)
            c.disc(x, y + r * 2, r * 1.55, tone, ry=r * 1.3)
            x += r * c.random.uniform(2.2, 3.2)


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
            _tray(c, 34 + col * 486, 56 + row * 462, ("#e9eef0", "#bfe0d3", "#f5d9b8", "#c9dcf0", "#f2cfd0", "#e4e2c2")[row * 3 + col], row * 3 + col)


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
    _dish(c, x + 334, y + 110, 84, 70, (CHICKEN, PEPPERS, CARROT)[number % 3])
    _dish(c, x + 110, y + 306, 66, 74, (GREENS, EGG, BROCCOLI)[number % 3])
    _dish(c, x + 222, y + 310, 50, 66, (EGG, GREENS, CHICKEN)[number % 3])
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
        piece: list[Point] = [(px + r * math.cos(turn + a) * (1.2 if i % 2 else 0.8), py + r * math.sin(turn + a)) for i, a in enumerate((0, 1.3, 2.7, 3.9, 5.2))]
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
        c.line([(px, py), (px + 8 * math.cos(turn), py + 8 * math.sin(turn))], c.random.choice(("#ffffff", "#faf6ea", "#dcd5c4")), 4)
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
        c.polygon([(x - 110, 870), (x - 96, 860 - tall + 130), (x - 40, 860 - tall + 66), (x + 40, 860 - tall + 66), (x + 96, 860 - tall + 130), (x + 110, 870)], "#0a0d10", 0.9)
    c.blur(10)
    c.polygon([(620, 0), (714, 0), (1010, 780), (324, 780)], "#fff1cc", 0.08)
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
    for leg, pale in ((-128, False), (128, True), (0, False)):
        lx = x + leg
        tones = [(0.0, "#7f8f78"), (1.0, "#5b6a58")] if pale else [(0.0, "#4f7a63"), (1.0, "#1c3329")]
        c.shade([(lx - 38, foot - 150), (lx + 38, foot - 150), (lx + 20, foot - 40), (lx + 34, foot), (lx - 34, foot), (lx - 20, foot - 40)], tones)
    for side in (-1, 1):
        ear = "#8b9a82" if side > 0 else "#3f6a54"
        c.arc(x + side * 222, foot - 300, 52, 66, (0, 360), mix(ear, "#0b1712", 0.4), 27)
        c.arc(x + side * 222 - 3, foot - 304, 50, 64, (0, 360), ear, 16)
    belly = [(x + 222 * math.cos(a / 40 * math.tau), foot - 234 + 142 * math.sin(a / 40 * math.tau)) for a in range(40)]
    c.shade(belly, [(0, "#6fa083"), (0.35, "#3f7059"), (1, "#12241c")])
    c.glow(x - 70, foot - 310, 170, "#cfe6c4", 0.5, ry=90)
    _clouds(c, x, foot - 226)
    c.shade([(x - 196, foot - 372), (x + 196, foot - 372), (x + 206, foot - 334), (x - 206, foot - 334)], [(0, "#8fb594"), (1, "#2f5745")])
    lid = [(x + 178 * math.cos(math.pi + a / 20 * math.pi), foot - 372 + 112 * math.sin(math.pi + a / 20 * math.pi)) for a in range(21)]
    c.shade(lid, [(0, "#7fae8c"), (1, "#2a5140")])
    for k in range(9):
        angle = math.pi * (1.1 + k * 0.1)
        c.disc(x + 128 * math.cos(angle), foot - 380 + 66 * math.sin(angle), 11, "#0c1813", ry=8)
    c.shade([(x - 22, foot - 484), (x + 22, foot - 484), (x + 34, foot - 520), (x, foot - 566), (x - 34, foot - 520)], [(0, "#a9c9a4"), (1, "#345c48")])
    seam = [(x + 60 + 13 * math.sin(k * 1.3) + k * 5, foot - 336 + k * 17) for k in range(12)]
    c.line(seam, "#c9a45c", 3.4)
    c.line([(u + 3, v + 2) for u, v in seam], "#0d1a14", 1.6, 0.8)
    for _ in range(150):
        angle, far = c.random.uniform(0, math.tau), math.sqrt(c.random.random())
        c.disc(x + 212 * far * math.cos(angle), foot - 234 + 132 * far * math.sin(angle), c.random.uniform(1.5, 8),
               c.random.choice(("#8fc0a4", "#1d3a2e", "#77503a")), 0.2)  # fmt: skip


def _clouds(c: Canvas, x: float, y: float) -> None:
    """A band of scrolled clouds cast round the belly, narrower towards the sides."""
    c.line([(x - 205, y - 56), (x + 205, y - 56)], "#1d3a2d", 4, 0.8)
    c.line([(x - 200, y + 56), (x + 200, y + 56)], "#1d3a2d", 4, 0.8)
    for k in range(-3, 4):
        squeeze = math.cos(k / 3.9 * math.pi / 2)
        px = x + 205 * math.sin(k / 3.9 * math.pi / 2)
        for tone, shift in (("#10231b", 2.5), ("#9cc4a2", 0.0)):
            for turn in range(2):
                spiral = [(px + (turn * 2 - 1) * 5 + squeeze * (30 - t) * math.cos(t / 3.2 + turn * math.pi) * 0.95 + shift,
                           y + (turn * 2 - 1) * 17 + (30 - t) * 0.7 * math.sin(t / 3.2 + turn * math.pi) + shift) for t in range(27)]  # fmt: skip
                c.line(spiral, tone, 3.4, 0.85)


def tea_table(c: Canvas) -> None:
    """A clay pot and two cups on a dark board by a window, steam rising, hills in mist outside."""
    c.gradient([(0, "#a9c2b4"), (1, "#e6e6d2")], 0, 640)
    for i in range(4):
        c.polygon(c.ridge(330 + i * 70, 90 - 14 * i, 0.9 + 0.5 * i), mix("#a3bdae", "#3f6a58", i / 3))
        c.mist(300 + i * 70, 470 + i * 70, "#edf0e2", 0.8)
    c.blur(5, (0, 0, c.width, 640))
    for x in (0, 490, 1000, 1478):
        c.box(x, 0, 26, 650, "#33241a")
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
    for x, foot in ((900, 806), (1180, 872)):
        _cup(c, x, foot)
    for k in range(3):
        steam = [(900 + 26 * k - 26 + 22 * math.sin(t / 4 + k) * (t / 20), 690 - t * 15) for t in range(22)]
        for i, (x, y) in enumerate(steam):
            c.glow(x, y, 16 + i * 2.4, "#ffffff", 0.24 * (1 - i / 24))


def _teapot(c: Canvas, x: float, foot: float) -> None:
    """A round red clay pot: spout to the right, handle to the left, a knob on its lid."""
    clay, dark, light = "#9a4f31", "#4d2113", "#d58c62"
    c.arc(x - 168, foot - 118, 72, 78, (70, 300), dark, 27)
    c.arc(x - 170, foot - 121, 71, 77, (80, 290), clay, 16)
    c.shade([(x + 120, foot - 96), (x + 150, foot - 40), (x + 232, foot - 178), (x + 262, foot - 206), (x + 226, foot - 204), (x + 186, foot - 164)], [(0, light), (0.4, clay), (1, dark)])
    body = [(x + 178 * math.cos(a / 40 * math.tau), foot - 112 + 112 * math.sin(a / 40 * math.tau)) for a in range(40)]
    c.shade(body, [(0, light), (0.35, clay), (1, dark)])
    c.glow(x - 60, foot - 170, 120, "#ffd9b4", 0.65, ry=60)
    c.shade([(x - 92, foot - 206), (x + 92, foot - 206), (x + 60, foot - 244), (x - 60, foot - 244)], [(0, light), (1, mix(clay, dark, 0.4))])
    c.line([(x - 104, foot - 204), (x + 104, foot - 204)], dark, 5)
    c.disc(x, foot - 258, 24, clay, ry=20)
    c.disc(x - 6, foot - 264, 10, light, ry=7)


def _cup(c: Canvas, x: float, foot: float) -> None:
    """A small white cup of green tea."""
    c.disc(x + 8, foot + 2, 84, "#120a06", 0.5, ry=12)
    c.shade([(x - 80, foot - 104), (x + 80, foot - 104), (x + 54, foot - 8), (x + 32, foot), (x - 32, foot), (x - 54, foot - 8)], [(0, "#fbfaf2"), (1, "#a8b0a6")])
    c.disc(x, foot - 104, 80, "#fffef8", ry=22)
    c.disc(x, foot - 101, 72, "#8fa03c", ry=17)
    c.disc(x - 14, foot - 98, 46, "#c2c964", 0.8, ry=9)
    c.line([(x - 60, foot - 66), (x - 42, foot - 26)], "#ffffff", 5, 0.7)


def football_pitch(c: Canvas) -> None:
    """A corner kick from straight above: mown stripes, white lines, players and their long shadows."""
    for k in range(13):
        c.box(k * 120, 0, 121, HEIGHT, "#3f8f3a" if k % 2 else "#4da046")
    c.texture((300, 200), 0.2)
    white, wide = "#f6faf0", 6.0
    c.line([(80, -10), (80, 1010)], white, wide)
    for x, half in ((400, 330), (215, 160)):
        c.line([(80, 500 - half), (x, 500 - half), (x, 500 + half), (80, 500 + half)], white, wide)
    c.disc(300, 500, 7, white)
    c.arc(300, 500, 176, 176, (-55, 55), white, wide)
    c.line([(1260, -10), (1260, 1010)], white, wide)
    c.arc(1260, 500, 190, 190, (0, 360), white, wide)
    c.disc(1260, 500, 8, white)
    _goal(c)
    reds = [(180, 430), (240, 560), (330, 380), (360, 640), (470, 520), (700, 300), (860, 690), (250, 450)]
    blues = [(150, 520), (215, 400), (285, 610), (345, 470), (420, 330), (640, 560), (96, 470), (290, 330)]
    for team, shirt, shorts in ((reds, "#d2312a", "#f4f0e6"), (blues, "#f0f3f5", "#24407c")):
        for x, y in team:
            _player(c, x, y, shirt, shorts)
    _player(c, 560, 770, "#1d1d22", "#1d1d22")
    c.line([(170, 930), (236, 760), (262, 610), (258, 520)], "#ffffff", 2, 0.25)
    c.disc(300, 546, 11, "#133013", 0.5, ry=8)
    c.disc(262, 506, 11, "#ffffff")
    c.disc(262, 506, 4, "#20262a")
    c.polygon([(1500, 0), (1500, HEIGHT), (1180, HEIGHT), (1330, 0)], "#0d2a16", 0.35)


def _goal(c: Canvas) -> None:
    """The goal from above, its net a fine grid."""
    c.box(20, 405, 60, 190, "#f6faf0", 0.25)
    for k in range(20):
        c.line([(20, 405 + k * 10), (80, 405 + k * 10)], "#ffffff", 1, 0.7)
    for k in range(7):
        c.line([(20 + k * 10, 405), (20 + k * 10, 595)], "#ffffff", 1, 0.7)
    c.line([(80, 405), (20, 405), (20, 595), (80, 595)], "#ffffff", 5)


def _player(c: Canvas, x: float, y: float, shirt: str, shorts: str) -> None:
    """A player from above, running some way, with the shadow that a low sun throws to the right."""
    turn = c.random.uniform(0, math.tau)
    c.polygon([(x - 6, y - 10), (x + 78, y + 34), (x + 96, y + 52), (x + 74, y + 56), (x - 4, y + 12)], "#0d2c12", 0.45)
    across, along = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
    for side in (-1, 1):
        stride = side * c.random.uniform(8, 18)
        leg = (x + across[0] * 8 * side + along[0] * stride, y + across[1] * 8 * side + along[1] * stride)
        c.line([(x + across[0] * 6 * side, y + across[1] * 6 * side), leg], shorts, 10)
        c.disc(*leg, 6, "#e8b48f")
        c.line([(x + across[0] * 17 * side, y + across[1] * 17 * side), (x + across[0] * 26 * side - along[0] * stride, y + across[1] * 26 * side - along[1] * stride)], "#e8b48f", 7)
    c.line([(x - across[0] * 18, y - across[1] * 18), (x + across[0] * 18, y + across[1] * 18)], mix(shirt, "#000000", 0.15), 24)
    c.line([(x - across[0] * 16, y - across[1] * 16), (x + across[0] * 16, y + across[1] * 16)], shirt, 19)
    c.disc(x + along[0] * 2, y + along[1] * 2, 9, "#231a17")
