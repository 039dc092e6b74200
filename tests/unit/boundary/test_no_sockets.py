"""The check stays on the device: not one socket, not one name looked up, not one program started."""

import subprocess
import sys

CHECK_UNDER_WATCH = """
import sys

seen = []

def watch(event, arguments):
    if event.startswith(("socket.", "http.", "urllib.", "subprocess.", "ftplib.", "smtplib.", "os.system", "os.exec")):
        seen.append(event)

sys.addaudithook(watch)

if "--prove" in sys.argv:
    import socket
    socket.socket().close()
    print("seen:", seen)
    sys.exit(1)

from datetime import UTC, datetime
from twohats.boundary.check import make_checker
from twohats.boundary.rules import builtin
from twohats.model.draft import Draft
from twohats.model.identity import Hat, Identity
from twohats.model.media import Media
from twohats.model.policy import Policy

now = datetime(2026, 11, 22, tzinfo=UTC)
checker = make_checker()
text = "\\n".join(sentence for rule in builtin() for sentence in (*rule.hits, *rule.near_misses))
picture = Media("m", "0" * 64, "image/jpeg", 1, 1, 1, "My wife at http://beach.example", "smith-family.jpg")
for hat in Hat:
    draft = Draft("d", now, now, text=text, title="My twins", tags=("boymom",), media=(picture,), hat=hat)
    result = checker.check(draft, Identity(hat, "Robin Lee"), Policy())
    assert result.complete
    assert result.findings
assert {finding.rule for finding in result.findings}
print("seen:", seen)
sys.exit(1 if seen else 0)
"""


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", CHECK_UNDER_WATCH, *arguments], capture_output=True, text=True, timeout=300, check=False
    )


def test_every_rule_over_every_example_opens_no_socket():
    done = run()
    assert done.returncode == 0, done.stdout + done.stderr
    assert "seen: []" in done.stdout


def test_the_watch_would_see_one():
    done = run("--prove")
    assert done.returncode == 1
    assert "seen: ['socket" in done.stdout
