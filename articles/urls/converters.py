"""Parts of public addresses: a year, a month, the format of a feed."""

from django.urls import register_converter

from articles.public.feed_formats import FeedFormat


class YearConverter:
    """Four digits of a century that newspapers are of."""

    regex = r"(?:19|20)[0-9]{2}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:04d}"


class MonthConverter:
    """01 to 12, always two digits, so that a month has one address."""

    regex = r"0[1-9]|1[0-2]"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return f"{value:02d}"


class FeedFormatConverter:
    """How the address of a feed ends."""

    regex = "|".join(FeedFormat)

    def to_python(self, value: str) -> FeedFormat:
        return FeedFormat(value)

    def to_url(self, value: FeedFormat) -> str:
        return str(value)


register_converter(YearConverter, "year")
register_converter(MonthConverter, "month")
register_converter(FeedFormatConverter, "feed_format")
