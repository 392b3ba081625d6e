"""Questions field by field -> the values of a correction or of a record that was missing, each checked as it is given."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.review_check import check
from pipeline.review_correct import span_of
from pipeline.review_values import CHOICES, ReviewError, Words
from schemas.article import Article
from schemas.inspection import Inspection

FIELDS = (
    "council", "kind", "role", "inspected", "reported", "framework", "inspectorate", "delivery_body", "direction",
    "rating", "finding",
)  # fmt: skip
WITH_WORDS = ("council", "kind", "inspected", "reported")
DATES = ("inspected", "reported")
EMPTY = "-"  # what empties a field, or takes a grade or a finding out
DONE = "Enter"
Given = dict[str, Any]


@dataclass(frozen=True)
class Prompts:
    """Whom to ask about which article."""

    article: Article
    ask: Callable[[str], str]
    """The answer to a question; empty where there is none."""
    say: Callable[[str], None]

    def corrections(self, record: Inspection) -> Given:
        """The values of a correction; empty where nothing was given."""
        for number, finding in enumerate(record.findings, 1):
            self.say(f"finding {number}: {finding.polarity} ({', '.join(finding.themes)}): {finding.text}")
        given = {
            "ratings": [_kept(each) for each in record.ratings],
            "findings": [_kept(each) for each in record.findings],
        }
        asked = self._fields(FIELDS, given)
        return {name: value for name, value in given.items() if name in asked}

    def addition(self) -> tuple[Given, Given]:
        """The words that tell of a missing record, and its values."""
        selected = {"text": self.ask("words of the article that tell of it")}
        span_of(self.article, Words(text=selected["text"]), "the words")
        given: Given = {"ratings": [], "findings": []}
        for name in ("council", "kind", "role"):
            given[name] = self._value(name)
        self._fields([name for name in FIELDS if name not in given], given)
        return selected, given

    def _fields(self, names: Sequence[str], given: Given) -> set[str]:
        """Ask which fields to give, and put their values in place; returns the names of those that were given."""
        asked = set()
        while name := self.ask(f"field ({', '.join(names)}; {DONE}: done)").strip():
            try:
                asked |= self._field(name, names, given)
            except ReviewError as error:
                self.say(f"{error}")
        return asked

    def _field(self, name: str, names: Sequence[str], given: Given) -> set[str]:
        """Ask for one field; returns the names of the values that were given."""
        if name not in names:
            raise ReviewError(f"{name!r} is no field; expected one of {', '.join(names)}")
        if name == "rating":
            given["ratings"] = self._rating(given["ratings"])
            return {"ratings"}
        if name == "finding":
            given["findings"] = self._finding(given["findings"])
            return {"findings"}
        given[name] = self._value(name)
        if name in WITH_WORDS and given[name] is not None and (words := self._words("those of the old value")):
            given.setdefault("evidence", {})[name] = words
            return {name, "evidence"}
        return {name}

    def _value(self, name: str) -> str | None:
        """Ask for a value until it is one that may be given; None for a field that is emptied."""
        hint = "EDTF, as 2016, 2016-05 or 2016-05-09" if name in DATES else ", ".join(CHOICES.get(name, ()))
        while True:
            answer = self.ask(f"{name} ({hint})" if hint else name).strip()
            if not answer:
                raise ReviewError(f"{name}: nothing given")
            value = None if answer == EMPTY else answer
            try:
                check(name, value)
            except ReviewError as error:
                self.say(f"{error}")
            else:
                return value

    def _choice(self, name: str, *, old: str | None = None) -> str | None:
        """Ask for one of the values that may be said; None for what is taken out."""
        answer = self.ask(f"{name} ({', '.join(CHOICES[name])}; {EMPTY}: take it out)").strip() or old or ""
        if answer not in (*CHOICES[name], EMPTY):
            raise ReviewError(f"{name}: {answer!r} is none of {', '.join(CHOICES[name])}")
        return None if answer == EMPTY else answer

    def _words(self, otherwise: str) -> Given | None:
        """Ask for the words that a value is read from."""
        text = self.ask(f"its words, as they stand in the article ({DONE}: {otherwise})").strip()
        if not text:
            return None
        span_of(self.article, Words(text=text), "its words")
        return {"text": text}

    def _rating(self, ratings: list[Given]) -> list[Given]:
        """Ask for the grade of an area; returns the grades with it, or without the one that is taken out."""
        area, grade = self._choice("area"), self._choice("grade")
        others, old = (
            [each for each in ratings if each["area"] != area],
            [each for each in ratings if each["area"] == area],
        )
        if grade is None:
            return others
        made: Given = {"area": area, "grade": grade}
        words = self._words("those of the old grade")
        if words:
            made["evidence"] = words
        elif old:
            made |= {"evidence": old[0]["evidence"] | {"inferred": True}, "verbatim": old[0]["verbatim"]}
        return [*others, made]

    def _finding(self, findings: list[Given]) -> list[Given]:
        """Ask for a finding; returns the findings with it, or without the one that is taken out."""
        number = self.ask(f"number of the finding ({DONE}: a new one)").strip()
        if number and not (number.isdecimal() and 1 <= int(number) <= len(findings)):
            raise ReviewError(f"there is no finding {number}")
        old = findings[int(number) - 1] if number else None
        others = [each for each in findings if each is not old]
        polarity = self._choice("polarity", old=old["polarity"] if old else None)
        if polarity is None:
            return others
        themes = self.ask(f"themes, apart by spaces ({', '.join(CHOICES['themes'])})").split()
        made: Given = {"polarity": polarity, "themes": themes or (old["themes"] if old else ())}
        made["attribution"] = self._choice("attribution", old=old["attribution"] if old else "inspectors")
        made["evidence"] = self._words("those of the old finding") or (old and old["evidence"])
        return [*others, made | ({"quoted": old["quoted"]} if old else {})]


def _kept(part: Any) -> Given:
    """A grade or a finding as it is given again; its scale and text follow."""
    return dict(part.model_dump(exclude={"scale", "text"}))
