"""Writes what ships: the network as an int8 ONNX file, its word pieces, its numbers and its hash."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import onnx
from graph import compose
from network import TaggerNetwork, vocabulary

MODEL, VOCABULARY, THRESHOLDS = "model.onnx", "vocabulary.json", "thresholds.toml"
LARGEST_MB = 25


def write_model(network: TaggerNetwork, folder: Path) -> None:
    """model.onnx and vocabulary.json. Raises ValueError when the file would be larger than LARGEST_MB."""
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(compose(network), folder / MODEL)
    size_mb = (folder / MODEL).stat().st_size / 1e6
    if size_mb > LARGEST_MB:
        raise ValueError(f"the model takes {size_mb:.1f} MB, more than {LARGEST_MB}")
    words = json.loads(vocabulary().to_str())
    words["truncation"] = None
    (folder / VOCABULARY).write_text(json.dumps(words, ensure_ascii=False, separators=(",", ":")), encoding="utf-8")


def write_thresholds(
    folder: Path, limits: dict[str, float], price: float, bias: float, weights: Sequence[float]
) -> None:
    """thresholds.toml, with the hash of the model that they belong to."""
    digest = hashlib.sha256((folder / MODEL).read_bytes()).hexdigest()
    lines = [
        "# What belongs to model.onnx; written by packaging/tagger.",
        f'version = "{digest[:12]}"',
        f'sha256 = "{digest}"',
        "",
        "[limits]  # probabilities: a note, a warning, a stop for a client, and below which a rule is not believed",
        *(f"{name} = {value:g}" for name, value in limits.items()),
        "",
        "[decoding]  # the price of a change of label, the bias of none, the weights of the calibration",
        f"price = {price:g}",
        f"bias = {bias:g}",
        f"weights = [{', '.join(f'{weight:.4f}' for weight in weights)}]",
        "",
    ]
    (folder / THRESHOLDS).write_text("\n".join(lines), encoding="utf-8")
