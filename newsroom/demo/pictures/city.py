"""Roofs, walls and windows of the city."""

from .canvas import HEIGHT, Canvas, mix
from .people import passer


def library_night(c: Canvas) -> None:
    """Readers and shelves behind lit glass, a dark street and its wet pavement below."""
    street = 800.0
    c.gradient([(0, "#0b1230"), (1, "#2a2c55")], 0, street)
    for _ in range(90):
        c.disc(c.random.uniform(0, c.width), c.random.uniform(0, 130), c.random.uniform(0.5, 1.5), "#e8ebff", 0.6)
    c.box(150, 130, c.width - 300, street - 130, "#141732")
    c.box(120, 112, c.width - 240, 26, "#20244a")
    for floor, top in enumerate((170, 488)):
        for bay in range(8):
            _reading_bay(c, 186 + bay * 177, top, 160, 278, lit=floor == 0 or bay < 5)
    c.box(150, 458, c.width - 300, 18, "#20244a")
    c.glow(c.width / 2, 610, 1000, "#ffb75e", 0.2, ry=380)
    c.reflect(street, HEIGHT, "#0d1027", 0.3, 4)
    c.haze(street, HEIGHT, "#080b1e", 0.15, 0.7)
    c.box(0, street - 10, c.width, 12, "#0c0f24")
    for x in (70, c.width - 72):
        _street_lamp(c, x, street)
    for x, tall in ((330, 92), (372, 88), (1240, 96)):
        passer(c, x, street + 2, tall, "#0a0d20")
    _bicycle(c, 1480, street)


def _reading_bay(c: Canvas, x: float, y: float, w: float, h: float, lit: bool) -> None:
    """One window: shelves of books behind, a table with a lamp and a reader before it."""
    c.shade(
        [(x, y), (x + w, y), (x + w, y + h), (x, y + h)],
        [(0, "#ffdf9a"), (0.5, "#f6b95f"), (1, "#c97c35")] if lit else [(0, "#2b315c"), (1, "#1f2348")],
    )
    wood = "#8a5526" if lit else "#1a1d3d"
    for shelf in range(3):
        foot, at = y + 62 + shelf * 56, x + 8
        while at < x + w - 10:
            b, tall = c.random.uniform(4, 9), c.random.uniform(26, 42)
            tone = c.random.choice(("#a5482f", "#3f6a64", "#7b5a2c", "#c9903e", "#544468", "#8e6d4a"))
            c.box(at, foot - tall, b, tall, tone if lit else mix(tone, "#1b1e40", 0.85), 0.9)
            at += b + 0.8
        c.box(x, foot, w, 4, wood)
    if lit:
        c.box(x + 14, y + h - 56, w - 28, 7, "#5d3517")
        c.glow(x + w * 0.7, y + h - 86, 74, "#fff3c8", 0.9)
        c.polygon(
            [
                (x + w * 0.7 - 17, y + h - 82),
                (x + w * 0.7 - 7, y + h - 102),
                (x + w * 0.7 + 7, y + h - 102),
                (x + w * 0.7 + 17, y + h - 82),
            ],
            "#2f5d4e",
        )
        _reader(c, x + w * c.random.uniform(0.26, 0.42), y + h - 56)
    c.box(x + w / 2 - 2, y, 4, h, "#171a36", 0.85)
    c.box(x - 4, y + h, w + 8, 7, "#2b2f58")


def _reader(c: Canvas, x: float, table: float) -> None:
    """Head and shoulders bent over a table."""
    tone = c.random.choice(("#3a2730", "#27303f", "#4a2f23", "#30283a"))
    c.disc(x + 7, table - 64, 17, tone)
    c.polygon(
        [(x - 27, table), (x - 24, table - 38), (x - 4, table - 52), (x + 20, table - 44), (x + 33, table)],
        tone,
    )
    c.polygon([(x + 30, table - 2), (x + 52, table - 14), (x + 74, table - 2)], "#fff4d8")


def _street_lamp(c: Canvas, x: float, foot: float) -> None:
    c.line([(x, foot), (x, foot - 330), (x + 8, foot - 346)], "#0a0d22", 7)
    c.glow(x + 6, foot - 340, 190, "#ffd791", 0.65)
    c.disc(x + 6, foot - 342, 15, "#fff1cf")


def _bicycle(c: Canvas, x: float, foot: float) -> None:
    ink = "#05070f"
    for at in (x, x + 92):
        c.arc(at, foot - 30, 30, 30, (0, 360), ink, 4)
    c.line([(x, foot - 30), (x + 30, foot - 72), (x + 78, foot - 74), (x + 92, foot - 30)], ink, 4)
    c.line(
        [
            (x + 30, foot - 72),
            (x + 46, foot - 30),
            (x + 78, foot - 74),
            (x + 72, foot - 92),
            (x + 58, foot - 94),
        ],
        ink,
        4,
    )
    c.line([(x, foot - 30), (x + 46, foot - 30)], ink, 4)
    c.box(x + 16, foot - 84, 30, 7, ink, round_=3)


def old_roofs(c: Canvas) -> None:
    """Grey tiled roofs stepping down a hill towards evening, one window lit, a kite of smoke above."""
    c.gradient([(0, "#e7b98a"), (0.3, "#f3d7ae"), (0.5, "#e9d9c4"), (1, "#c9cfcf")])
    c.glow(1180, 190, 480, "#fff1cc", 0.9)
    c.polygon(c.ridge(300, 60, 1.5), "#b9b3b0")
    c.polygon(c.ridge(350, 36, 2.6), "#9aa0a4")
    c.mist(260, 460, "#f2e3ca", 0.7)
    for row in range(6):
        y, size = 350 + row * 122.0, 105 + row * 52.0
        x = -c.random.uniform(60, size)
        while x < c.width:
            w = size * c.random.uniform(1.3, 2.1)
            _house(c, x, y + c.random.uniform(-22, 22), w, 38 + row * 12, row / 5)
            x += w * c.random.uniform(0.94, 1.06)
        if row < 4:
            for _ in range(3):
                c.foliage(c.random.uniform(40, 1460), y + 60, 26 + row * 13, ("#3d5242", "#587352", "#8a9a5c"), 70)
            c.mist(y - 10, y + 130, "#f6dcb4", 0.45 - row * 0.09)
    for x, y in ((330, 330), (360, 342), (1010, 250), (1042, 262), (1060, 240)):
        c.arc(x - 9, y, 10, 6, (190, 340), "#4c4d57", 2.4)
        c.arc(x + 9, y, 10, 6, (200, 350), "#4c4d57", 2.4)


def _house(c: Canvas, x: float, y: float, w: float, h: float, near: float) -> None:
    """A white wall and a tiled roof with upturned eaves; `near` runs from 0 (far) to 1."""
    far = "#a9adb0"
    wall, tile = mix(far, "#f2e4cb", 0.5 + near / 2), mix(far, "#3c4450", 0.42 + near * 0.58)
    c.shade(
        [(x + w * 0.06, y), (x + w * 0.94, y), (x + w * 0.94, y + h * 2.6), (x + w * 0.06, y + h * 2.6)],
        [(0, mix(wall, "#6c675f", 0.45)), (0.3, wall), (1, mix(wall, "#8d8880", 0.5))],
    )
    if c.random.random() < 0.75:
        lit = c.random.random() < 0.34
        wx, wy, ww = x + w * c.random.uniform(0.2, 0.6), y + h * 0.34, w * 0.13
        c.box(wx - 3, wy - 3, ww + 6, h * 0.42 + 6, mix(far, "#4d3b2d", 0.4 + near * 0.6))
        if lit:
            c.glow(wx + ww / 2, wy + h * 0.2, ww * 1.6, "#ffbf5e", 0.7)
        c.box(wx, wy, ww, h * 0.42, "#ffce77" if lit else mix(far, "#2e3138", 0.3 + near * 0.7))
        c.box(wx + ww / 2 - 1.5, wy, 3, h * 0.42, mix(far, "#4d3b2d", 0.4 + near * 0.6))
    ridge, eave = y - h, y + h * 0.1
    c.shade(
        [
            (x - w * 0.05, eave - 8),
            (x + w * 0.1, ridge),
            (x + w * 0.9, ridge),
            (x + w * 1.05, eave - 8),
            (x + w, eave + 3),
            (x, eave + 3),
        ],
        [(0, mix(tile, "#f0bf86", 0.42)), (1, tile)],
    )
    rows = max(10, int(w / (7 + near * 7)))
    for i in range(rows + 1):
        top, low = x + w * (0.1 + 0.8 * i / rows), x + w * i / rows
        c.line([(top, ridge), (low, eave)], mix(tile, "#11151c", 0.45), 1 + near * 2.2, 0.8)
        c.disc(low, eave + 1, 2 + near * 2.6, mix(tile, "#10131a", 0.3))
    c.line(
        [
            (x + w * 0.06, ridge - 9),
            (x + w * 0.12, ridge - 1),
            (x + w * 0.88, ridge - 1),
            (x + w * 0.94, ridge - 9),
        ],
        mix(tile, "#0d1016", 0.35),
        5 + near * 6,
    )


def elevator_tower(c: Canvas) -> None:
    """An old block of flats with washing on its balconies and a new glass lift tower standing against it."""
    c.gradient([(0, "#5aa0cf"), (0.6, "#b9d9e6"), (1, "#efe6d2")])
    c.mist(40, 420, "#ffffff", 0.7, (4, 5))
    x, w, floor = 40.0, 430.0, 118.0
    c.shade([(x, 210), (x + w, 210), (x + w, HEIGHT), (x, HEIGHT)], [(0, "#d8a878"), (1, "#b98056")])
    c.texture((200, 370), 0.12, (x, 210, x + w, HEIGHT))
    c.box(x - 12, 194, w + 24, 22, "#8b5e42")
    for level in range(6):
        for bay in range(3):
            _balcony(c, x + 24 + bay * 134, 250 + level * floor, 112, 84)
    _glass_lift(c, 456, 150, 128, floor)
    c.box(0, 950, c.width, 60, "#8d8f86")
    for px in (60, 130, 620):
        c.line([(px, 955), (px, 820)], "#4d3a2b", 9)
        c.foliage(px, 800, 92, ("#24452f", "#37623c", "#568447", "#86a85a"), 190)
    for px, tall, tone in ((545, 74, "#b5413a"), (575, 68, "#2f4f6b"), (250, 72, "#3b3a44")):
        passer(c, px, 966, tall, tone, "#e3b48f")


def _balcony(c: Canvas, x: float, y: float, w: float, h: float) -> None:
    """A window behind a rail, with washing or flower pots."""
    c.box(x, y, w, h, "#4a5560")
    c.shade(
        [(x + 4, y + 4), (x + w - 4, y + 4), (x + w - 4, y + h - 4), (x + 4, y + h - 4)],
        [(0, "#9cc3d4"), (1, "#54707f")],
    )
    c.box(x + w / 2 - 2, y, 4, h, "#e8dcc8")
    if c.random.random() < 0.6:
        c.line([(x, y + 16), (x + w, y + 16)], "#ece7dc", 1.5)
        for k in range(c.random.randint(2, 4)):
            tone = c.random.choice(("#d9534a", "#f1e9da", "#3c6f9c", "#e6b64c", "#7a9f6a"))
            c.box(x + 10 + k * 26, y + 16, 19, c.random.uniform(24, 40), tone, round_=2)
    c.box(x - 8, y + h * 0.62, w + 16, h * 0.44, "#c2906a")
    for k in range(9):
        c.box(x - 4 + k * (w + 8) / 8.6, y + h * 0.66, 4, h * 0.36, "#8d5c3d")
    if c.random.random() < 0.6:
        c.foliage(x + c.random.uniform(16, w - 16), y + h * 0.56, 17, ("#2f5a36", "#4c8046", "#c8574e"), 26)


def _glass_lift(c: Canvas, x: float, y: float, w: float, floor: float) -> None:
    """A steel and glass tower, its car waiting at the fourth floor, a small roof above it."""
    c.shade([(x, y), (x + w, y), (x + w, 960), (x, 960)], [(0, "#d6edf4"), (0.5, "#8fbccd"), (1, "#5d8ba1")])
    c.polygon([(x, y), (x + w * 0.6, y), (x + w * 0.1, 960), (x, 960)], "#ffffff", 0.2)
    c.line([(x + w / 2 - 8, y), (x + w / 2 - 8, y + 370)], "#39505c", 2)
    c.line([(x + w / 2 + 8, y), (x + w / 2 + 8, y + 370)], "#39505c", 2)
    c.box(x + 20, y + 366, w - 40, 98, "#f5c45b", round_=4)
    c.glow(x + w / 2, y + 414, 120, "#ffe9a8", 0.6)
    for px, tall in ((x + 50, 72), (x + 80, 64)):
        passer(c, px, y + 463, tall, "#31313c")
    for k in range(int((960 - y) / floor) + 2):
        c.box(x - 5, y + k * floor - 4, w + 10, 9, "#33566a")
    for px in (x - 5, x + w - 5):
        c.box(px, y, 10, 960 - y, "#2b4b5e")
    c.box(x - 20, y - 20, w + 40, 18, "#22404f")
