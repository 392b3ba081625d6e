"""Dates: every form of the grammar, both ways; what they are the dates of; held-out wording."""

import tomllib
from pathlib import Path

import pytest

from extractors.date import dates
from extractors.date_grammar import RULES
from extractors.reading import Reading
from pipeline.annotate import annotate
from schemas.article import Article
from schemas.mention import Mention

HELDOUT = tomllib.loads((Path(__file__).parent / "heldout" / "dates.toml").read_text(encoding="utf-8"))


def reading(body: str, published: str | None) -> Reading:
    return annotate(
        Article(
            article_id="0", source="a.txt", publisher="other", layout="text", published=published, body=body, sha256="0"
        )
    )


def read(body: str, published: str | None = "2018-05-24") -> list[Mention]:
    return dates(reading(body, published))


def test_date_every_mention_is_of_the_body() -> None:
    body = "Inspectors came on 9 and 10 January.\n\n• The report, out yesterday, was its worst since May 2012."
    for mention in (mentions := read(body)):
        assert body[mention.start : mention.end] == mention.text
    assert [mention.text for mention in mentions] == ["9 and 10 January", "yesterday", "May 2012"]


FORMS = [
    ("not the first: in 2010 inspectors reached the same conclusion", ["2010"]),
    ("visited from 20 to 31 January", ["2018-01-20/2018-01-31"]),
    ("an inspection that began on 3 May and ended on 11 May", ["2018-05-03/2018-05-11"]),
    ("an inspection that began in January and ended in February", ["2018-01/2018-02"]),
    ("published on Tuesday of this week", ["2018-05-22"]),
    ("published on Friday last week", ["2018-05-18"]),
    ("visited in the first week of May", ["2018-05"]),
    ("visited in the last week of May", ["2017-05"]),
    ("visited from 27 April to 1 May", ["2018-04-27/2018-05-01"]),
    ("visited from 28 February to 4 March 2016", ["2016-02-28/2016-03-04"]),
    ("visited on 31 January and 1 February", ["2018-01-31/2018-02-01"]),
    ("visited from 18 December to 5 January", ["2017-12-18/2018-01-05"]),
    ("visited from 18 December 2015 to 5 January 2016", ["2015-12-18/2016-01-05"]),
    ("inspected between 4 and 8 December", ["2017-12-04/2017-12-08"]),
    ("inspected on 3-14 October 2016", ["2016-10-03/2016-10-14"]),
    ("inspected on 3–14 October 2016", ["2016-10-03/2016-10-14"]),
    ("inspected on 9th and 10th January last year", ["2017-01-09/2017-01-10"]),
    ("inspected on 4, 5 and 6 May 2016", ["2016-05-04/2016-05-06"]),
    ("inspected on 28 June and 9 July last year", ["2017-06-28/2017-07-09"]),
    ("inspected on 3 May and 24 September 2016", ["2016-05-03", "2016-09-24"]),
    ("inspected in the week of 9 October", ["2017-10-09/2017-10-15"]),
    ("inspected in the week beginning Monday 9 October 2017", ["2017-10-09/2017-10-15"]),
    ("inspected on 25 November", ["2017-11-25"]),
    ("published on 24 May", ["2018-05-24"]),
    ("published on 25 May", ["2017-05-25"]),
    ("published on the 9th of May 2016", ["2016-05-09"]),
    ("published on Monday, 9 May 2016", ["2016-05-09"]),
    ("published on May 9, 2016", ["2016-05-09"]),
    ("published on 09/05/2016", ["2016-05-09"]),
    ("published on 05/25/2016", ["2016-05-25"]),
    ("published on 2016-05-09", ["2016-05-09"]),
    ("inspected in July and August", ["2017-07/2017-08"]),
    ("inspected over June and July 2016", ["2016-06/2016-07"]),
    ("inspected in December and January", ["2017-12/2018-01"]),
    ("inspected in December 2015 and January 2016", ["2015-12/2016-01"]),
    ("inspected in March 2014 and June 2016", ["2014-03", "2016-06"]),
    ("inspected from March to June 2016", ["2016-03/2016-06"]),
    ("inspected in late April and early May 2016", ["2016-04/2016-05"]),
    ("inspected in November and December last year", ["2017-11/2017-12"]),
    ("inspected in the second half of November", ["2017-11"]),
    ("inspected in mid-January", ["2018-01"]),
    ("inspected at the end of November", ["2017-11"]),
    ("inspected in May", ["2017-05"]),
    ("inspected in April", ["2018-04"]),
    ("inspected in November last year", ["2017-11"]),
    ("inspected last November", ["2017-11"]),
    ("inspected in January this year", ["2018-01"]),
    ("inspected in November 2014", ["2014-11"]),
    ("inspected on Sept. 9, 2016", ["2016-09-09"]),
    ("inspected in 2016", ["2016"]),
    ("inspected in 2013 and 2015", ["2013", "2015"]),
    ("inspected at the end of 2013", ["2013"]),
    ("inspected in early 2015", ["2015"]),
    ("inspected in the summer of 2014", ["2014"]),
    ("inspected last autumn", ["2017"]),
    ("inspected last year", ["2017"]),
    ("inspected late last year", ["2017"]),
    ("inspected earlier this year", ["2018"]),
    ("inspected last month", ["2018-04"]),
    ("inspected this month", ["2018-05"]),
    ("inspected last week", ["2018-05"]),
    ("published this week", ["2018-05"]),
    ("published today", ["2018-05-24"]),
    ("published yesterday", ["2018-05-23"]),
    ("published on Tuesday", ["2018-05-22"]),
    ("published on Thursday", ["2018-05-24"]),
    ("published last Thursday", ["2018-05-17"]),
    ("published last Friday", ["2018-05-18"]),
    ("inspected four years ago", ["2014"]),
    ("inspected a year ago", ["2017"]),
    ("inspected a decade ago", ["2008"]),
    ("inspected two and a half years ago", ["2015"]),
    ("inspected three months ago", ["2018-02"]),
    ("inspected 18 months ago", ["2016-11"]),
    ("inspected a fortnight ago", ["2018-05"]),
    ("inspected three weeks ago", ["2018-05"]),
    ("inspected four weeks ago", ["2018-04"]),
]


@pytest.mark.parametrize(("words", "expected"), FORMS, ids=[words for words, _ in FORMS])
def test_date_forms(words: str, expected: list[str]) -> None:
    assert [mention.id for mention in read(f"The council was {words}.")] == expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("inspected in March", ["XXXX-03"]),
        ("inspected in July and August", ["XXXX-07/XXXX-08"]),
        ("inspected in December and January", ["XXXX-12/XXXX-01"]),
        ("inspected on 9 and 10 January", ["XXXX-01-09/XXXX-01-10"]),
        ("inspected on 3 October", ["XXXX-10-03"]),
        ("inspected in May last year", ["XXXX-05"]),
        ("inspected in 2016", ["2016"]),
        ("inspected last month", []),
        ("inspected four years ago", []),
        ("inspected last year", []),
        ("published today", []),
        ("published on Tuesday", []),
    ],
)
def test_date_without_publication_date(words: str, expected: list[str]) -> None:
    assert [mention.id for mention in read(f"The council was {words}.", None)] == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Leeds was rated poor in 2012. Hull fared no better in the same year.", ["2012", "2012"]),
        ("Leeds was rated poor in 2012 and told two years later to improve.", ["2012", "2014"]),
        ("It was rated poor in 2012. The following year it was inspected again.", ["2012", "2013"]),
        ("It was rated poor in July 2016, having been inspected in May that year.", ["2016-07", "2016-05"]),
        ("Its report of January 2018 followed an inspection the previous November.", ["2018-01", "2017-11"]),
        ("It was inspected in November 2016. That December it was rated poor.", ["2016-11", "2016-12"]),
        ("It was inspected in November 2016. The report came the following March.", ["2016-11", "2017-03"]),
        ("It was rated poor in August 2010. Four months later it was rated poor again.", ["2010-08", "2010-12"]),
        ("It was rated good in January 2018 after an inspection two months earlier.", ["2018-01", "2017-11"]),
        ("One was judged in August 2013 and, 13 months before that, the other.", ["2013-08", "2012-07"]),
        ("The third visit was in August 2017. The fourth, three months on, found drift.", ["2017-08", "2017-11"]),
        ("A home was inspected on 3 October 2016. Eight weeks earlier so was another.", ["2016-10-03", "2016-08"]),
        ("The praise comes seven years after it was rated inadequate.", ["2011"]),
        ("It was failed last July, two months after inspectors had been in the borough.", ["2017-07", "2017-05"]),
        ("It was rated poor two years after its inspection in 2013.", ["2013"]),
        ("It was rated poor in 2012. Two months later it was inspected.", ["2012"]),
        ("Children waited 18 months later than planned.", []),
        ("It was judged poor in 2014 after an inspection in November and December.", ["2014", "2014-11/2014-12"]),
        ("It was judged poor in 2014, following a two-week inspection in October.", ["2014", "2014-10"]),
        ("Rated good in 2014, it was inspected in November.", ["2014", "2017-11"]),
        ("Wigan, which was good in 2014, fell after an inspection in March.", ["2014", "2018-03"]),
        (
            "Its report came out on 3 May. It was poor in 2014. The others appeared on the same day.",
            ["2018-05-03", "2014", "2018-05-03"],
        ),
        ("The same year brought more. That April did too.", ["2018-04"]),
        ("An inquiry reported in August 2014. The verdict came in the November.", ["2014-08", "2014-11"]),
        ("It was visited in October 2014. In the March, it was rated poor.", ["2014-10", "2015-03"]),
        (
            "It was visited in October 2014. The May inspection found it poor, as in the May inspection of old.",
            ["2014-10", "2017-05", "2017-05"],
        ),
        ("It was visited in October 2014. It was rated poor in the March of 2016.", ["2014-10", "2016-03"]),
        ("It was rated poor in the March.", ["2018-03"]),
        (
            "It was visited in May 2014. Ofsted, which had found no fault in 2012, was shocked. Its verdict came in the June.",
            ["2014-05", "2012", "2014-06"],
        ),
        (
            "A report of August 2014 told of harm between 1997 and 2013. The verdict came in the November.",
            ["2014-08", "1997", "2013", "2014-11"],
        ),
    ],
)
def test_date_told_from_another(body: str, expected: list[str]) -> None:
    assert [mention.id for mention in read(body)] == expected


def test_date_far_away_is_no_anchor() -> None:
    filler = "Social workers knew the children well and saw them often. " * 15
    assert [mention.id for mention in read(f"It was rated poor in 2012. {filler}It was inspected the same year.")] == [
        "2012"
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Over the past year caseloads have fallen.",
        "In the last month two managers left.",
        "It hopes to be good in two years.",
        "Children waited for four months for a plan.",
        "He spent three years on the register.",
        "Councillors may march on in an august chamber.",
        "Theresa May said that the council was failing.",
        "Some 2,015 children and 16- and 17-year-olds were known to it.",
        "The budget was £2016 for each child.",
        "Of 2015 children, half had a plan.",
        "It began under the Children Act 1989.",
        "Referrals rose in 2014/15.",
        "The visit took place on 31 February.",
        "The visit took place on 30 February 2016.",
        "It was inspected on 14 to 3 March 2016.",
        "The Monday club meets every Tuesday.",
    ],
)
def test_date_not_a_date(sentence: str) -> None:
    assert read(sentence) == []


ROLES = [
    ("The council was rated good in 2016.", ["reported"]),
    ("An inspection in 2017 rated it good.", ["inspected"]),
    ("The previous inspection, in May 2012, was damning.", ["inspected"]),
    ("It required improvement in 2015.", ["reported"]),
    ("In a report of April 2016, Ofsted was scathing.", ["reported"]),
    ("The inspection report of April 2016 was scathing.", ["reported"]),
    ("Its 2016 inspection went badly.", ["inspected"]),
    ("Four years ago it was moved up a band, to 'requires improvement'.", ["reported"]),
    ("Four years ago it moved to a new building, which is good.", ["other"]),
    ("When inspectors dropped by in February 2012, it was quiet.", ["inspected"]),
    ("Its 2016 rating was good.", ["reported"]),
    ("Last month's visit went badly.", ["inspected"]),
    ("Late last year, Ofsted paid the borough a focused visit.", ["inspected"]),
    ("The council had a letter of its own on Monday.", ["reported"]),
    ("Its inspection of 8 to 19 January was published on 16 March.", ["inspected", "reported"]),
    ("A monitoring visit whose results were published in September 2017 found drift.", ["reported"]),
    ("Inspectors were in the city during March and published their report yesterday.", ["inspected", "reported"]),
    ("In June 2016, it was told that it required improvement.", ["reported"]),
    ("It was rated inadequate in 2013 and 2015.", ["reported", "reported"]),
    ("The services require improvement, as they had been judged to in 2014.", ["reported"]),
    ("An inspection by Ofsted and the Care Quality Commission last year found neglect.", ["inspected"]),
    ("The verdict on its work was delivered between 4 and 8 December.", ["inspected"]),
    ("The council, inadequate since 2016, is improving.", ["reported"]),
    ("Services are better, up two grades on 2019.", ["other"]),
    ("Managers have come and gone since 2016.", ["other"]),
    ("The trust was set up in October 2014.", ["other"]),
    ("A director who began in December 2016 has a grip.", ["other"]),
    ("The framework, introduced in November 2013, is harder.", ["other"]),
    ("It was the first visit since its birth in April 2017.", ["other"]),
    ("The consultation that ran from 28 June to 9 September 2016 is over.", ["other"]),
    ("A serious case review, published in March 2017, blamed the police.", ["other"]),
    ("Councils inspected between 2014 and 2016 were studied.", ["other", "other"]),
    ("The council will be good by 2022.", ["other"]),
    ("It will be inspected next January.", ["other"]),
    ("The city's fair was held in June 2016.", [None]),
    ("There were three monitoring visits. One, in June 2017, found drift.", ["inspected"]),
    ("There were three monitoring visits. By July 2017 another was warning of delay.", ["inspected"]),
    ("Its staff have left. One, in June 2017, planted a tree.", [None]),
    ("Inspectors arrived on 3 May and left on 11 May.", ["inspected"]),
    ("The inspection was over by 11 May, having begun on 3 May.", ["inspected"]),
    ("The inspection took up the first two weeks of March.", ["inspected"]),
    ("Inspectors heard it when they came to Halton last month.", ["inspected"]),
    ("The team, which was in Halton in March, found drift.", ["inspected"]),
    ("Ofsted's specialist team left in July 2016.", ["inspected"]),
    ("Children say that they came to Halton last month.", [None]),
    ("In January 2018 the borough rose to ‘good’.", ["reported"]),
    ("The number of agency staff fell in January 2018.", ["other"]),
    ("The inspectorate announced on Tuesday that it was good.", ["reported"]),
    ("Inspectors turned up without warning last month.", ["inspected"]),
    ("He told councillors on Tuesday that it was good.", [None]),
    ("Its results were held back until Tuesday of this week.", ["reported"]),
    ("The council was inadequate until May 2016.", ["other"]),
    ("It has come a long way from 2012, when it was rated inadequate.", ["reported"]),
    ("Leeds has been good since 2013 and Kent since 2015.", ["reported", "reported"]),
    ("From April, Ofsted will report on leadership alone.", ["other"]),
    ("Halton was the subject in March of a joint inspection.", ["inspected"]),
    ("Over two weeks in July, inspectors found a service that had improved.", ["inspected"]),
    ("The verdict comes from inspectors who spent a fortnight in May with its staff.", ["inspected"]),
    ("Five days in March told inspectors all that they had to know to rate it good.", ["inspected"]),
    ("A judgment that inspectors gave in the same week in July was kinder.", ["reported"]),
    ("Children waited for two weeks in July.", [None]),
]


@pytest.mark.parametrize(("sentence", "expected"), ROLES, ids=[sentence for sentence, _ in ROLES])
def test_date_role(sentence: str, expected: list[str | None]) -> None:
    assert [mention.values[0] if mention.values else None for mention in read(sentence)] == expected


@pytest.mark.parametrize(
    ("sentence", "cues"),
    [
        ("It was rated good in 2016.", ("good",)),
        ("It was visited in November.", ("year inferred", "visited")),
        ("It was visited last month.", ("relative", "visited")),
        ("A report came on Tuesday 5 May 2015.", ("weekday checked", "report")),
        ("A report came on Friday 5 May 2015.", ("weekday mismatch", "report")),
        ("It may be inspected in 2020.", ("future",)),
    ],
)
def test_date_cues_say_how(sentence: str, cues: tuple[str, ...]) -> None:
    (mention,) = read(sentence)
    assert mention.cues == cues
    assert mention.rule in RULES


def test_date_heldout_floor() -> None:
    hits = said = wanted = 0
    for case in HELDOUT["case"]:
        mentions = read(case["text"], case.get("published"))
        found = {(mention.id, *mention.values) for mention in mentions if mention.values != ("other",)}
        expected = {(edtf, role) for edtf, role in case["expected"]}
        hits, said, wanted = hits + len(found & expected), said + len(found), wanted + len(expected)
    score = 2 * hits / (said + wanted)
    print(f"held-out dates: F1 {score:.3f}, floor {HELDOUT['floor']}")
    assert len(HELDOUT["case"]) >= 60
    assert score >= HELDOUT["floor"]
