"""Relevance: whether an article can hold a record at all, decided by words alone, before anything is parsed.

Nineteen in twenty articles of a dump are about something else; the statistical model never sees them. An article can matter only
if it names an inspectorate, a council or the body that runs its services, and a grade or an inspection. Compiled automata over
all names and wordings of the lexicons scan some thousands of articles a second.
"""

from functools import cache

from ahocorasick_rs import AhoCorasick

from extractors.authorities import aliases, bodies
from extractors.lexicon import expand, load
from schemas.article import Article

WORDINGS = (("inspectorates",), ("grades", "grades_annual", "kinds"))


def can_hold_record(article: Article) -> bool:
    """Whether the words of every kind that a record needs occur in the title or body (as parts of words too: a sieve)."""
    text = f"{article.title or ''}\n{article.body}".replace("’", "'").replace("‘", "'")
    lower = text.lower()
    return bool(_names().find_matches_as_indexes(text)) and all(
        automaton.find_matches_as_indexes(lower) for automaton in _wordings()
    )


@cache
def _names() -> AhoCorasick:
    """Every written form of an authority that runs children's services, and of a delivery body."""
    return AhoCorasick([form for form, ids in aliases().items() if ids] + list(bodies()))


@cache
def _wordings() -> tuple[AhoCorasick, ...]:
    """One automaton for each kind of wording that a record can't do without."""
    return tuple(
        AhoCorasick(
            [
                text.lower().replace("’", "'")
                for name in names
                for entry in load(name)
                if entry.id not in ("none", "set", "visit")
                for phrase in entry.phrases
                for text in expand(phrase)
            ]
        )
        for names in WORDINGS
    )
