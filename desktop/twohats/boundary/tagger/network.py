"""Runs the trained network on this computer: onnxruntime for the numbers, tokenizers for the words. No network."""

import logging
import os
import tomllib
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from twohats.boundary.tagger.decoding import Settings, stretches
from twohats.boundary.tagger.reading import NOTHING, Limits, Reading, Stretch
from twohats.boundary.tagger.windows import Window, windows

# Words, where in them the part's own begin and end, and where sentences begin.
_Part = tuple[str, tuple[int, int], tuple[int, ...]]

log = logging.getLogger(__name__)

MODEL, VOCABULARY, THRESHOLDS = "model.onnx", "vocabulary.json", "thresholds.toml"


class Network:
    """Loads in a fraction of a second, reads a post in a few milliseconds, remembers what it read. Any thread."""

    def __init__(self, folder: Path) -> None:
        """Raises OSError, or whatever onnxruntime and tokenizers raise, when a file is missing or damaged."""
        with (folder / THRESHOLDS).open("rb") as file:
            numbers = tomllib.load(file)
        self.version = str(numbers["version"])
        self.limits = Limits(**{name: float(number) for name, number in numbers["limits"].items()})
        decoding = numbers["decoding"]
        self._settings = Settings(decoding["price"], decoding["bias"], tuple(decoding["weights"]))
        self._words = Tokenizer.from_file(str(folder / VOCABULARY))
        self._words.no_padding()
        self._words.enable_truncation(_LONGEST)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1  # the other processors belong to the typing
        options.inter_op_num_threads = 1
        options.log_severity_level = 4
        # The file is made of large steps already. Looked over once more it is as fast at best, and additions fused with
        # norms take onnxruntime 1.32 seven times as long as one by one.
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
        options.enable_cpu_mem_arena = False  # it would keep more memory, and be no faster
        self._session = onnxruntime.InferenceSession(
            str(folder / MODEL),
            sess_options=options,
            providers=["CPUExecutionProvider"],
        )
        self._seen: OrderedDict[_Part, Reading] = OrderedDict()
        self._lock = Lock()
        self._reader = ThreadPoolExecutor(1, "tagger")
        self._hands = ThreadPoolExecutor(_HANDS, "tagger-part")

    def begin(self, text: str, sentences: Sequence[tuple[int, int]]) -> Callable[[], Reading]:
        """As the protocol says. The numbers need no interpreter, so rules can be heard while they run."""
        begun = Event()

        def read() -> Reading:
            begun.set()
            return self.read(text, sentences)

        reading = self._reader.submit(read)
        begun.wait()  # hands the interpreter over: left to Python, the reader would wait for it for 5 ms
        return reading.result

    def read(self, text: str, sentences: Sequence[tuple[int, int]]) -> Reading:
        """What crosses in a text whose sentences lie at `sentences`, in code points."""
        begins = [start for start, _ in sentences]
        asked = [(window.start, _part(text, window, begins)) for window in windows(text, sentences)]
        if len(asked) == 1 and not asked[0][0]:
            return self._read(asked[0][1])
        if sum(part not in self._seen for _, part in asked) > 1:
            readings = list(self._hands.map(self._read, [part for _, part in asked]))
        else:
            readings = [self._read(part) for _, part in asked]
        found: list[Stretch] = []
        places: list[tuple[int, int]] = []
        crossing: list[float] = []
        for (by, _), read in zip(asked, readings, strict=True):
            found += [Stretch(s.start + by, s.end + by, s.category, s.sure) for s in read.stretches]
            places += [(start + by, end + by) for start, end in read.places]
            crossing += read.crossing
        return Reading(tuple(found), places, crossing)

    def _read(self, part: "_Part") -> Reading:
        with self._lock:
            seen = self._seen.get(part)
            if seen is not None:
                self._seen.move_to_end(part)
                return seen
        reading = self._run(*part)
        with self._lock:
            self._seen[part] = reading
            if len(self._seen) > _REMEMBERED:
                self._seen.popitem(last=False)
        return reading

    def _run(self, words: str, own: tuple[int, int], cuts: tuple[int, ...]) -> Reading:
        encoded = self._words.encode(words)
        if len(encoded.ids) <= 2:
            return NOTHING
        ids = np.array([encoded.ids], dtype=np.int64)
        pieces, post = self._session.run(None, {"ids": ids})
        offsets = encoded.offsets
        within = [n for n, (start, end) in enumerate(offsets) if own[0] <= start < end <= own[1]]
        places = [offsets[n] for n in within]
        kept = pieces[0][within]
        found = stretches(kept, post[0], places, cuts, self._settings)
        return Reading(tuple(trimmed(one, words) for one in found), places, (1 - kept[:, 0]).tolist())


def _part(text: str, window: Window, begins: Sequence[int]) -> "_Part":
    by = window.start
    cuts = begins[bisect_left(begins, window.first) : bisect_left(begins, window.last)]
    return text[by : window.end], (window.first - by, window.last - by), tuple([cut - by for cut in cuts])


def trimmed(stretch: Stretch, text: str) -> Stretch:
    """The stretch without the full stop, comma or dash at its ends."""
    start, end = stretch.start, stretch.end
    while end > start + 1 and text[end - 1] in _LOOSE:
        end -= 1
    while start < end - 1 and text[start] in _LOOSE:
        start += 1
    return Stretch(start, end, stretch.category, stretch.sure)


_LOOSE = " .,;:-\u2013\u2014\u2026"
_LONGEST = 256
# A check begins when the typing rests, so a long text may have more than one processor; each part is read by one.
_HANDS = min(4, os.cpu_count() or 1)
_REMEMBERED = 2048
