"""The labelled posts that the trained check is made from: marks, folds, and no post in training and test."""

import importlib.util
import sys
from pathlib import Path

import pytest

from twohats.model.finding import Category

FOLDER = Path(__file__).parents[2] / "packaging" / "tagger"


def _loaded(name):
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


posts = _loaded("posts")
evaluate = _loaded("evaluate")
OWN = posts.own()


def post(name, text, *spans):
    return posts.Post(name, "test", text, spans)


def test_marks_go_in_and_out(tmp_path):
    for text in ("plain", "two\nlines \\ and [single] marks", "[[not a mark]]"):
        start = text.index(text[1:4])
        made = post("one", text, (start, start + 3, "health"))
        assert _read_line(posts.marked(made), tmp_path) == (made.text, made.spans)


def _read_line(line, folder):
    path = folder / "line.txt"
    path.write_text(line + "\n", encoding="utf-8")
    (read,) = posts.read(path)
    return read.text, read.spans


def test_a_span_outside_its_text_is_refused(tmp_path):
    path = tmp_path / "wrong.jsonl"
    path.write_text('{"id": "1", "source": "x", "text": "short", "spans": [[0, 9, "health"]]}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="wrong span"):
        posts.read(path)


def test_our_own_posts_cover_every_category_and_stand_once():
    categories = {span[2] for one in OWN for span in one.spans}
    assert categories == set(posts.CATEGORIES) == {category.value for category in Category}
    assert len({one.text for one in OWN}) == len(OWN)
    assert all(one.text[start:end].strip() == one.text[start:end] for one in OWN for start, end, _ in one.spans)


def test_folds_keep_near_copies_together_and_are_the_same_every_time():
    near = [post(f"{n}", f"Draft {n}: we open the new room for groups on Monday") for n in range(6)]
    apart = [post(f"far{n}", f"{n} {n} {n} {n} {n} {n}", (0, 1, "health")) for n in range(10, 40)]
    chosen = posts.folds(near + apart, 3)
    assert len(set(chosen[:6])) == 1
    assert chosen == posts.folds(near + apart, 3)
    assert {chosen.count(fold) for fold in range(3)} <= set(range(8, 17))


def test_nothing_is_measured_on_what_was_trained_on():
    learned = [post("a", "My knee is bad again.", (0, 14, "health"))]
    with pytest.raises(ValueError, match="trained on"):
        evaluate.evaluate(None, learned, [post("b", "my KNEE is bad, again")])


def test_figures_count_what_is_found_missed_and_wrongly_asked_about():
    seen = post("a", "My daughter just started college.", (0, 32, "relationships"))
    missed = post("b", "Quite so, and thus.", (0, 8, "finances"))
    clean = post("c", "Our office is closed on Friday.")
    figures = evaluate.evaluate(None, [], [seen, missed, clean])
    assert (figures.posts, figures.clean, figures.clean_asked) == (3, 1, 0)
    assert (figures.marked.right, figures.marked.missed, figures.marked.wrong) == (1, 1, 0)
    assert figures.by_category["relationships"].right == 1
