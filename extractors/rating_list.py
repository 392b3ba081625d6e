"""Lists of areas: which areas of a sentence are named together."""

from spacy.tokens import Span

from extractors.lexicon import starting
from extractors.rating_claim import REACH, RELATIVE
from extractors.reading import Reading
from extractors.segment import is_dash, is_glue


def lists_of(reading: Reading, sentence: Span) -> list[list[Span]]:
    """Areas of the sentence, those of one list together."""
    measures = [m for m in reading.spans("grades", sentence.start_char, sentence.end_char) if m.id_ in RELATIVE]
    areas = [
        span
        for span in reading.spans("areas", sentence.start_char, sentence.end_char)
        if span.id_ != "none" and not any(m.start <= span.start < m.end for m in measures)
    ]
    runs: list[list[Span]] = []
    for area in _of_what(reading, areas):
        if (
            runs
            and runs[-1][-1][-1].norm_ != "but"
            and _joins(reading, runs[-1][-1].end, area.start)
            and not _turns(reading, runs[-1][-1].end, area.start)
        ):
            runs[-1].append(area)
        else:
            runs.append([area])
    runs = [part for run in runs for part in _cut(reading, run)]
    return [kept for index, run in enumerate(runs) if (kept := _without_range(run, runs[:index]))]


def _cut(reading: Reading, run: list[Span]) -> list[list[Span]]:
    """A list behind a grade in two, where "and" begins a clause of its own: "good for adoption and leadership was …"."""
    doc = run[0].doc
    graded = any(
        grade.id_ != "none" for grade in reading.spans("grades", doc[max(0, run[0].start - 4)].idx, run[0].start_char)
    )
    goes_on = run[-1].end < len(doc) and doc[run[-1].end].pos_ == "AUX"
    turns = (i for i in range(1, len(run)) if "and" in [t.norm_ for t in doc[run[i - 1].end : run[i].start]])
    place = next(turns, len(run) - 1)
    return [run[:place], run[place:]] if graded and goes_on and len(run) > 1 else [run]


def _of_what(reading: Reading, areas: list[Span]) -> list[Span]:
    """Areas without "overall" where it is that of one area only ("the overall effectiveness of adoption"), and without what
    spells out the service as a whole ("the overall effectiveness of services for children in need, in care and leaving it").
    """
    for index, whole in enumerate(areas):
        doc, after = whole.doc, areas[index + 1 : index + 2]
        noun = whole.id_ == "overall" and len(whole) > 1 and doc[whole.end : whole.end + 1].text == "of"
        if not noun or not after or after[0].start - whole.end > REACH // 2:
            continue
        for area in areas[index + 2 :]:
            after += [area] if _joins(reading, after[-1].end, area.start) else []
        return [a for a in areas if a not in (after if len(after) > 1 else [whole])]
    return areas


def _without_range(run: list[Span], before: list[list[Span]]) -> list[Span]:
    """A list without what only spells out "all": "on every measure that it used, from adoption to leadership"."""
    told = any(area.id_ == "all" for other in before for area in other)
    words = [run[0].doc[area.start - 1].norm_ for area in run[:2]]
    return run[2:] if told and words == ["from", "to"] else run


def _joins(reading: Reading, start: int, end: int) -> bool:
    """Whether two areas belong to one list: glue stands between them, or glue around an aside in dashes."""
    if is_glue(reading, start, end) or _is_along_with(reading, start, end):
        return True
    dashes = [token.i for token in reading.doc[start:end] if is_dash(reading.doc, token.i)]
    return len(dashes) == 2 and is_glue(reading, start, dashes[0]) and is_glue(reading, dashes[1] + 1, end)


def _is_along_with(reading: Reading, start: int, end: int) -> bool:
    """Whether "along with", and glue, stand between two areas: "its leaders, along with its adoption work"."""
    marks = [m for m in starting(reading.doc, "clauses", *range(start, end)) if m.id_ == "along_with" and m.end <= end]
    return bool(marks) and is_glue(reading, start, marks[0].start) and is_glue(reading, marks[0].end, end)


def _turns(reading: Reading, start: int, end: int) -> bool:
    """Whether "as did", "so were" stands between two areas, so that the second has a statement of its own."""
    return any(
        m.id_ == "so_was" and m.end > start
        for m in starting(reading.doc, "clauses", *range(reading.doc[start].sent.start, end))
    )
