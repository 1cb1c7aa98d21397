"""Picture files built byte by byte where Pillow would not write them."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import ExifTags, Image, ImageCms, TiffTags

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255)
UTF8 = (1, 90, b"\x1b%G")


def saved(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, format=format, **options)
    return out.getvalue()


def halves(left: Any = RED, right: Any = BLUE, size: tuple[int, int] = (64, 32)) -> Image.Image:
    """A picture whose left half is one colour and whose right half another."""
    image = Image.new("RGB", size, left)
    image.paste(right, (size[0] // 2, 0, size[0], size[1]))
    return image


def noise(mode: str = "RGB", size: tuple[int, int] = (64, 48)) -> Image.Image:
    channel = Image.effect_noise(size, 80)
    return Image.merge(mode, [channel] * len(mode)) if len(mode) > 1 else channel


def exif(tags: dict[Any, Any], *, taken: dict[Any, Any] | None = None, gps: bool = False) -> bytes:
    block = Image.Exif()
    block.update(tags)
    if taken:
        block.get_ifd(ExifTags.IFD.Exif).update(taken)
    if gps:
        block.get_ifd(ExifTags.IFD.GPSInfo).update(
            {1: "N", 2: (39.0, 54.0, 27.0), 3: "E", 4: (116.0, 23.0, 17.0), 29: "2024:01:31"}
        )
    return block.tobytes()


def dataset(record: int, number: int, value: bytes) -> bytes:
    return struct.pack(">BBBH", 0x1C, record, number, len(value)) + value


def iim(*datasets: tuple[int, int, bytes]) -> bytes:
    return b"".join(dataset(*each) for each in datasets)


def resource(block: bytes) -> bytes:
    """A Photoshop image resource 0404 with an empty name, padded to an even length."""
    return b"8BIM\x04\x04\0\0" + struct.pack(">L", len(block)) + block + b"\0" * (len(block) % 2)


def with_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    return jpeg[:2] + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + jpeg[2:]


def with_iim(block: bytes, jpeg: bytes | None = None) -> bytes:
    return with_segment(jpeg or saved(halves()), 0xED, b"Photoshop 3.0\0" + resource(block))


def with_xmp(body: str, attributes: str = "", jpeg: bytes | None = None) -> bytes:
    return with_segment(jpeg or saved(halves()), 0xE1, b"http://ns.adobe.com/xap/1.0/\0" + xmp(body, attributes))


def xmp(body: str, attributes: str = "") -> bytes:
    return (
        '<?xpacket begin="\ufeff"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" {attributes}>'
        f"{body}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end='w'?>"
    ).encode()


def tiff_with_iim(block: bytes, kind: int, order: str) -> bytes:
    """A grey pixel and tag 33723, declared as a type of TIFF 6.0; LONG is how Photoshop declares it."""
    block += b"\0" * (-len(block) % 4)
    count = len(block) // 4 if kind == TiffTags.LONG else len(block)
    end = 8 + 2 + 9 * 12 + 4
    longs = {256: 1, 257: 1, 258: 8, 259: 1, 262: 1, 273: end + len(block), 278: 1, 279: 1}
    entries = [struct.pack(f"{order}HHLL", tag, TiffTags.LONG, 1, value) for tag, value in longs.items()]
    entries.append(struct.pack(f"{order}HHLL", 33723, kind, count, end))
    head = struct.pack(f"{order}2sHLH", b"II" if order == "<" else b"MM", 42, 8, len(entries))
    return head + b"".join(entries) + b"\0" * 4 + block + b"\x80"


def png(width: int, height: int) -> bytes:
    """A PNG that is only a header and a few pixels: eight-bit grey, of any claimed size."""
    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    chunks = (b"IHDR" + header, b"IDAT" + zlib.compress(b"\0" * 9), b"IEND")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">L", len(chunk) - 4) + chunk + struct.pack(">L", zlib.crc32(chunk)) for chunk in chunks
    )


def webp_header(width: int, height: int) -> bytes:
    canvas = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<L", 10) + b"\0\0\0\0" + canvas
    return b"RIFF" + struct.pack("<L", len(chunk) + 4) + b"WEBP" + chunk


def red_blue_swapped() -> bytes:
    """An RGB profile whose red primary is sRGB's blue and the other way round."""
    icc = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return icc.replace(b"rXYZ", b"....", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"....", b"bXYZ", 1)
