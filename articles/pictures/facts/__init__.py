"""What a picture's file says of itself (IPTC-NAA IIM 4.2, XMP with the IPTC Core schema, Exif 2.32): read when it
is taken in, and written into the copy that the desk hands out. Pure: no models, no wording.
"""

from articles.pictures.facts.reader import read_caption_data
from articles.pictures.facts.said import CaptionData, keywords_in, names_in
from articles.pictures.facts.writer import CannotWrite, with_caption_data

__all__ = ["CannotWrite", "CaptionData", "keywords_in", "names_in", "read_caption_data", "with_caption_data"]
