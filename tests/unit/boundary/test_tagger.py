"""The tagger: windows, stretches, and the network that ships, without a network."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from twohats.assets import resources
from twohats.boundary.sentences import split
from twohats.boundary.tagger.decoding import CATEGORIES, Settings, _likeliest, stretches
from twohats.boundary.tagger.loading import load
from twohats.boundary.tagger.reading import Reading, Stretch
from twohats.boundary.tagger.windows import WHOLE, windows
from twohats.model.finding import Category

SETTINGS = Settings(price=2.0, bias=-0.5, weights=(0.0, 1.0, 0.0, 0.0, 0.0, 0.0))
NO_POST = np.full(13, 0.5, dtype=np.float32)


def pieces_of(*labels: Category | None, sure: float = 0.97) -> np.ndarray:
    """Probabilities of word pieces that are as sure of their labels."""
    rows = np.full((len(labels), 14), (1 - sure) / 13, dtype=np.float32)
    for row, label in zip(rows, labels, strict=True):
        row[0 if label is None else CATEGORIES.index(label) + 1] = sure
    return rows


def found(pieces, cuts=(), size=5):
    places = [(number * size, number * size + size - 1) for number in range(len(pieces))]
    return stretches(pieces, NO_POST, places, cuts, SETTINGS)


H, F = Category.HEALTH, Category.FEELINGS


def test_pieces_of_one_label_are_one_stretch():
    (one,) = found(pieces_of(None, H, H, None))
    assert (one.start, one.end, one.category) == (5, 14, H)


def test_one_doubtful_piece_does_not_part_a_stretch():
    pieces = pieces_of(H, H, H, H)
    pieces[2] = pieces_of(F, sure=0.6)[0] + 0.02
    (one,) = found(pieces)
    assert (one.start, one.end, one.category) == (0, 19, H)


def test_a_sure_change_of_label_parts_it():
    assert [(s.start, s.category) for s in found(pieces_of(H, H, F, F))] == [(0, H), (10, F)]


def test_a_new_sentence_begins_a_new_stretch():
    assert [s.start for s in found(pieces_of(H, H, H, H), cuts=(10,))] == [0, 10]


def test_what_is_no_word_is_passed_over():
    pieces = pieces_of(None, H, None)
    (one,) = stretches(pieces, NO_POST, [(0, 0), (0, 4), (4, 4)], (), SETTINGS)
    assert (one.start, one.end) == (0, 4)
    assert stretches(pieces[:1], NO_POST, [(0, 0)], (), SETTINGS) == []


def test_the_surer_the_pieces_the_surer_the_stretch():
    sures = [found(pieces_of(H, H, sure=sure))[0].sure for sure in (0.7, 0.9, 0.99)]
    assert sures == sorted(sures)
    assert all(0 < sure < 1 for sure in sures)


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(1, 5), st.floats(0, 1)), max_size=9), st.integers(0, 40))
def test_the_support_of_a_stretch_is_the_highest_of_what_lies_in_it(steps, start):
    places, at = [], 0
    for gap, length, _ in steps:
        places.append((at + gap, at + gap + length))
        at += gap + length
    crossing = [probability for _, _, probability in steps]
    within = [own for (first, last), own in zip(places, crossing, strict=True) if first < start + 4 and start < last]
    assert Reading((), places, crossing).support(start, start + 4) == max(within, default=0.0)


def score_of(labels, pieces):
    scores = np.log(np.maximum(pieces, 1e-4)).astype(float)
    scores[:, 0] += SETTINGS.bias
    changes = sum(one != other for one, other in pairwise(labels))
    return sum(score[label] for score, label in zip(scores, labels, strict=True)) - SETTINGS.price * changes


def best_score(pieces):
    """By the textbook: every label, and from each one the dearest way to every other."""
    scores = np.log(np.maximum(pieces, 1e-4)).astype(float)
    scores[:, 0] += SETTINGS.bias
    price = SETTINGS.price * (1 - np.eye(14))
    best = scores[0]
    for score in scores[1:]:
        best = (best[:, None] - price).max(axis=0) + score
    return best.max()


@given(st.integers(1, 12), st.integers(0, 9_999))
def test_no_labelling_is_likelier_than_the_one_that_is_taken(length, seed):
    chance = np.random.default_rng(seed)
    pieces = chance.dirichlet(np.full(14, 0.15), size=length).astype(np.float32)
    assert score_of(_likeliest(pieces, SETTINGS), pieces) == pytest.approx(best_score(pieces), abs=1e-4)


@given(st.lists(st.text(alphabet="ab \n", min_size=1, max_size=60), min_size=1, max_size=60))
def test_windows_read_every_sentence_once_and_stay_in_the_text(parts):
    text = ". ".join(parts)
    sentences = split(text)
    read = list(windows(text, sentences))
    for start, end in sentences:
        assert sum(window.first <= start and end <= window.last for window in read) == 1
    for window in read:
        assert 0 <= window.start <= window.first < window.last <= window.end <= len(text)


def test_a_post_is_one_window_and_an_essay_many():
    post, essay = "A word. " * 100, "A sentence that goes on for a while, as they do. " * 100
    assert len(list(windows(post, split(post)))) == 1
    assert len(post) <= WHOLE < len(essay)
    sizes = [window.end - window.start for window in windows(essay, split(essay))]
    assert len(sizes) > 5
    assert max(sizes) <= WHOLE


@pytest.fixture(scope="module")
def tagger():
    loaded = load()
    assert loaded is not None
    return loaded


def stretches_in(tagger, text):
    return tagger.read(text, split(text)).stretches


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Group starts on Monday. My wife has left me and I cannot think straight.", Category.RELATIONSHIPS),
        ("Leaflets are in. I have been on antidepressants since the spring.", Category.HEALTH),
        ("New hours below. Text me on my own mobile, 07700 900321, at any hour.", Category.CONTACT),
        ("A client told me this morning that she had lied to her husband for years.", Category.CLIENT),
        ("I owe the bank more than this practice earns in a year.", Category.FINANCES),
        ("My manager hides the complaints and the whole team knows it.", Category.WORKPLACE),
    ],
)
def test_it_sees_what_it_was_taught(tagger, text, category):
    seen = [stretch for stretch in stretches_in(tagger, text) if stretch.sure >= tagger.limits.mark]
    assert category in {stretch.category for stretch in seen}


@pytest.mark.parametrize(
    "text",
    [
        "Our office is closed from 24 to 26 December.",
        "Sleep problems often come with grief; here are three small steps.",
        "Clients often ask me how long therapy takes. It depends, and here is on what.",
        "We are hiring a family therapist for the team in Leeds.",
        "A new review finds that exercise helps with mild depression.",
    ],
)
def test_it_leaves_plain_posts_alone(tagger, text):
    assert [s for s in stretches_in(tagger, text) if s.sure >= tagger.limits.mark] == []


@given(text=st.text(max_size=400))
def test_any_text_is_read_and_every_stretch_lies_in_one_sentence(tagger, text):
    sentences = split(text)
    for one in tagger.read(text, sentences).stretches:
        assert isinstance(one, Stretch)
        assert 0 < one.sure < 1
        assert any(start <= one.start < one.end <= end for start, end in sentences)


def test_the_same_text_is_read_the_same(tagger):
    text = "I slept four hours and it shows. " * 60
    again = load()
    assert again is not None
    assert again.read(text, split(text)) == tagger.read(text, split(text))


def test_what_is_read_beside_other_work_is_the_same(tagger):
    texts = [f"My sister and I walked {n} miles. Sleep comes back with light." for n in range(20)]
    begun = [tagger.begin(text, split(text)) for text in texts]
    assert [told() for told in begun] == [tagger.read(text, split(text)) for text in texts]
    assert begun[0]().stretches


def test_a_long_text_is_read_in_order_and_an_edit_changes_only_what_lies_near(tagger):
    text = " ".join(f"On day {number} my knee hurt and my sister drove me home." for number in range(60))
    edited = text.replace("On day 30 my knee hurt", "On day 30 the hall was cold")
    before, after = (tagger.read(one, split(one)) for one in (text, edited))
    far = text.index("On day 30") - 400  # further than a part and its context reach

    assert list(before.places) == sorted(set(before.places))
    assert len(before.places) == len(before.crossing)
    assert after.stretches != before.stretches
    assert [s for s in after.stretches if s.end < far] == [s for s in before.stretches if s.end < far]


@pytest.mark.parametrize("missing", ["model.onnx", "vocabulary.json", "thresholds.toml"])
def test_without_a_whole_file_there_is_no_tagger(tmp_path, missing):
    for file in (resources() / "tagger").iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes()[:100] if file.name == missing else file.read_bytes())
    assert load(tmp_path) is None
    (tmp_path / missing).unlink()
    assert load(tmp_path) is None
