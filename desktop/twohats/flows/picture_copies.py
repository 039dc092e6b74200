"""The pictures of a post as files, for a place where the person posts by hand."""

import errno
from collections.abc import Sequence
from pathlib import Path

from twohats.model.approved_picture import approved_bytes
from twohats.model.errors import Refused
from twohats.model.ports import MediaStore
from twohats.model.rendition import RenderedPicture


def save_pictures(media: MediaStore, pictures: Sequence[RenderedPicture], folder: Path) -> tuple[Path, ...]:
    """Writes each picture as it was approved, under its neutral name; a file that has the name already stays as it is,
    and the copy takes a number.

    Raises BadInput("picture_missing"), Refused("disk_full") and Refused("folder_not_writable").
    """
    return tuple(_saved(approved_bytes(media, picture), picture.name, folder) for picture in pictures)


def _saved(data: bytes, name: str, folder: Path) -> Path:
    stem, suffix = Path(name).stem, Path(name).suffix
    number = 1
    while True:
        path = folder / (name if number == 1 else f"{stem} ({number}){suffix}")
        try:
            with path.open("xb") as file:
                file.write(data)
        except FileExistsError:
            if path.is_file() and path.read_bytes() == data:
                return path
            number += 1
            continue
        except OSError as problem:
            code = "disk_full" if problem.errno in (errno.ENOSPC, errno.EDQUOT) else "folder_not_writable"
            raise Refused(code, path=str(folder)) from None
        return path
