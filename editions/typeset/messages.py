"""Messages between the desk and its typesetting workers: a JSON header, then pieces of bytes. Pure."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO

_LENGTH = struct.Struct(">Q")


def send(stream: BinaryIO, header: Mapping[str, Any], pieces: Sequence[bytes] = ()) -> None:
    """Write one message; the header says how long the pieces are."""
    encoded = json.dumps({**header, "pieces": [len(piece) for piece in pieces]}, ensure_ascii=False).encode()
    stream.write(_LENGTH.pack(len(encoded)) + encoded)
    for piece in pieces:
        stream.write(piece)
    stream.flush()


def receive(stream: BinaryIO) -> tuple[dict[str, Any], list[bytes]]:
    """Read one message. Raises EOFError where the other side has gone."""
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    header = json.loads(_exactly(stream, length))
    return header, [_exactly(stream, size) for size in header.pop("pieces")]


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise EOFError
    return data
