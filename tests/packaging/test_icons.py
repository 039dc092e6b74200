"""The program's icon is drawn whole, in every size that a system asks for."""

from io import BytesIO
from pathlib import Path

import icons
from PIL import Image


def _opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data)).convert("RGBA")


def test_the_drawing_has_both_hats_and_clear_corners() -> None:
    drawn = _opened(icons.png(256))
    assert drawn.getpixel((2, 2))[3] == 0
    assert drawn.getpixel((158, 60))[:3] == (0x1A, 0x64, 0x68)
    assert drawn.getpixel((106, 200))[:3] == (0xA9, 0x4A, 0x26)


def test_the_smallest_size_still_shows_both_colours() -> None:
    drawn = _opened(icons.png(16))
    seen = [drawn.getpixel((x, y)) for x in range(16) for y in range(16)]
    assert any(red > 150 and blue < 90 for red, _, blue, alpha in seen if alpha > 200)
    assert any(red < 80 and blue > 90 for red, _, blue, alpha in seen if alpha > 200)


def test_the_windows_icon_has_every_size(tmp_path: Path) -> None:
    with Image.open(icons.make_ico(tmp_path / "made" / "twohats.ico")) as made:
        assert {width for width, _ in made.info["sizes"]} == set(icons.ICO_SIZES)


def test_the_mac_icon_has_every_size(tmp_path: Path) -> None:
    with Image.open(icons.make_icns(tmp_path / "twohats.icns")) as made:
        assert {width * scale for width, _, scale in made.info["sizes"]} >= {32, 64, 128, 256, 512, 1024}


def test_an_icon_on_a_mac_has_air_around_it() -> None:
    assert _opened(icons.png(1024, 824 / 1024)).getbbox() > (120, 120, 0, 0)
    assert _opened(icons.png(1024)).getbbox() < (40, 40, 0, 0)


def test_two_drawings_are_the_same_bytes(tmp_path: Path) -> None:
    one, other = (icons.make_ico(tmp_path / name).read_bytes() for name in ("a.ico", "b.ico"))
    assert one == other


def test_the_pictures_lie_where_themes_look(tmp_path: Path) -> None:
    for file in icons.make_pngs(tmp_path, "org.twohats.TwoHats"):
        with Image.open(file) as made:
            assert file.relative_to(tmp_path).as_posix() == f"{made.width}x{made.width}/apps/org.twohats.TwoHats.png"
