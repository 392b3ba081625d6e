"""What a finding is about: one to three of the twenty themes, by the cues of `themes.toml`."""

from collections.abc import Mapping

from extractors.cues import Cues

MOST = 3
RELATED = -0.35  # the model's score from which a theme counts beside the likeliest one
GENERAL = ("practice",)


def themes(plain: Cues, faint: Cues, start: int, end: int, topic: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The themes of the tokens from `start` to before `end`, in order of first mention; empty where nothing tells.

    Plain cues decide. Where there is none, the paragraph's `topic` goes on ("They are chased up when they drop out");
    where it has none, faint cues ("staff", "services") count, and of those one theme is taken.
    """
    found = list(dict.fromkeys(span.id_ for span in plain.within(start, end)))
    specific = [theme for theme in found if theme not in GENERAL]
    if specific:
        return tuple(specific[:MOST])
    if found:
        return tuple(found[:MOST])
    if topic:
        return topic[:1]
    weak = [span.id_ for span in faint.within(start, end)]
    ranked = [theme for theme in weak if theme not in GENERAL] or weak
    return tuple(ranked[:1])


def chosen(scores: Mapping[str, float]) -> tuple[str, ...]:
    """The themes that the model's scores give: the likeliest, and others close to it."""
    ranked = sorted(scores, key=lambda theme: (-scores[theme], theme))
    return tuple(theme for place, theme in enumerate(ranked[:MOST]) if not place or scores[theme] >= RELATED)
