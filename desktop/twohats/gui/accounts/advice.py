"""What each kind of place is good for, what it risks, and who reads it, for each hat.

After the four blocks of the founding article (benefits and risks of a blog), in our own words.
"""

from dataclasses import dataclass

from twohats.model.identity import Hat


@dataclass(frozen=True, slots=True)
class Advice:
    good_for: str
    risk: str
    readers: str


_PROFESSIONAL_BLOG = Advice(
    good_for="Explaining what you know to many people at once, and becoming known where you work.",
    risk="A blog has an easy tone, and an easy tone tells more of you than you would say to a client.",
    readers="Anybody, your clients included, and search engines for years.",
)
_PERSONAL_BLOG = Advice(
    good_for="Writing freely about what is yours: family, travels, books, the garden.",
    risk="Clients look up who treats them. Under your own name, this is found as easily as your practice.",
    readers="Anybody who finds it. Leave out your title and practice, or the two are joined.",
)
_HOW_IT_GOES = {
    "folder": "The files stay on this computer until you put the folder online yourself.",
    "wordpress": "A post is online as soon as it is sent; the undo window comes first.",
}


def advice_for(network: str, hat: Hat) -> Advice:
    """The advice for one kind of place under one hat."""
    blog = _PROFESSIONAL_BLOG if hat is Hat.PROFESSIONAL else _PERSONAL_BLOG
    how = _HOW_IT_GOES.get(network, "")
    return Advice(blog.good_for, blog.risk, f"{blog.readers} {how}".strip())
