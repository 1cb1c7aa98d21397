"""What every picture is drawn with: an oversized canvas, light, land, water and a little grain.

Lengths are in units: a picture is always 1000 units high, whatever its size in pixels, so that a
landscape of 3:2 is 1500 units wide. Colours are "#rrggbb"; `alpha` runs from 0 (clear) to 1.
"""

import io
import math
from collections.abc import Iterable, Sequence
from functools import cache
from random import Random

from PIL import Image, ImageChops, ImageCms, ImageColor, ImageDraw, ImageFilter

Point = tuple[float, float]
Stops = Sequence[tuple[float, str]]

HEIGHT = 1000.0
"""Units from the top of a picture to its foot."""
OVERSAMPLING = 2
"""Pixels drawn for each pixel kept, along each side."""
QUALITIES = (88, 82, 74, 64)
"""JPEG qualities, tried in this order until a picture is small enough."""
MOST_BYTES = 590_000


def rgba(colour: str, alpha: float = 1.0) -> tuple[int, int, int, int]:
    """The colour as Pillow wants it, alpha from 0 to 255."""
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue, round(255 * alpha)


def mix(first: str, second: str, share: float) -> str:
    """The colour that lies `share` of the way (0 to 1) from the first to the second."""
    pairs = zip(rgba(first)[:3], rgba(second)[:3], strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def noise(random: Random, size: tuple[int, int], cells: tuple[int, int]) -> Image.Image:
    """A cloudy grey image of `size` pixels, from so many random cells across and down."""
    return Image.frombytes("L", cells, random.randbytes(cells[0] * cells[1])).resize(size, Image.Resampling.BICUBIC)


def ramp(stops: Stops, length: int) -> Image.Image:
    """A column one pixel wide and `length` high that runs through the stops (position 0 to 1, colour)."""
    column = Image.new("RGB", (1, length))
    later = iter(stops)
    start, end = next(later), next(later)
    for y in range(length):
        at = y / max(1, length - 1)
        while at > end[0]:
            start, end = end, next(later, (2.0, end[1]))
        share = (at - start[0]) / max(1e-9, end[0] - start[0])
        column.putpixel((0, y), rgba(mix(start[1], end[1], min(1, max(0, share))))[:3])
    return column


@cache
def srgb_profile() -> bytes:
    """The sRGB colour profile, its date of making blanked so that a picture's bytes never vary."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[:24] + bytes(12) + profile[36:]


class Canvas:
    """A picture being painted, back to front."""

    def __init__(self, seed: str, pixels: tuple[int, int]) -> None:
        self.pixels = pixels
        self.scale = pixels[1] * OVERSAMPLING / HEIGHT
        self.width = HEIGHT * pixels[0] / pixels[1]
        self.random = Random(seed)  # noqa: S311 (a picture, not a secret)
        self.image = Image.new("RGB", (pixels[0] * OVERSAMPLING, pixels[1] * OVERSAMPLING))
        self._start()

    def _start(self) -> None:
        self.brush = ImageDraw.Draw(self.image, "RGBA")

    def px(self, length: float) -> int:
        """Units in pixels of the oversized image."""
        return round(length * self.scale)

    def _points(self, points: Iterable[Point]) -> list[Point]:
        return [(x * self.scale, y * self.scale) for x, y in points]

    # Plain shapes

    def polygon(self, points: Iterable[Point], colour: str, alpha: float = 1.0) -> None:
        self.brush.polygon(self._points(points), fill=rgba(colour, alpha))

    def box(self, x: float, y: float, w: float, h: float, colour: str, alpha: float = 1.0, round_: float = 0) -> None:
        """A rectangle by its top left corner, width and height, its corners rounded by `round_` units."""
        corners = self._points([(x, y), (x + w, y + h)])
        self.brush.rounded_rectangle([*corners[0], *corners[1]], radius=self.px(round_), fill=rgba(colour, alpha))

    def disc(self, x: float, y: float, rx: float, colour: str, alpha: float = 1.0, ry: float | None = None) -> None:
        """A circle, or an ellipse where `ry` is given, by its centre and radii."""
        ry = rx if ry is None else ry
        first, last = self._points([(x - rx, y - ry), (x + rx, y + ry)])
        self.brush.ellipse([*first, *last], fill=rgba(colour, alpha))

    def line(self, points: Iterable[Point], colour: str, width: float = 2, alpha: float = 1.0) -> None:
        self.brush.line(self._points(points), fill=rgba(colour, alpha), width=max(1, self.px(width)), joint="curve")

    def arc(
        self, x: float, y: float, rx: float, ry: float, span: tuple[float, float], colour: str, width: float
    ) -> None:
        """Part of an ellipse's outline, `span` in degrees clockwise from three o'clock."""
        first, last = self._points([(x - rx, y - ry), (x + rx, y + ry)])
        self.brush.arc([*first, *last], *span, fill=rgba(colour), width=max(1, self.px(width)))

    # Light

    def gradient(self, stops: Stops, top: float = 0, foot: float = HEIGHT) -> None:
        """Fill the whole width between two heights, the stops' positions running from 0 to 1."""
        y, h = self.px(top), self.px(foot) - self.px(top)
        self.image.paste(ramp(stops, h).resize((self.image.width, h)), (0, y))

    def shade(self, points: Sequence[Point], stops: Stops) -> None:
        """Fill a polygon with a gradient from its highest point to its lowest."""
        scaled = self._points(points)
        left, top = (math.floor(min(p[i] for p in scaled)) for i in (0, 1))
        right, foot = (math.ceil(max(p[i] for p in scaled)) for i in (0, 1))
        size = (max(1, right - left), max(1, foot - top))
        mask = Image.new("L", size)
        ImageDraw.Draw(mask).polygon([(x - left, y - top) for x, y in scaled], fill=255)
        self.image.paste(ramp(stops, size[1]).resize(size), (left, top), mask)

    def glow(self, x: float, y: float, radius: float, colour: str, alpha: float = 1.0, ry: float | None = None) -> None:
        """Light that falls off from a centre to nothing at the radius."""
        size = (self.px(2 * radius), self.px(2 * (radius if ry is None else ry)))
        light = Image.radial_gradient("L").point([round(alpha * 255 * max(0, 1 - v / 180) ** 2) for v in range(256)])
        at = (self.px(x) - size[0] // 2, self.px(y) - size[1] // 2)
        self.image.paste(rgba(colour)[:3], (*at, at[0] + size[0], at[1] + size[1]), light.resize(size))

    def haze(self, top: float, foot: float, colour: str, first: float, last: float) -> None:
        """A veil over the whole width, its alpha running from `first` at the top to `last` at the foot."""
        y, h = self.px(top), self.px(foot) - self.px(top)
        veil = Image.linear_gradient("L").point([round(255 * (first + (last - first) * v / 255)) for v in range(256)])
        size = (self.image.width, h)
        self.image.paste(rgba(colour)[:3], (0, y, size[0], y + h), veil.resize(size))

    def mist(self, top: float, foot: float, colour: str, alpha: float, cells: tuple[int, int] = (6, 5)) -> None:
        """Drifting cloud between two heights, thinning out towards both."""
        y, h = self.px(top), self.px(foot) - self.px(top)
        size = (self.image.width, h)
        small = (size[0] // 8, h // 8)
        cloud = noise(self.random, small, cells).point([max(0, v - 70) * 255 // 185 for v in range(256)])
        fade = Image.linear_gradient("L").point([round(255 * alpha * math.sin(math.pi * v / 255)) for v in range(256)])
        self.image.paste(
            rgba(colour)[:3],
            (0, y, size[0], y + h),
            ImageChops.multiply(cloud, fade.resize(small)).resize(size),
        )

    def texture(
        self, cells: tuple[int, int], alpha: float, box: tuple[float, float, float, float] | None = None
    ) -> None:
        """Mottle a rectangle (left, top, right, foot; all of it if none) like plaster or grass."""
        left, top, right, foot = (self.px(v) for v in box or (0, 0, self.width, HEIGHT))
        patch = self.image.crop((left, top, right, foot))
        grey = noise(self.random, patch.size, cells).convert("RGB")
        self.image.paste(Image.blend(patch, ImageChops.overlay(patch, grey), alpha), (left, top))

    # Land and water

    def ridge(self, base: float, rise: float, bumps: float, step: float = 6) -> list[Point]:
        """A skyline about a height, closed along the picture's foot, with `bumps` hills per 1000 units."""
        waves = [(2**i, self.random.uniform(0, 7), 0.55**i) for i in range(6)]
        line = []
        for i in range(int(self.width / step) + 3):
            x = (i - 1) * step
            swell = sum(a * math.sin(x / 1000 * math.tau * bumps * f + p) for f, p, a in waves)
            line.append((x, base - rise * swell / 1.6))
        return [(-step, HEIGHT + 5), *line, (self.width + 2 * step, HEIGHT + 5)]

    def foliage(self, x: float, y: float, size: float, colours: Sequence[str], leaves: int = 60) -> None:
        """A bush or a tree's crown: leaves scattered in a ball, dark at the foot and light above."""
        for _ in range(leaves):
            angle, far = self.random.uniform(0, math.tau), math.sqrt(self.random.random())
            across, down = far * math.cos(angle) * size, far * math.sin(angle) * size * 0.8
            tone = min(
                len(colours) - 1,
                int((0.5 - down / size / 1.7 + self.random.uniform(-0.2, 0.2)) * len(colours)),
            )
            r = size * self.random.uniform(0.09, 0.2)
            self.disc(x + across, y + down, r, colours[max(0, tone)], ry=r * 0.8)

    def reflect(self, shore: float, foot: float, tint: str, share: float, ripple: float = 5) -> None:
        """Mirror what stands above the shore into the water below it, tinted and broken by ripples."""
        y, h = self.px(shore), self.px(foot) - self.px(shore)
        above = self.image.crop((0, max(0, y - h), self.image.width, y)).transpose(Image.Transpose.FLIP_TOP_BOTTOM)
        small = above.resize((above.width // 4, above.height // 4)).filter(ImageFilter.GaussianBlur(2.5))
        water = Image.blend(small, Image.new("RGB", small.size, tint), share).resize(above.size)
        strip = max(2, self.px(1.6))
        for row in range(0, water.height, strip):
            near = row / water.height
            swing = math.sin(row / self.px(4 + 9 * near) * 2.4) + self.random.uniform(-0.6, 0.6)
            shift = round(swing * self.px(ripple) * (0.25 + near))
            self.image.paste(water.crop((0, row, water.width, row + strip)), (shift, y + row))
            if shift:
                edge = self.image.crop((abs(shift), y + row, 2 * abs(shift), y + row + strip))
                self.image.paste(edge, (0 if shift > 0 else water.width - abs(shift), y + row))
        self._start()

    def glints(self, count: int, box: tuple[float, float, float, float], colour: str, alpha: float) -> None:
        """Bright strokes lying on the water of a rectangle (left, top, right, foot), longer when nearer."""
        left, top, right, foot = box
        for _ in range(count):
            near = self.random.random() ** 1.3
            x, y = self.random.uniform(left, right), top + (foot - top) * near
            self.disc(x, y, 5 + 30 * near, colour, alpha * self.random.uniform(0.3, 1), ry=0.7 + 1.8 * near)

    def blur(self, radius: float, box: tuple[float, float, float, float] | None = None) -> None:
        """Put a rectangle (left, top, right, foot; all of it if none) out of focus."""
        left, top, right, foot = (self.px(v) for v in box or (0, 0, self.width, HEIGHT))
        patch = self.image.crop((left, top, right, foot))
        small = patch.resize((max(1, patch.width // 6), max(1, patch.height // 6)))
        small = small.filter(ImageFilter.GaussianBlur(self.px(radius) / 6))
        self.image.paste(small.resize(patch.size, Image.Resampling.BICUBIC), (left, top))
        self._start()

    # Taking it off the easel

    def finished(self, grain: float = 0.055, vignette: float = 0.3) -> Image.Image:
        """The picture at its true size, its corners darkened and a film's grain laid over it."""
        image = self.image.reduce(OVERSAMPLING)
        corners = Image.radial_gradient("L").point([round(255 - vignette * max(0, v - 110) * 0.9) for v in range(256)])
        image = ImageChops.multiply(image, Image.merge("RGB", [corners.resize(image.size)] * 3))
        half = (image.width // 2, image.height // 2)
        film = Image.frombytes("L", half, self.random.randbytes(half[0] * half[1])).resize(image.size)
        return Image.blend(image, ImageChops.overlay(image, Image.merge("RGB", [film] * 3)), grain * 2)

    def jpeg(self, grain: float = 0.055, vignette: float = 0.3) -> bytes:
        """The finished picture as an sRGB JPEG of no more than MOST_BYTES."""
        image = self.finished(grain, vignette)
        for quality in QUALITIES:
            file = io.BytesIO()
            image.save(file, "JPEG", quality=quality, optimize=True, icc_profile=srgb_profile(), dpi=(300, 300))
            if file.tell() <= MOST_BYTES:
                break
        return file.getvalue()
