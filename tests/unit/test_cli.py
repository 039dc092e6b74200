"""The command line's check: formats, exit codes, bad input in one line."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

CLEAN = "Grief has no timetable. Three things that help, and where to find a group."
STOP = "A client told me today that she wants to leave him."
SPANISH = "Hoy hablamos de la ansiedad y de cómo pedir ayuda cuando todo parece demasiado."
WARN = "My wife and I finally took that cruise."


def twohats(*arguments: str, stdin: str | bytes = "", home: Path | None = None) -> subprocess.CompletedProcess:
    data = stdin if isinstance(stdin, bytes) else stdin.encode()
    environment = {"PATH": "/usr/bin:/bin", "TWOHATS_HOME": str(home or "/nonexistent")}
    return subprocess.run(
        [sys.executable, "-m", "twohats", *arguments], input=data, capture_output=True, env=environment, timeout=60
    )


def said(result: subprocess.CompletedProcess) -> str:
    return result.stderr.decode().strip()


@pytest.mark.parametrize(
    ("text", "code"),
    [(CLEAN, 0), (WARN, 1), (STOP, 2), (f"{WARN} {STOP}", 2), ("", 0)],
    ids=["clear", "warn", "stop", "worst", "empty"],
)
def test_the_exit_code_is_the_worst_finding(text, code):
    assert twohats("check", "--as", "professional", stdin=text).returncode == code


def test_own_life_passes_under_the_personal_hat_and_a_client_does_not():
    assert twohats("check", "--as", "personal", stdin=WARN).returncode == 0
    assert twohats("check", "--as", "personal", stdin=STOP).returncode == 2


def test_json_lines_give_a_verdict_for_each_and_spans_in_code_points(tmp_path):
    posts = [("one", CLEAN), ("two", f"👩🏽‍⚕️ {STOP}"), ("three", WARN)]
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in posts), encoding="utf-8")
    result = twohats("check", str(file), "--as", "professional", "--format", "jsonl")
    answers = [json.loads(line) for line in result.stdout.decode().splitlines()]
    assert [a["id"] for a in answers] == ["one", "two", "three"]
    assert [a["verdict"] for a in answers] == ["clear", "stop", "warn"]
    for answer, (_, text) in zip(answers, posts, strict=True):
        for finding in answer["findings"]:
            assert text[finding["start"] : finding["end"]] == finding["text"]
            assert set(finding) == {
                "start", "end", "text", "category", "severity", "rule",
                "by_rule", "sure", "reason", "basis", "suggestions",
            }  # fmt: skip
            assert finding["reason"].endswith(".")
    assert result.returncode == 2


def test_json_gives_one_object():
    told = json.loads(twohats("check", "--as", "professional", "--format", "json", stdin=WARN).stdout)
    assert told["verdict"] == "warn"
    assert told["findings"][0]["category"] == "relationships"


def test_another_language_is_told_and_never_called_checked():
    told = twohats("check", "--as", "professional", stdin=SPANISH).stdout.decode().splitlines()
    assert told == [
        "This looks like Spanish. The check reads English: it was checked for contact details only.",
        "No contact details found.",
    ]
    told = twohats("check", "--as", "professional", stdin=f"{CLEAN} {CLEAN}\n\n{SPANISH}").stdout.decode().splitlines()
    assert told == [
        "Some of it looks like Spanish. The check reads English: those parts were checked for contact details only.",
        "Nothing found by these checks.",
    ]


def test_json_lines_name_the_language(tmp_path):
    file = tmp_path / "posts.jsonl"
    file.write_text("".join(json.dumps({"id": n, "text": t}) + "\n" for n, t in enumerate((CLEAN, SPANISH))))
    result = twohats("check", str(file), "--as", "professional", "--format", "jsonl")
    answers = [json.loads(line) for line in result.stdout.decode().splitlines()]
    assert [(a["language"], a["other_languages"]) for a in answers] == [("en", []), ("es", [])]


def test_nothing_found_is_never_called_safe():
    out = twohats("check", "--as", "professional", stdin=CLEAN).stdout.decode()
    assert out.strip() == "Nothing found by these checks."


@pytest.mark.parametrize(
    ("arguments", "stdin"),
    [
        (["check", "/no/such/file", "--as", "professional"], ""),
        (["check", "--as", "professional"], b"\xff\xfe\x00bad"),
        (["check", "--as", "professional", "--format", "jsonl"], '{"id": 1, "text": "a"}\nnonsense\n'),
        (["check", "--as", "professional", "--format", "jsonl"], '{"id": 1, "text": 5}\n'),
        (["check", "--as", "professional", "--format", "jsonl"], "[1, 2]\n"),
    ],
    ids=["missing file", "not text", "not json", "text is a number", "a list"],
)
def test_bad_input_is_said_in_one_line(arguments, stdin):
    result = twohats(*arguments, stdin=stdin)
    assert result.returncode == 3
    assert "Traceback" not in said(result)
    assert len(said(result).splitlines()) == 1
    assert said(result).endswith(".")


@pytest.mark.parametrize("arguments", [["check"], ["check", "--as", "both"], ["publish"], ["post", "--as", "personal"]])
def test_bad_use_is_exit_code_3(arguments):
    assert twohats(*arguments).returncode == 3


def test_hostile_text_is_checked_and_not_choked_on():
    text = "\u202eMy wife\u202c\u200b and I \x00 👨‍👩‍👧 " + "a" * 10_000
    assert twohats("check", "--as", "professional", stdin=text).returncode in (0, 1, 2)
