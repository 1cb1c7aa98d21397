"""People seen from some way off."""

from .canvas import Canvas, mix


def passer(c: Canvas, x: float, foot: float, tall: float, colour: str, skin: str = "") -> None:
    """Somebody walking, `tall` units from sole to crown; without a `skin` colour, an outline only."""
    legs, h = mix(colour, "#14161f", 0.6) if skin else colour, tall
    for stride in (-0.13, 0.12):
        c.line(
            [
                (x, foot - h * 0.46),
                (x + stride * h * 0.7, foot - h * 0.24),
                (x + stride * h, foot - h * 0.02),
            ],
            legs,
            h * 0.1,
        )
        c.disc(x + stride * h + h * 0.025, foot - h * 0.016, h * 0.055, legs, ry=h * 0.026)
    c.line(
        [(x + h * 0.06, foot - h * 0.72), (x + h * 0.15, foot - h * 0.58), (x + h * 0.13, foot - h * 0.44)],
        mix(colour, "#14161f", 0.3),
        h * 0.065,
    )
    c.box(x - h * 0.115, foot - h * 0.81, h * 0.24, h * 0.4, colour, round_=h * 0.08)
    c.line(
        [(x - h * 0.07, foot - h * 0.74), (x - h * 0.15, foot - h * 0.6), (x - h * 0.08, foot - h * 0.46)],
        colour,
        h * 0.07,
    )
    c.disc(x + h * 0.02, foot - h * 0.9, h * 0.074, mix(skin, "#2a1f1c", 0.85) if skin else colour, ry=h * 0.084)
    if skin:
        c.disc(x + h * 0.042, foot - h * 0.885, h * 0.052, skin, ry=h * 0.062)


def walker(c: Canvas, x: float, foot: float, tall: float, colour: str) -> None:
    """Somebody seen from far off, standing on a height."""
    c.disc(x, foot - tall * 0.9, tall * 0.12, colour)
    c.polygon(
        [
            (x - tall * 0.15, foot),
            (x - tall * 0.17, foot - tall * 0.76),
            (x + tall * 0.17, foot - tall * 0.76),
            (x + tall * 0.15, foot),
        ],
        colour,
    )
