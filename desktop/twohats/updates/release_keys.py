"""Where the feed of releases lies, and the public halves of the two keys that may sign it.

Two, so that one can be changed while programs that know the other go on (packaging/update/keys.md). There is none until
the keys are made for the first public release; without one nothing is asked and nothing is on offer.
"""

ADDRESS = "https://twohats.org/updates/feed.json"
PUBLIC_KEYS: tuple[str, ...] = ()
"""Ed25519, 32 bytes each in base64."""
