"""Makes the trained check: `python packaging/tagger POSTS.jsonl... [--folds N] [--out FOLDER]`.

Without --folds: trains on the project's own posts, the rules' tables and the posts given, and writes FOLDER (by default
resources/tagger). With --folds N: trains on N-1 parts, reads the Nth, as many times as --runs says, writes the
calibration that was found to FOLDER/weights.json and prints figures for the parts that were left out.
"""

import argparse
import json
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "desktop")]

import posts as labelled  # noqa: E402
from calibrate import BIAS, LIMITS, PRICE, weights  # noqa: E402
from evaluate import evaluate  # noqa: E402
from export import write_model, write_thresholds  # noqa: E402
from tables import examples  # noqa: E402
from train import Read, read, train  # noqa: E402

from twohats.boundary.tagger.network import Network  # noqa: E402

WEIGHTS = HERE / "weights.json"


def main() -> int:
    """0 when what was asked for was made."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("posts", nargs="*", type=Path, help="labelled posts beside the project's own (.jsonl, .txt)")
    parser.add_argument("--out", type=Path, default=HERE.parents[1] / "resources" / "tagger")
    parser.add_argument("--folds", type=int, default=0, help="cross-validate in so many parts instead")
    parser.add_argument("--runs", type=int, default=0, help="leave out only the first so many of them")
    chosen = parser.parse_args()
    own = labelled.own()
    others = [post for path in chosen.posts for post in labelled.read(path)]
    known = labelled.shared(own, others)  # the project keeps a part of them itself
    every = own + [post for post in others if post.id not in known]
    if chosen.folds:
        _cross_validate(every, chosen.folds, chosen.runs or chosen.folds, chosen.out)
        return 0
    network = train(every + examples())
    write_model(network, chosen.out)
    found = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    write_thresholds(chosen.out, LIMITS, PRICE, BIAS, found)
    return 0


def _cross_validate(every: list[labelled.Post], count: int, runs: int, out: Path) -> None:
    folds = labelled.folds(every, count)
    readings: list[Read] = []
    for left_out in range(runs):
        kept = [post for post, fold in zip(every, folds, strict=True) if fold != left_out]
        rest = [post for post, fold in zip(every, folds, strict=True) if fold == left_out]
        network = train(kept + examples())
        readings += read(network, rest)
        found = weights(readings)
        write_model(network, out)
        write_thresholds(out, LIMITS, PRICE, BIAS, found)
        tagger = Network(out)
        for source in sorted({post.source for post in rest}):
            print(source, evaluate(tagger, kept, [post for post in rest if post.source == source]), flush=True)
    WEIGHTS.write_text(json.dumps([round(weight, 4) for weight in weights(readings)]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
