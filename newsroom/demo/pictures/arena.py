"""A stage and a pitch, with those who play on them."""

import math

from .canvas import HEIGHT, Canvas, mix


def opera_stage(c: Canvas) -> None:
    """A country opera at night: a singer in water sleeves, a lantern, the heads of the crowd."""
    c.gradient([(0, "#07080f"), (1, "#1a0d12")])
    c.shade([(210, 90), (1290, 90), (1290, 660), (210, 660)], [(0, "#1f2b52"), (0.6, "#4a4a7c"), (1, "#c07a5f")])
    c.disc(1010, 230, 62, "#fdf0cf")
    c.glow(1010, 230, 210, "#fdeec5", 0.5)
    c.polygon(
        [(210, 560), (430, 450), (640, 560), (830, 470), (1080, 570), (1290, 490), (1290, 670), (210, 670)],
        "#2c2b55",
        0.9,
    )
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
        c.shade(
            [(a, 40), (b, 40), (b + pull, 700), (a + pull, 700)],
            [(0, mix(tone, "#000000", 0.3)), (0.6, tone), (1, mix(tone, "#ffb060", 0.15))],
        )
    far = -40 if side < 0 else c.width - (c.width - edge) + 40
    c.polygon([(far, 30), (edge + side * 30, 30), (edge + side * 30, 720), (far, 720)], "#3a0a10")
    left, right = (0.0, edge) if side < 0 else (edge, c.width)
    c.box(left, 0, right - left, 790, "#1c090d")


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
        up = [
            (x + 50 + 300 * t / 24, foot - 318 - 250 * math.sin(t / 24 * 2.5) + 90 * (t / 24) ** 3) for t in range(25)
        ]
        down = [(x - 56 - 130 * math.sin(t / 20 * 1.8), foot - 300 + 260 * t / 20) for t in range(21)]
        for i, (px, py) in enumerate(up):
            c.disc(px, py, wide * (1 + 0.9 * math.sin(i / 24 * math.pi)) * 0.8, tone)
        for i, (px, py) in enumerate(down):
            c.disc(px, py, wide * (0.9 + 0.5 * i / 20), tone)
    c.shade(
        [
            (x - 46, foot - 330),
            (x + 46, foot - 330),
            (x + 66, foot - 190),
            (x + 118, foot),
            (x - 112, foot),
            (x - 60, foot - 190),
        ],
        [(0, light), (0.5, robe), (1, dark)],
    )
    for k in range(7):
        c.line([(x - 40 + k * 13, foot - 200), (x - 96 + k * 32, foot - 4)], dark, 3, 0.6)
    c.shade(
        [(x - 54, foot - 338), (x + 54, foot - 338), (x + 60, foot - 250), (x - 60, foot - 250)],
        [(0, "#f7efe2"), (1, "#e4b9bd")],
    )
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
        c.line(
            [
                (x + 36 * math.cos(angle), foot - 410 + 32 * math.sin(angle)),
                (x + 58 * math.cos(angle), foot - 414 + 56 * math.sin(angle)),
            ],
            "#d8dde8",
            3,
        )
        c.disc(
            x + 60 * math.cos(angle),
            foot - 414 + 58 * math.sin(angle),
            7,
            ("#e8476a", "#ffd35c", "#7fd0e8")[k % 3],
        )


def _musicians(c: Canvas) -> None:
    """Two players at the side of the stage, in shadow: a fiddle and a drum."""
    for x, foot in ((330, 745), (245, 756)):
        tone = "#21141a"
        c.disc(x, foot - 142, 25, tone, ry=28)
        c.polygon(
            [
                (x - 50, foot),
                (x - 42, foot - 96),
                (x - 16, foot - 116),
                (x + 22, foot - 116),
                (x + 46, foot - 92),
                (x + 60, foot),
            ],
            tone,
        )
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


def football_pitch(c: Canvas) -> None:
    """A corner kick from straight above: mown stripes, white lines, players and their long shadows."""
    for k in range(13):
        c.box(k * 120, 0, 121, HEIGHT, "#3f8f3a" if k % 2 else "#4da046")
    c.texture((900, 600), 0.2)
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
    c.polygon(
        [(x - 6, y - 10), (x + 78, y + 34), (x + 96, y + 52), (x + 74, y + 56), (x - 4, y + 12)],
        "#0d2c12",
        0.45,
    )
    across, along = (math.cos(turn), math.sin(turn)), (-math.sin(turn), math.cos(turn))
    for side in (-1, 1):
        stride = side * c.random.uniform(8, 18)
        leg = (x + across[0] * 8 * side + along[0] * stride, y + across[1] * 8 * side + along[1] * stride)
        c.line([(x + across[0] * 6 * side, y + across[1] * 6 * side), leg], shorts, 10)
        c.disc(*leg, 6, "#e8b48f")
        c.line(
            [
                (x + across[0] * 17 * side, y + across[1] * 17 * side),
                (
                    x + across[0] * 26 * side - along[0] * stride,
                    y + across[1] * 26 * side - along[1] * stride,
                ),
            ],
            "#e8b48f",
            7,
        )
    c.line(
        [(x - across[0] * 18, y - across[1] * 18), (x + across[0] * 18, y + across[1] * 18)],
        mix(shirt, "#000000", 0.15),
        24,
    )
    c.line([(x - across[0] * 16, y - across[1] * 16), (x + across[0] * 16, y + across[1] * 16)], shirt, 19)
    c.disc(x + along[0] * 2, y + along[1] * 2, 9, "#231a17")
