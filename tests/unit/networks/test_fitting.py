"""Pictures that are made to fit."""

import io

import pytest
from PIL import Image

from twohats.model.errors import BadInput
from twohats.networks.fitting import fitted


def _written(picture: Image.Image, kind: str = "PNG", **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def _noise(width: int, height: int) -> Image.Image:
    return Image.effect_noise((width, height), 100).convert("RGB")


def _opened(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        return picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_what_fits_stays_as_it_is(kind: str) -> None:
    data = _written(Image.new("RGB", (30, 20), "teal"), kind)

    fit = fitted(data, most_bytes=len(data))

    assert (fit.data, fit.mime, fit.width, fit.height) == (data, f"image/{kind.lower()}", 30, 20)


def test_a_large_one_becomes_a_smaller_jpeg_of_the_same_shape() -> None:
    fit = fitted(_written(_noise(1200, 800)), most_bytes=200_000)

    assert len(fit.data) <= 200_000
    assert fit.mime == "image/jpeg"
    assert _opened(fit.data).size == (fit.width, fit.height)
    assert fit.width / fit.height == pytest.approx(1.5, rel=0.01)


def test_no_more_is_taken_away_than_must_be() -> None:
    data = _written(_noise(600, 400))

    assert fitted(data, most_bytes=len(data) - 1).width == 600


def test_sides_and_pixels_count_too() -> None:
    data = _written(Image.new("RGB", (4000, 1000), "teal"))

    assert fitted(data, most_bytes=10**7, longest_side=2000).width == 2000
    many = fitted(data, most_bytes=10**7, most_pixels=1_000_000)
    assert 0.95e6 < many.width * many.height <= 1_000_000


def test_a_format_that_is_not_taken_becomes_jpeg() -> None:
    data = _written(Image.new("RGB", (30, 20), "teal"), "WEBP")

    assert fitted(data, most_bytes=10**6, mimes=("image/jpeg",)).mime == "image/jpeg"


@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_was_transparent_becomes_white(mode: str) -> None:
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0)).convert(mode)
    data = _written(clear, transparency=0) if mode == "P" else _written(clear)

    fit = fitted(data, most_bytes=10**6, mimes=("image/jpeg",))

    assert _opened(fit.data).convert("RGB").getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize(
    ("mode", "half"), [("L", 128), ("I;16", 32768), ("CMYK", (0, 0, 0, 128)), ("LA", (128, 255)), ("RGB", (128,) * 3)]
)
def test_any_kind_of_colour(mode: str, half: int | tuple[int, ...]) -> None:
    grey = Image.new(mode, (40, 40), half)  # type: ignore[arg-type]

    fit = fitted(_written(grey, "JPEG" if mode == "CMYK" else "PNG"), most_bytes=10**6, longest_side=30)

    assert fit.width == 30
    assert _opened(fit.data).convert("L").getpixel((15, 15)) == pytest.approx(128, abs=3)


def test_a_thin_one_keeps_a_pixel() -> None:
    fit = fitted(_written(Image.new("RGB", (3000, 1))), most_bytes=10**6, longest_side=100)

    assert (fit.width, fit.height) == (100, 1)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<svg/>", id="a drawing"),
        pytest.param(_written(_noise(50, 50))[:900], id="half a picture"),
        pytest.param(b"GIF89a and no picture", id="a name alone"),
        pytest.param(_written(Image.new("1", (10_000, 10_000))), id="few bytes, many pixels"),
    ],
)
def test_what_is_no_picture_is_told(data: bytes) -> None:
    with pytest.raises(BadInput) as caught:
        fitted(data, most_bytes=100, longest_side=10)

    assert caught.value.code == "picture_unreadable"
