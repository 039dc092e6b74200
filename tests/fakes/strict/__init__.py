"""Strict fakes of the networks, over real HTTP on 127.0.0.1.

    with StrictFake("x") as fake:                         # no name: all of them
        fake.x.url                                        # the base of all addresses of X
        token = fake.give_token("x")                      # token.access, token.refresh
        fake.fail_next("x", "POST /2/tweets", Fault.CUT_AFTER)
        fake.advance(31)                                  # the clock of all networks, in seconds
        fake.posts("x")                                   # what readers see
        fake.x.requests, fake.x.count("POST /2/tweets")   # what was asked
        fake.secrets_in_urls()                            # addresses with a token in them
        PersonAtConsent(approves=True).open(url)          # somebody at the consent page

A fake that is kinder than its network is a defect: what the network refuses is refused here.
"""

from tests.fakes.strict.fake import StrictFake as StrictFake
from tests.fakes.strict.faults import Fault as Fault
from tests.fakes.strict.person import PersonAtConsent as PersonAtConsent
from tests.fakes.strict.posts import Picture as Picture
from tests.fakes.strict.posts import Post as Post
from tests.fakes.strict.wire import Request as Request
from tests.fakes.strict.wire import Response as Response
