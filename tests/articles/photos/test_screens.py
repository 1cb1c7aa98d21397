"""Pictures for screens: AVIF and WebP in several widths, made when a photo comes in, gone with its story."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.test import TestCase
from PIL import Image

from articles import editing
from articles.models import Photo, PublicFrame, PublishedArticle, PublishedPhoto, Purge, ScreenRendition
from articles.photos import screens
from articles.pictures import imaging
from articles.states import State, Verb
from newsroom.staff.roles import Role
from tests import newsroom_of_tests as house

SOURCE = re.compile(r'<source type="image/(\w+)" srcset="([^"]+)" sizes="([^"]+)">')


def widths_of(photo: Photo) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for rendition in photo.screen_renditions.all():
        found.setdefault(rendition.format, []).append(rendition.width)
    return found


def public_files() -> set[str]:
    store = storages["public"]
    return {name for folder in store.listdir("photos")[0] for name in store.listdir(f"photos/{folder}")[1]}


@pytest.fixture
def photographer(people):
    return people[Role.PHOTOGRAPHER]


@pytest.mark.parametrize(
    ("width", "avif", "webp"),
    [
        (4000, [320, 640, 960, 1280, 1920], [320, 640, 1280]),
        (1920, [320, 640, 960, 1280, 1920], [320, 640, 1280]),
        (1000, [320, 640, 1000], [320, 640]),
        (400, [320, 400], [320]),
        (60, [60], []),
    ],
)
def test_a_photo_is_made_in_every_width_below_its_own_and_never_enlarged(photographer, width, avif, webp):
    photo = house.make_photo(photographer, house.jpeg(width, width // 2))
    assert widths_of(photo) == {name: widths for name, widths in (("avif", avif), ("webp", webp)) if widths}
    for rendition in photo.screen_renditions.all():
        with rendition.file.open("rb") as file, Image.open(file) as picture:
            assert (picture.format.lower(), picture.size) == (rendition.format, (rendition.width, rendition.height))
            assert abs(rendition.width / 2 - rendition.height) <= 1
            assert not picture.getexif()


def test_the_sizes_of_one_decoding_show_the_whole_picture_upright_and_bare():
    out, exif = BytesIO(), Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "GPS-SECRET"
    stored = Image.new("RGB", (900, 600), "red")
    stored.paste("blue", (450, 0, 900, 600))
    stored.save(out, "JPEG", exif=exif)
    for sizes in screens.make_sizes(out.getvalue()).values():
        for size in sizes:
            assert b"GPS-SECRET" not in size.data
            with Image.open(BytesIO(size.data)) as picture:
                above, below = (picture.getpixel((size.width // 2, y)) for y in (5, size.height - 5))
            assert size.height > size.width
            assert above[0] > 200 > 50 > above[2]
            assert below[2] > 200 > 50 > below[0]


def test_readers_are_offered_every_width_with_the_size_of_the_picture(people, photographer, client):
    inside, outside = (house.make_photo(photographer, house.jpeg(2400, n)) for n in (1600, 1200))
    story = house.story_in(
        State.PUBLISHED,
        people,
        body=f'<p>开头。</p><figure><img src="/desk/photos/{inside.pk}/preview"></figure>',
        pictures=[
            editing.Picture(outside.pk, caption='"外"', alt="<外>"),
            editing.Picture(inside.pk, caption="内", alt="里 & 面"),
        ],
    )
    text = client.get(f"/stories/{story.pk}/").text.partition('<div class="text"')[2]
    first, second = re.findall(r"<picture>.*?</picture>", text)
    assert 'alt="&lt;外&gt;" fetchpriority="high">' in first
    assert 'alt="里 &amp; 面" loading="lazy">' in second
    assert 'width="960" height="480"' in first
    for picture in (first, second):
        kinds = {kind: srcset for kind, srcset, _sizes in SOURCE.findall(picture)}
        assert list(kinds) == ["avif", "webp"]
        assert re.findall(r" (\d+)w", kinds["avif"]) == ["320", "640", "960", "1280", "1920"]
        assert re.findall(r" (\d+)w", kinds["webp"]) == ["320", "640", "960", "1280", "1920"]
        for address in re.findall(r"(/media/\S+) ", " ".join(kinds.values())):
            assert client.get(address).status_code == 200
    assert "<picture>" in client.get("/sections/city/").text


def test_a_withdrawn_storys_pictures_are_gone_in_every_width(people, photographer):
    photo = house.make_photo(photographer, house.jpeg(2400, 1600))
    story = house.story_in(State.PUBLISHED, people, pictures=[editing.Picture(photo.pk)])
    assert len(public_files()) == 3 + 5 + 3
    with TestCase.captureOnCommitCallbacks(execute=True):
        house.act(story, Verb.WITHDRAW, people[Role.EDITOR_IN_CHIEF], "失实")
    assert public_files() == set()


def test_photos_from_before_are_shown_as_they_were_until_the_command_has_made_their_sizes(people, photographer, client):
    photo = house.make_photo(photographer, house.jpeg(2400, 1600))
    unused = house.make_photo(photographer, house.jpeg(800, 600))
    ScreenRendition.objects.all().delete()
    body = f'<p>开头。</p><figure><img src="/desk/photos/{photo.pk}/preview"></figure>'
    story = house.story_in(State.PUBLISHED, people, body=body)
    before = client.get(f"/stories/{story.pk}/")
    shown = PublishedPhoto.objects.get()
    [(kind, srcset, _sizes)] = SOURCE.findall(before.text)
    assert (kind, srcset) == ("webp", f"{shown.thumbnail} 360w, {shown.preview} 960w")
    call_command("make_renditions")
    assert widths_of(photo)["avif"] == [320, 640, 960, 1280, 1920]
    assert widths_of(unused)["avif"] == [320, 640, 800]
    after = client.get(f"/stories/{story.pk}/")
    assert [kind for kind, _srcset, _sizes in SOURCE.findall(after.text)] == ["avif", "webp"]
    assert after["ETag"] != before["ETag"]
    assert PublishedArticle.objects.get().picture["sources"] == PublishedPhoto.objects.get().sources
    call_command("make_renditions")
    assert ScreenRendition.objects.filter(photo=photo).count() == 8


def test_stories_that_are_offered_sizes_together_are_one_change_for_the_caches(people, photographer, settings):
    settings.CDN_PURGE_URL = "https://cdn.example/purge"
    photos = [house.make_photo(photographer, house.jpeg(700, size)) for size in (400, 500)]
    ScreenRendition.objects.all().delete()
    stories = [house.story_in(State.PUBLISHED, people, pictures=[editing.Picture(photo.pk)]) for photo in photos]
    Purge.objects.all().delete()
    generation = PublicFrame.objects.get().generation
    call_command("make_renditions")
    assert all(PublishedPhoto.objects.values_list("sources", flat=True))
    assert PublicFrame.objects.get().generation == generation + 1
    assert set(Purge.objects.get().keys) >= {f"story-{story.pk}" for story in stories}


def test_an_original_that_is_lost_is_named_and_holds_up_no_other(photographer):
    lost, other = (house.make_photo(photographer, house.jpeg(700, n)) for n in (400, 500))
    ScreenRendition.objects.all().delete()
    lost.original.storage.delete(lost.original.name)
    with pytest.raises(CommandError, match=f"photo {lost.pk}"):
        call_command("make_renditions")
    assert widths_of(other)["avif"] == [320, 700]


def test_what_is_no_picture_is_refused():
    with pytest.raises(imaging.ImageRefused):
        screens.make_sizes(b"no picture")
