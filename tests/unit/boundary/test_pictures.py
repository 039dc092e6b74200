"""Pictures leave without what they tell besides what they show."""

import io

import pytest
from PIL import Image

from twohats.boundary import pictures
from twohats.model.errors import BadInput


def photo(kind: str, *, orientation: int = 1) -> bytes:
    image = Image.new("RGB", (40, 20), (200, 60, 40))
    image.putpixel((0, 0), (0, 0, 255))
    exif = Image.Exif()
    exif[0x010F] = "Lumora"
    exif[0x0112] = orientation
    exif[0x010E] = "Leo at Hillside"
    exif[0x0132] = "2026:07:01 10:00:00"
    exif.get_ifd(0x8825)[2] = (47.0, 33.0, 12.0)
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    image.save(out, kind, exif=exif, quality=95)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_place_camera_time_and_words_are_gone_and_named(kind):
    data = photo(kind)
    clean = pictures.clean(data)
    assert clean.removed == ("location", "camera", "time", "description")
    assert b"Lumora" in data
    for told in (b"Lumora", b"Hillside", b"2026:07:01", b"Exif", b"xmp"):
        assert told not in clean.data
    with Image.open(io.BytesIO(clean.data)) as again:
        assert dict(again.getexif()) == {}


def test_a_picture_stays_upright():
    clean = pictures.clean(photo("JPEG", orientation=6))
    assert (clean.width, clean.height) == (20, 40)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_one_that_moves_the_first_picture_is_kept_and_said_so(kind):
    frames = [Image.new("RGB", (12, 8), colour) for colour in ("red", "blue")]
    out = io.BytesIO()
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100, lossless=True)

    clean = pictures.clean(out.getvalue())

    assert "motion" in clean.removed
    with Image.open(io.BytesIO(clean.data)) as kept:
        assert not getattr(kept, "is_animated", False)
        red, _, blue = kept.convert("RGB").getpixel((3, 3))
    assert red > 250 > 5 > blue


def test_a_picture_of_one_is_not_said_to_have_moved():
    out = io.BytesIO()
    Image.new("P", (12, 8)).save(out, "GIF")
    assert pictures.clean(out.getvalue()).removed == ()


def test_pixels_of_a_png_are_untouched():
    with Image.open(io.BytesIO(pictures.clean(photo("PNG")).data)) as clean:
        assert clean.getpixel((0, 0)) == (0, 0, 255)
        assert clean.getpixel((5, 5)) == (200, 60, 40)


def test_transparency_and_palettes_survive():
    image = Image.new("RGBA", (4, 4), (10, 20, 30, 0)).convert("P")
    out = io.BytesIO()
    image.save(out, "PNG", transparency=0)
    with Image.open(io.BytesIO(pictures.clean(out.getvalue()).data)) as clean:
        assert clean.convert("RGBA").getpixel((1, 1))[3] == 0


@pytest.mark.parametrize("data", [b"", b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, photo("JPEG")[:200]])
def test_what_is_no_picture_is_refused_in_one_sentence(data):
    with pytest.raises(BadInput) as refused:
        pictures.clean(data)
    assert refused.value.code == "picture_unreadable"


def test_a_picture_too_large_to_open_is_refused():
    image = Image.new("1", (10_000, 8_500))
    out = io.BytesIO()
    image.save(out, "PNG")
    with pytest.raises(BadInput) as refused:
        pictures.clean(out.getvalue())
    assert refused.value.code == "picture_too_large"
