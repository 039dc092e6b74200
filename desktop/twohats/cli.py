"""The command line: the same check, the same gate, the same records as the window, without loading Qt."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

from twohats import __version__
from twohats.commands import deliver, dry_run, export, forget, import_, opening, planned, records, rescan, update
from twohats.gui import wording
from twohats.model.errors import BadInput, TwoHatsError
from twohats.model.finding import CheckResult, Finding, Severity, worst
from twohats.model.identity import Hat, Identity, fresh_identities
from twohats.model.plan import Keeper, Plan
from twohats.model.policy import Policy

if TYPE_CHECKING:
    from twohats.app import House
    from twohats.bridge.services import Services
    from twohats.flows.review import Verdict
    from twohats.model.account import Account
    from twohats.model.approval import Answer
    from twohats.model.draft import Draft

EXIT_CLEAR, EXIT_WARN, EXIT_STOP, EXIT_BAD = 0, 1, 2, 3


def run(arguments: Sequence[str]) -> int:
    """Exit code: 0 nothing at warn or above (or done), 1 warn, 2 stop, 3 bad use or input that cannot be read."""
    if arguments and arguments[0] in opening.WORDS:
        return opening.run(arguments)
    parser = _parser()
    try:
        chosen = parser.parse_args(arguments)
    except SystemExit as leaving:
        return EXIT_CLEAR if leaving.code in (0, None) else EXIT_BAD
    commands: dict[str | None, Callable[[argparse.Namespace], int]] = {
        None: _open_window,
        "check": _check,
        "post": _post,
        "drafts": _drafts,
    }
    try:
        return (getattr(chosen, "run", None) or commands[chosen.command])(chosen)
    except TwoHatsError as problem:
        _say(wording.error(problem))
        return EXIT_BAD
    except BrokenPipeError:
        sys.stderr.close()  # the reader went away; nothing is left to say it to
        return EXIT_CLEAR
    except KeyboardInterrupt:
        return EXIT_BAD


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="twohats",
        description="Write once, choose the hat, be warned, publish. Without a command the window opens.",
        epilog=opening.HELP,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"twohats {__version__}")
    commands = parser.add_subparsers(
        dest="command", metavar="check | post | records | drafts | deliver | rescan | export | import | update | forget"
    )
    hats = [hat.value for hat in Hat]

    check = commands.add_parser("check", help="check a text as the window would")
    check.add_argument("file", nargs="?", default="-", help="a text file; - or nothing for standard input")
    check.add_argument("--as", dest="hat", choices=hats, required=True)
    check.add_argument("--format", choices=["text", "json", "jsonl"], default="text")
    check.add_argument("--bare", action="store_true", help="leave your professional card and allowances aside")

    post = commands.add_parser("post", help="post a text; the same gate as in the window")
    post.add_argument("file", help="a text or Markdown file; - for standard input")
    post.add_argument("--as", dest="hat", choices=hats, required=True)
    post.add_argument("--to", action="append", required=True, metavar="ACCOUNT", help="an account's label; may repeat")
    post.add_argument("--title", default="")
    post.add_argument("--tag", action="append", default=[], dest="tags")
    post.add_argument("--excerpt", default="")
    post.add_argument(
        "--answer", action="append", default=[], metavar="RULE=REASON", help="a reason for each open finding"
    )
    post.add_argument("--blog-first", action="store_true", help="the blog goes first, the others lead to it")
    planned.add_to(post)
    dry_run.add_to(post)

    drafts = commands.add_parser("drafts", help="what is being written")
    drafts.add_argument("query", nargs="?", default="")
    drafts.add_argument("--as", dest="hat", choices=hats)
    drafts.add_argument("--format", choices=["text", "json"], default="text")
    deliver.add_to(commands)
    records.add_to(commands)
    rescan.add_to(commands)
    export.add_to(commands)
    forget.add_to(commands)
    import_.add_to(commands)
    update.add_to(commands)
    return parser


def _open_window(_: argparse.Namespace) -> int:
    from twohats.app import run_window

    return run_window()


# check


def _check(chosen: argparse.Namespace) -> int:
    from twohats.boundary.check import make_checker
    from twohats.boundary.tagger.loading import load

    hat = Hat(chosen.hat)
    identity, policy = _known_of(hat) if not chosen.bare else (_fresh(hat), Policy())
    checker = make_checker()
    checker.tagger = load()

    def check(text: str) -> CheckResult:
        return checker.check(_draft_of(text, hat), identity, policy)

    if chosen.format == "jsonl":
        return _check_lines(chosen.file, check)
    result = check(_read(chosen.file))
    if not result.complete:
        raise BadInput("not_checked")
    if chosen.format == "json":
        _out(json.dumps(_as_json(result), ensure_ascii=False, indent=2))
    else:
        _print_findings(result, hat)
    return _exit_code(result)


def _check_lines(file: str, check: Callable[[str], CheckResult]) -> int:
    code = EXIT_CLEAR
    for number, line in enumerate(_read(file).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
            text, item_id = item["text"], item["id"]
            if not isinstance(text, str):
                raise TypeError
        except (ValueError, KeyError, TypeError) as problem:
            raise BadInput("bad_jsonl", line=number) from problem
        result = check(text)
        if not result.complete:
            raise BadInput("not_checked_line", line=number)
        _out(json.dumps({"id": item_id, **_as_json(result)}, ensure_ascii=False))
        code = max(code, _exit_code(result))
    return code


def _known_of(hat: Hat) -> tuple[Identity, Policy]:
    """The owner's identity and policy, if there is a profile and the keyring opens it; else fresh ones, said so."""
    from twohats.app import has_profile, open_house

    if not has_profile():
        return _fresh(hat), Policy()
    try:
        house = open_house()
    except TwoHatsError:
        _say(wording.sentence("cli", "checked_bare"))
        return _fresh(hat), Policy()
    try:
        return _identity(house.services, hat), house.services.profile.policy()
    finally:
        house.close()


def _fresh(hat: Hat) -> Identity:
    personal, professional = fresh_identities()
    return personal if hat is Hat.PERSONAL else professional


def _identity(services: "Services", hat: Hat) -> Identity:
    return next(identity for identity in services.profile.identities() if identity.hat is hat)


def _draft_of(text: str, hat: Hat) -> "Draft":
    from datetime import UTC, datetime

    from twohats.model.draft import Draft

    # The text as it was given: offsets of findings are its code points.
    now = datetime.now(UTC)
    return Draft("cli", now, now, hat=hat, text=text)


def _verdict(result: CheckResult) -> str:
    gravest = worst(result.findings)
    return "clear" if gravest is Severity.SILENT else gravest.word


def _exit_code(result: CheckResult) -> int:
    gravest = worst(result.findings)
    return {Severity.WARN: EXIT_WARN, Severity.STOP: EXIT_STOP}.get(gravest, EXIT_CLEAR)


def _as_json(result: CheckResult) -> dict[str, object]:
    return {
        "verdict": _verdict(result),
        "language": result.language,
        "other_languages": list(result.other_languages),
        "by_rules_only": result.by_rules_only,
        "findings": _findings_as_json(result),
    }


def _findings_as_json(result: CheckResult) -> list[dict[str, object]]:
    return [
        {
            "start": finding.span.start,
            "end": finding.span.end,
            "text": finding.words,
            "category": finding.category.value,
            "severity": finding.severity.word,
            "rule": finding.rule,
            "by_rule": finding.by_rule,
            "sure": round(finding.sure, 3),
            "reason": wording.reason(finding),
            "basis": [wording.basis(code) for code in finding.basis],
            "suggestions": [
                {"kind": s.kind.value, "start": s.span.start, "end": s.span.end, "text": s.text}
                for s in finding.suggestions
            ],
        }
        for finding in result.findings
    ]


def _print_findings(result: CheckResult, hat: Hat) -> None:
    is_english = result.language == "en"
    if result.by_rules_only:
        _out(wording.sentence("cli", "rules_only"))
    if not is_english:
        _out(wording.sentence("cli", "other_language", language=wording.language(result.language)))
    if result.other_languages:
        names = ", ".join(map(wording.language, result.other_languages))
        _out(wording.sentence("cli", "other_paragraphs", language=names))
    if not result.findings:
        _out(wording.sentence("cli", "nothing_found" if is_english else "nothing_of_contact"))
        return
    _out(wording.sentence("cli", f"found_{hat.value}", count=len(result.findings)))
    for finding in result.findings:
        _out(f"  {finding.severity.word:4}  {finding.rule:3}  “{finding.words}”")
        _out(f"        {wording.reason(finding)}")


# post


def _post(chosen: argparse.Namespace) -> int:
    from twohats.app import open_house

    hat = Hat(chosen.hat)
    text = _read(chosen.file)
    house = open_house()
    house.load_tagger()
    try:
        return _post_from(house, hat, text, chosen)
    finally:
        house.close()


def _post_from(house: "House", hat: Hat, text: str, chosen: argparse.Namespace) -> int:
    from twohats.flows import compose, trial
    from twohats.flows.review import VerdictKind, wants_reason

    services = house.services
    now = services.clock()
    plan = planned.plan_of(chosen, now)
    accounts = _accounts_named(services, hat, chosen.to)
    draft = compose.new_draft(services.new_id(), now, hat, (account.id for account in accounts))
    draft = compose.with_text(draft, text, now)
    draft = compose.with_title(draft, chosen.title, now)
    draft = compose.with_excerpt(draft, chosen.excerpt, now)
    draft = compose.with_tags(draft, chosen.tags, now)
    if chosen.blog_first and services.renderer.blog_of(accounts) is None:
        raise BadInput("blog_to_lead_missing")
    draft = compose.with_blog_first(draft, chosen.blog_first, now)
    identity = _identity(services, hat)
    is_quiet = trial.is_quiet(trial.advanced(services.profile.settings(), now.date()))
    policy, goes_at = services.profile.policy(), plan.at if plan else None
    verdict = services.reviewer.review(draft, identity, accounts, policy, is_quiet=is_quiet, goes_at=goes_at)
    if verdict.kind is VerdictKind.BLOCKED:
        raise BadInput(verdict.problems[0])
    if verdict.kind is VerdictKind.NOT_CHECKED:
        raise BadInput("not_checked")
    answers = _answers(verdict, chosen.answer)
    unanswered = [f for f in verdict.open_findings if f not in {a.finding for a in answers}]
    keeper, why_here = planned.keeper_of(services, verdict, plan, chosen.keep) if plan else (Keeper.HERE, ())
    if chosen.dry_run:
        return _show_requests(services, verdict, unanswered, chosen.format, plan, keeper)
    if unanswered:
        _print_open(unanswered)
        return _exit_code(CheckResult(verdict.findings))
    unasked = [f for f in verdict.findings if wants_reason(f, is_quiet=False) and f not in verdict.open_findings]
    if unasked:
        _out(wording.sentence("cli", "unasked", count=len(unasked)))
    approval = services.reviewer.approve(verdict, answers)
    services.drafts.save(draft)
    # Taken before the undo window opens, so that no window that starts meanwhile asks about this post.
    may_send = house.sender.take()
    if plan is not None:
        services.publisher.queue_up(verdict, approval, 0, plan, keeper)
        exit_code, told = planned.hand_over(services, approval.post_id, plan, may_send)
        for line in (*why_here, *told):
            _out(line)
        return exit_code
    window_s = 0 if chosen.now else services.profile.settings().undo_window_s(hat.value)
    services.publisher.queue_up(verdict, approval, window_s)
    _out(
        wording.sentence(
            "cli", "posting", name=identity.display_name, where=", ".join(a.label for a in accounts), seconds=window_s
        )
    )
    if not _wait(window_s) and services.publisher.undo(approval.post_id):
        _out(wording.sentence("cli", "taken_back"))
        return EXIT_CLEAR
    return _deliver(services, approval.post_id, may_send)


def _show_requests(
    services: "Services",
    verdict: "Verdict",
    unanswered: Sequence[Finding],
    format: str,
    plan: Plan | None,
    keeper: Keeper,
) -> int:
    """Exit code: 0 when it could be posted as it is, else that of what wants a reason first."""
    from twohats.flows.dry_run import Later
    from twohats.flows.dry_run import dry_run as run

    planner = services.publisher.planner
    later = Later(plan, lambda rendition: planner.keeper_of(rendition, plan, keeper)) if plan else None
    runs = run(verdict, services.networks, services.new_id, later)
    if format == "json" and verdict.draft.hat is not None:
        _out(dry_run.as_json(verdict.draft.hat, runs, len(unanswered), plan))
    else:
        _out(dry_run.as_text(runs, len(unanswered), plan))
    return _exit_code(CheckResult(tuple(unanswered)))


def _deliver(services: "Services", post_id: str, may_send: bool) -> int:
    from twohats.model.delivery import DeliveryState

    # A clock set back since then must not hold up what the person just asked for.
    services.publisher.send_now(post_id)
    labels = {account.id: account.label for account in services.profile.accounts()}
    exit_code = EXIT_CLEAR
    # While a window of the program is open, that one sends, and tells the rest itself.
    for delivery in sorted(services.queue.of_post(post_id), key=lambda one: bool(one.after_id)):
        if may_send:
            services.publisher.order.release()
        moved = (services.publisher.deliver(delivery.id) if may_send else None) or services.queue.get(delivery.id)
        moved = moved or delivery
        label = labels.get(moved.account_id, moved.rendition.network)
        if moved.state is DeliveryState.SENT and moved.receipt:
            _out(wording.sentence("cli", "sent", where=label, url=moved.receipt.url))
        elif moved.waits_for_blog and may_send:
            exit_code = EXIT_WARN
            _out(wording.sentence("blog_first", "waits_told", place=label))
        elif not moved.problem:
            _out(wording.sentence("cli", "taken_by_window", where=label))
        else:
            exit_code = EXIT_WARN
            _out(f"{label}: {wording.sentence('error', moved.problem, **dict(moved.problem_facts))}")
    return exit_code


def _wait(window_s: int) -> bool:
    """The undo window. False when the person pressed Ctrl+C."""
    ends = time.monotonic() + window_s
    try:
        while (left := ends - time.monotonic()) > 0:
            time.sleep(min(left, 0.2))
    except KeyboardInterrupt:
        return False
    return True


def _accounts_named(services: "Services", hat: Hat, names: Sequence[str]) -> "tuple[Account, ...]":
    own = [account for account in services.profile.accounts() if account.hat is hat]
    found = []
    for name in names:
        matches = [a for a in own if name.casefold() in (a.label.casefold(), a.network, a.id)]
        if not matches:
            raise BadInput("no_such_account", name=name, known=", ".join(a.label for a in own) or "none")
        if len(matches) > 1:
            raise BadInput("ambiguous_account", name=name)
        if matches[0] not in found:
            found.append(matches[0])
    return tuple(found)


def _answers(verdict: "Verdict", given: Sequence[str]) -> "list[Answer]":
    from twohats.boundary.policy import answers_for
    from twohats.model.approval import Answer

    by_rule: dict[str, str] = {}
    for pair in given:
        rule, separator, code = pair.partition("=")
        if not separator or not code:
            raise BadInput("bad_answer", given=pair)
        by_rule[rule.upper()] = code
    answers = []
    for finding in verdict.open_findings:
        reason = by_rule.get(finding.rule)
        if reason is None:
            continue
        if reason not in answers_for(finding.rule):
            raise BadInput("unfit_answer", rule=finding.rule, known=", ".join(answers_for(finding.rule)))
        answers.append(Answer(finding, reason))
    return answers


def _print_open(findings: Sequence[Finding]) -> None:
    from twohats.boundary.policy import answers_for

    _out(wording.sentence("cli", "needs_answers", count=len(findings)))
    for finding in findings:
        _out(f"  {finding.severity.word:4}  {finding.rule:3}  “{finding.words}”")
        _out(f"        {wording.reason(finding)}")
        for code in answers_for(finding.rule):
            _out(f"        --answer {finding.rule}={code}    {wording.answer(code)}")


# drafts


def _drafts(chosen: argparse.Namespace) -> int:
    from twohats.app import open_house

    house = open_house()
    try:
        drafts = house.services.drafts.list(chosen.query, Hat(chosen.hat) if chosen.hat else None, False, 10_000)
    finally:
        house.close()
    if chosen.format == "json":
        rows = [
            {
                "id": draft.id,
                "hat": draft.hat.value if draft.hat else None,
                "edited_at": draft.edited_at.isoformat(),
                "preview": draft.preview,
            }
            for draft in drafts
        ]
        _out(json.dumps(rows, ensure_ascii=False, indent=2))
        return EXIT_CLEAR
    for draft in drafts:
        hat = draft.hat.value if draft.hat else "no hat yet"
        _out(f"{draft.edited_at.astimezone():%Y-%m-%d %H:%M}  {hat:12}  {_first_words(draft.preview)}")
    if not drafts:
        _out(wording.sentence("cli", "no_drafts"))
    return EXIT_CLEAR


def _first_words(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= 70 else line[:69] + "…"


def _read(file: str) -> str:
    """A file's text, or standard input's. Raises BadInput("unreadable_file") or ("not_text")."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
    except OSError as problem:
        raise BadInput("unreadable_file", file=file) from problem
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise BadInput("not_text", file=file) from problem


def _out(line: str) -> None:
    _write(sys.stdout, line)


def _say(line: str) -> None:
    _write(sys.stderr, line)


def _write(stream: IO[str], line: str) -> None:
    # Written as UTF-8 whatever the console's code page: JSON lines are read by programs.
    raw = getattr(stream, "buffer", None)
    if raw is None:
        print(line, file=stream)
        return
    raw.write((line + "\n").encode("utf-8", "replace"))
    raw.flush()
