"""Time: whether the words around a grade make it news or history."""

from spacy.tokens import Doc, Span

from extractors.reading import Reading


def times_of(reading: Reading, sentence: Span, clause: Span, before: int, mark: Span, rule: str) -> list[str]:
    """`previous` or `current`, with the word that says so; nothing where the words leave it open."""
    doc = reading.doc
    if rule == "standing-grade":
        return ["previous", "standing grade"]
    if rule == "left-behind" or _is_left_after(doc, mark):
        return ["previous", "left behind"]
    if clause[0].norm_ in ("which", "who") and any(
        t.norm_ in ("is", "are") for t in doc[clause.start : clause.start + 3]
    ):
        if not any(t.norm_ == "now" for t in doc[clause.start : mark.start]):
            return ["previous", "which is"]
    times = [time for time in reading.spans("times", clause.start_char, clause.end_char) if time.id_ != "each"]
    times = [
        time
        for time in times
        if time.start >= before
        and (time.end <= mark.start or not (_is_aux(time) or "," in doc[mark.end : time.start].text))
    ]
    if times:
        nearest = min(
            times, key=lambda time: mark.start - time.end if time.end <= mark.start else (time.start - mark.end) + 4
        )
        return ["previous", "then", nearest.text] if nearest.id_ == "then" else [nearest.id_, nearest.text]
    aux = [
        token.norm_
        for token in doc[clause.start : mark.start]
        if token.norm_ in ("had", "has", "have") and token.pos_ == "AUX"
    ]
    if aux:
        return ["previous" if aux[-1] == "had" else "current", aux[-1]]
    return ["moved to"] if rule == "moved-to" else []


def _is_aux(time: Span) -> bool:
    """Whether a mark of time is a verb's auxiliary, which says nothing of what stands before it."""
    return time[0].norm_ in ("has", "have", "had", "having")


def _is_left_after(doc: Doc, mark: Span) -> bool:
    """Whether words after the grade make it the earlier one: "is 'inadequate' no longer"."""
    return any(
        (m.id_ == "left_after" or m.text.lower() == "no longer") and 0 <= m.start - mark.end <= 2
        for m in doc.spans["judging"]
    )
