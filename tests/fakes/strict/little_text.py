r"""What a reader sees of LinkedIn's "little text": it ends, without a word, at the first reserved character unescaped.

Reserved are \ | { } @ [ ] ( ) < > # * _ ~, besides hashtags ({hashtag|\#|rest} or #rest) and mentions
(@[Name](urn:li:person:x)). The template stands in learn.microsoft.com/linkedin/marketing/community-management/shares/
little-text-format; the silent end in github.com/ComposioHQ/composio/issues/2710; read 2026-11-22.
"""

import re

RESERVED = r"\|{}@[]()<>#*_~"

_ESCAPED = re.compile(r"\\([\\|{}@\[\]()<>#*_~])")
_HASHTAG = re.compile(r"\{hashtag\|\\?([#＃])\|((?:\\[\\|{}@\[\]()<>#*_~]|[^\\|{}@\[\]()<>#*_~])+)\}")
_BARE_HASHTAG = re.compile(r"#[^\W_]+")
_MENTION = re.compile(r"@\[((?:\\.|[^\]\\])+)\]\(urn:li:(?:person|organization):[\w-]+\)")


def readable(commentary: str) -> str:
    """The text as it is shown."""
    shown: list[str] = []
    at = 0
    while at < len(commentary):
        if found := _ESCAPED.match(commentary, at):
            shown.append(found[1])
        elif found := _HASHTAG.match(commentary, at):
            shown.append(found[1] + _ESCAPED.sub(r"\1", found[2]))
        elif found := _MENTION.match(commentary, at):
            shown.append(_ESCAPED.sub(r"\1", found[1]))
        elif found := _BARE_HASHTAG.match(commentary, at):
            shown.append(found[0])
        elif commentary[at] in RESERVED:
            break
        else:
            shown.append(commentary[at])
            at += 1
            continue
        at = found.end()
    return "".join(shown)
