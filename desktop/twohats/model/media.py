"""Pictures of a draft. The bytes lie in the store; here is what is known of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Media:
    """One picture, already cleaned: `digest` is the SHA-256 of the cleaned bytes, in hex.

    `original_name` is the file's name on the owner's disk: checked, shown, never sent.
    `removed` names the metadata taken out ("location", "camera", "time", "description"), and "motion" where it moved.
    """

    id: str
    digest: str
    mime: str
    width: int
    height: int
    size_bytes: int
    alt: str = ""
    original_name: str = ""
    removed: tuple[str, ...] = ()

    def public_name(self, number: int) -> str:
        """The neutral name under which the picture leaves: `image-1.jpg`."""
        ending = {"image/jpeg": "jpg", "image/png": "png", "image/webp": "webp", "image/gif": "gif"}
        return f"image-{number}.{ending.get(self.mime, 'bin')}"
