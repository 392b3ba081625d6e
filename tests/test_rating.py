"""Ratings: which words are a grade that inspectors gave, of what, and whether as news or as history."""

from typing import get_args

import pytest
from made import article

from extractors.rating import ratings
from pipeline.annotate import annotate
from schemas.inspection import Grade
from schemas.mention import Mention


def read(body: str, published: str | None = "2017-05-24") -> list[Mention]:
    return ratings(annotate(article(body, published=published)))


def brief(mention: Mention) -> str:
    """A rating in a line: "good", "inadequate previous", "outstanding: adoption care_leavers"."""
    areas = f": {' '.join(mention.values)}" if mention.values not in ((), ("overall",)) else ""
    return mention.id + (" previous" if "previous" in mention.cues else "") + areas


def miss(reason: str, *values: object, **options: str) -> object:
    """A case that is not read rightly yet."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason), **options)


PHRASINGS = [
    ("Halton Council was rated good.", ["good"]),
    ("Halton Council was rated as good by Ofsted.", ["good"]),
    ('Ofsted rates Halton Council "good".', ["good"]),
    ("Halton Council received a rating of ‘good’.", ["good"]),
    ("Children's services at Halton Council were judged to be 'inadequate'.", ["inadequate"]),
    ("Inspectors deemed Halton Council's children's services inadequate.", ["inadequate"]),
    ("Services at Halton Council were found to be outstanding.", ["outstanding"]),
    ('Halton Council was given a "requires improvement" grading.', ["requires_improvement"]),
    ("Halton Council gained an 'outstanding' judgment.", ["outstanding"]),
    ("Halton Council was awarded a good rating.", ["good"]),
    ("Halton Council was handed an 'inadequate' verdict by inspectors.", ["inadequate"]),
    ("Ofsted branded Halton Council inadequate.", ["inadequate"]),
    ("Halton Council has been labelled 'inadequate'.", ["inadequate"]),
    ("Halton Council was condemned as inadequate by inspectors.", ["inadequate"]),
    ("Ofsted graded Halton Council good.", ["good"]),
    ("Halton Council scored 'good' at its inspection.", ["good"]),
    ("Halton Council has been downgraded to 'inadequate'.", ["inadequate"]),
    ("Halton Council has been upgraded to good.", ["good"]),
    ('The rating of Halton Council has been raised to "good".', ["good"]),
    ("Halton Council has risen to 'outstanding'.", ["outstanding"]),
    ("Halton Council has improved its rating to good.", ["good"]),
    ("Halton Council retained its 'good' rating.", ["good"]),
    ("Halton Council was handed Ofsted's lowest rating.", ["inadequate"]),
    ("Halton Council was given the inspectorate's top grade.", ["outstanding"]),
    ("Halton Council was handed Ofsted's second lowest rating.", ["requires_improvement"]),
    ("Halton Council was handed Ofsted's second highest rating.", ["good"]),
    ("Halton Council requires improvement, inspectors have ruled.", ["requires_improvement"]),
    ("Halton Council and Wigan Council require improvement.", ["requires_improvement"]),
    ("Halton Council has been told that it requires improvement to be good.", ["requires_improvement"]),
    ("Halton Council was rated ‘requires improvement to be good’.", ["requires_improvement"]),
    ("Halton Council was judged good with outstanding features.", ["good"]),
    miss(
        "an aside in commas parts the verb from its grade",
        'Halton Council was rated, to nobody\'s surprise, as "good".',
        ["good"],
    ),
    (
        "The verdict on Halton Council: inadequate.",
        ["inadequate"],
    ),
    ("Halton Council was rated good and hopes to keep its staff.", ["good"]),
    ("Halton Council was judged inadequate and accepted the findings.", ["inadequate"]),
    ("Halton Council, rated inadequate in May, said it was sorry.", ["inadequate"]),
    ("Not only was Halton Council judged inadequate, but its director has gone.", ["inadequate"]),
    ("Children's social care in Halton is outstanding, Ofsted has ruled.", ["outstanding"]),
    ("Support for care leavers in Halton was good.", ["good: care_leavers"]),
    ("The overall grade for Halton is good.", ["good"]),
    ("Halton Council's performance was good.", ["good"]),
    (
        "”Inadequate” was the rating of Halton Council.",
        ["inadequate"],
    ),
]


@pytest.mark.parametrize(("sentence", "expected"), PHRASINGS)
def test_rating_phrasings(sentence: str, expected: list[str]) -> None:
    assert [brief(mention) for mention in read(sentence)] == expected


HISTORY = [
    (
        "Halton Council has left the bottom band behind and now requires improvement.",
        ["inadequate previous", "requires_improvement"],
    ),
    ("Halton Council has put the inadequate rating behind it and is now good.", ["inadequate previous", "good"]),
    ("Halton Council was previously rated good.", ["good previous"]),
    ("Halton Council had been rated inadequate.", ["inadequate previous"]),
    ("Halton Council is no longer inadequate.", ["inadequate previous"]),
    ("Ofsted has removed the inadequate rating of Halton Council.", ["inadequate previous"]),
    ("Halton Council's rating has been lifted to good.", ["good"]),
    ("Halton Council's inadequate rating has been lifted.", ["inadequate previous"]),
    (
        "Halton Council's 'inadequate' rating has been replaced with 'requires improvement'.",
        ["inadequate previous", "requires_improvement"],
    ),
    ("Halton Council has swapped its 'inadequate' grade for 'good'.", ["inadequate previous", "good"]),
    (
        "Halton Council has emerged from 'inadequate' to 'requires improvement'.",
        ["inadequate previous", "requires_improvement"],
    ),
    ("Halton Council has emerged 'good'.", ["good"]),
    ("Halton Council has lost a grade, to 'requires improvement'.", ["requires_improvement"]),
    (
        "Halton Council earned a 'good' rating three years after being told it required improvement.",
        ["good", "requires_improvement previous"],
    ),
    ("Halton Council was judged inadequate and its director has been removed.", ["inadequate"]),
    ("Halton Council's 'good' rating was not replaced by anything worse.", ["good"]),
    (
        "Halton Council has moved out of 'inadequate'.",
        ["inadequate previous"],
    ),
    ("Halton Council has lost its good rating.", ["good previous"]),
    ("Halton Council was downgraded from good to inadequate.", ["good previous", "inadequate"]),
    ('Halton Council rose from "inadequate" to "good".', ["inadequate previous", "good"]),
    ("Formerly inadequate, Halton Council is now rated good.", ["inadequate previous", "good"]),
    ("The 'inadequate' council has made some progress.", ["inadequate previous"]),
    ("Caseloads at inadequate-rated Halton are coming down.", ["inadequate previous"]),
    ("At its last inspection Halton Council was rated good.", ["good previous"]),
    ("Halton Council was rated good at its last inspection.", ["good previous"]),
    ("Until this week Halton Council had been 'good'.", ["good previous"]),
    ("Halton, outstanding at its inspection in 2014, trains supervisors.", ["outstanding"]),
    ("Halton's leadership was 'good' when the inspectorate last gave its judgment.", ["good previous: leadership"]),
    ("A council that was 'good' seven years ago has collected an 'outstanding'.", ["good previous", "outstanding"]),
    ("Halton's care leavers can now count on a 'good' service.", ["good: care_leavers"]),
    ("Halton was given a run of good grades, for adoption among them, at its last inspection.", ["good previous: "
     "adoption"]),
    ("Halton's leaders were good then. Care leavers required improvement even then.",
     ["good previous: leadership", "requires_improvement previous: care_leavers"]),
    ("Halton's services were ruled inadequate. This January they were rated good.", ["inadequate", "good"]),
    ("Halton's leadership, inadequate in 2014, was good.", ["inadequate: leadership", "good: leadership"]),
    ("The council, which Ofsted rated inadequate in Halton, said it was sorry.", ["inadequate"]),
    ("Good when it was last inspected, in 2015, Halton 'requires improvement'.", ["good previous", "requires_improvement"]),
    ("Halton's leaders keep the 'good' that they were given then.", ["good: leadership", "good previous: leadership"]),
    ("The council said that Halton, which Ofsted rated inadequate, is ours.", []),
    ("Together for Children, the company that runs Sunderland's services, was rated good.", ["good"]),
    ("Halton Homes, the company that runs a home, was rated good.", []),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), HISTORY)
def test_rating_history(sentence: str, expected: list[str]) -> None:
    assert [brief(mention) for mention in read(sentence)] == expected


def test_rating_a_multi_agency_hub_is_no_agency() -> None:
    body = "Halton's multi-agency hub was praised. The council came away with a judgment of 'good'."
    assert [brief(mention) for mention in read(body)] == ["good"]


NOT_GRADES = [
    "Health assessments of looked-after children in Halton were judged inadequate because they were late.",
    "Child protection plans at Halton Council were found to be inadequate.",
    "Supervision at Halton Council was inadequate.",
    "Pathway plans for care leavers in Halton are inadequate.",
    "Practice at Halton Council is not yet good enough.",
    "Halton Council's response is not consistently good.",
    "Support for children in Halton isn't yet good enough, inspectors said.",
    "Halton Council hopes to earn a good rating next time.",
    "Halton Council is on its journey to outstanding.",
    "Halton Council aims to be rated good by 2019.",
    "Leaders of Halton Council expect that it will be rated good.",
    "Halton Council had judged itself good.",
    "The council's self-evaluation rated it as good.",
    "Halton Council could be rated inadequate if inspectors came tomorrow.",
    "Halton Council is a whisker away from outstanding.",
    "Last month's digest reported wrongly that Halton Council was inadequate for care leavers.",
    "An earlier version of this article said that Halton Council had been rated inadequate.",
    "Inspectors found good practice in Halton.",
    "Staff of Halton Council were found to be good at listening.",
    "Halton Council has made good progress, Ofsted said.",
    "Social workers in Halton have good relationships with children.",
    "The hills of Halton are an area of outstanding natural beauty.",
    miss(
        "'outstanding' said of tasks is read as a grade",
        "Halton Council still has visits outstanding, inspectors said.",
    ),
    "Halton Council has adequate staffing and inadequate funding.",
    "Children in Halton were inadequately protected.",
    "The council's own auditors, inspectors note, had graded most of those cases as good.",
    "Managers at Halton Council had judged half of the plans to be inadequate.",
    "Inspectors said that morale at Halton Council was good.",
    "Halton Council's response to domestic abuse was inadequate.",
    "The pace of change in Halton was inadequate, the report says.",
    "Families in Halton were chased for outstanding council tax.",
    "Halton Council's leader said it was good.",
    "Halton Council is good, according to its director.",
    "The director said that leadership in Halton was good and that adoption was outstanding.",
    "Halton Council waits. The word 'adequate', in use since 2009, makes way for another.",
    "Ofsted is to change its scale. Its inspectors never liked the word 'inadequate'.",
    "Care leavers in Halton get an excellent service.",
    "Ofsted uses four grades: outstanding, good, requires improvement and inadequate.",
    "Councils rated inadequate will be visited every quarter.",
    "Should an authority be judged inadequate, a commissioner is sent in.",
    "Recording at the council requires improvement plans of its own.",
    "Improvement is required in recording at Halton Council.",
    "Halton Council's assessments require improvement in their analysis.",
    "Halton Council was rated in the bottom two grades.",
    "Halton Council is not rated good or outstanding.",
    "Focused visits to councils are not graded and Halton's services are not awarded a rating.",
    "‘A good place to work’ is what staff call Halton Council.",
    '"We are a good council," said the leader of Halton.',
    "'Good' social work basics\n\nSocial workers in Halton see children often.",
]


@pytest.mark.parametrize("sentence", NOT_GRADES)
def test_rating_not_a_grade(sentence: str) -> None:
    assert [brief(mention) for mention in read(sentence)] == []


OTHER_THINGS = [
    "A school in Halton has been rated inadequate by Ofsted.",
    "Few pupils in Halton attend a good school, Ofsted told the council.",
    "Two nurseries run by Halton Council were rated outstanding.",
    "Halton Council runs six children's homes, of which four are good.",
    "A home has shut its doors. The privately run home in Halton was graded inadequate for help and protection.",
    "A school in Halton was rated good for leadership.",
    "An independent fostering agency based in Halton was judged to require improvement.",
    "The secure training centre was rated inadequate by Ofsted.",
    "Probation inspectors rated Halton's youth justice service as good.",
    "The Care Quality Commission rated Halton Council good for adult social care.",
    "Adult social care at Halton Council was rated as requiring improvement by the CQC.",
    "Ofsted rated the council's adult learning service good.",
    "The police force that covers Halton was graded inadequate.",
    "Judges at the awards rated Halton's project outstanding.",
    "The Care Inspectorate rated leadership in the Scottish council as inadequate.",
    "Halton heads the first list of the Care Quality Commission. Halton and Wigan are rated good on the regulator's scale.",
]


@pytest.mark.parametrize("sentence", OTHER_THINGS)
def test_rating_of_other_things(sentence: str) -> None:
    assert [brief(mention) for mention in read(sentence)] == []


STATISTICS = [
    "By Ofsted's count, one in eight of the inspections completed since May 2012 has ended with an inadequate grade.",
    "Fewer than a third of the English authorities inspected by Ofsted are 'good' and not one has yet been judged 'outstanding'.",
    "Three quarters of councils were rated below good.",
    "One in four departments is inadequate.",
    "Of the 43 councils inspected, 10 were rated good.",
    "Ofsted says that 56 per cent of authorities are now rated good or outstanding.",
    "None of the six councils inspected was outstanding.",
    "Most authorities were judged to require improvement.",
    "No council has yet achieved the top grade, the inspectorate says.",
    "Ofsted has published 43 reports. None was 'outstanding'.",
    "Where services were good, inspectors say, caseloads are low.",
    "Fifteen councils in the north of England are currently rated inadequate.",
    "At present 11 departments across the two regions are 'good'.",
]


SOME_COUNCIL = [
    ("It was a shock to an authority that had been rated outstanding in 2012.", ["outstanding previous"]),
    ("The report makes sad reading for a council that was 'good' for adoption.", ["good: adoption"]),
    ("Halton's new director came from a council that had been rated outstanding.", []),
    ("Halton was praised by an authority whose services were 'good'.", []),
    ("The report was sent to a council that was 'good'.", []),
    ("Halton was said in December to be 'inadequate'.", ["inadequate"]),
    ("Halton was found by the inspectors to be good.", ["good"]),
    ("Halton is expected to be 'good'.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), SOME_COUNCIL)
def test_rating_of_the_one_council_or_of_some_council(sentence: str, expected: list[str]) -> None:
    assert [brief(mention) for mention in read(sentence)] == expected


@pytest.mark.parametrize("sentence", STATISTICS)
def test_rating_statistics(sentence: str) -> None:
    assert [brief(mention) for mention in read(sentence)] == []


AREAS = [
    ("Services for care leavers at Halton Council are inadequate.", ["inadequate: care_leavers"]),
    (
        "In 2011, inspectors of safeguarding and looked-after children's services in Halton had rated it 'adequate' "
        "on the first "
        "count and 'good' on the second.",
        ["adequate previous: safeguarding", "good previous: children_in_care"],
    ),
    (
        "For its leaders and adoption work, Halton Council was rated inadequate under the first of these and good "
        "under the second.",
        ["inadequate: leadership", "good: adoption"],
    ),
    (
        "Halton Council was rated good for leadership and adoption for the first time.",
        ["good: leadership adoption"],
    ),
    ("Halton Council was rated good overall.", ["good"]),
    ("Overall effectiveness was judged inadequate at Halton Council.", ["inadequate"]),
    ("Halton's child protection services were rated inadequate.", ["inadequate: help_and_protection"]),
    ("Help and protection was judged good.", ["good: help_and_protection"]),
    ("Services for children who need help and protection are rated good.", ["good: help_and_protection"]),
    ("Halton's looked-after children's services were rated good.", ["good: children_in_care"]),
    ("Halton Council was rated good for children in care.", ["good: children_in_care"]),
    ("Children looked after and achieving permanence was rated good in Halton.", ["good: children_in_care"]),
    ("Adoption performance was graded outstanding.", ["outstanding: adoption"]),
    ("Ofsted rated Halton's adoption service good.", ["good: adoption"]),
    ("Support for care leavers was rated outstanding.", ["outstanding: care_leavers"]),
    ("The leaving care service was judged inadequate.", ["inadequate: care_leavers"]),
    ("Leadership, management and governance was found to be inadequate.", ["inadequate: leadership"]),
    ("The impact of leaders on social work practice was judged good.", ["good: leadership"]),
    ("Halton's local safeguarding children board was rated good.", ["good: lscb"]),
    ("The LSCB requires improvement.", ["requires_improvement: lscb"]),
    ("Children in care and care leavers are rated good.", ["good: children_in_care care_leavers"]),
    ("Halton Council was rated good in all areas.", ["good: all"]),
    ("Halton Council was judged inadequate across the board.", ["inadequate: across_the_board"]),
    ("Halton Council was judged inadequate in all respects.", ["inadequate: across_the_board"]),
    ("Halton Council won a clean sweep of good ratings.", ["good: all"]),
    (
        "Adoption and leadership were rated good, while help and protection requires improvement.",
        ["good: adoption leadership", "requires_improvement: help_and_protection"],
    ),
    (
        "Halton Council was rated good overall, outstanding for adoption and inadequate for leadership.",
        ["good", "outstanding: adoption", "inadequate: leadership"],
    ),
    (
        "Halton was inadequate for leadership, and adoption and care leavers were good.",
        ["inadequate: leadership", "good: adoption care_leavers"],
    ),
    ("Ratings for adoption and leadership were good at Halton.", ["good: adoption leadership"]),
    ("Halton was rated good and its leaders are proud.", ["good"]),
    (
        "The overall effectiveness of Halton's arrangements to protect children was judged inadequate.",
        ["inadequate: help_and_protection"],
    ),
    ("The overall effectiveness of services for looked-after children was judged good.", ["good: children_in_care"]),
    (
        "Inspectors judged the overall effectiveness of services for looked-after children and care leavers good.",
        ["good"],
    ),
    ("The quality of practice was judged inadequate in Halton.", ["inadequate: other"]),
    (
        "For its leadership, which was inadequate three years ago, Halton was awarded an 'outstanding'.",
        ["inadequate previous: leadership", "outstanding: leadership"],
    ),
    ("Halton was rated inadequate, let down by its leadership.", ["inadequate"]),
    (
        "Halton was rated good, and those for care leavers outstanding.",
        ["good", "outstanding: care_leavers"],
    ),
    (
        "Its leaders, along with its adoption team, were all judged 'good'.",
        ["good: leadership adoption"],
    ),
    (
        "Halton was last rated for safeguarding (good) and looked-after children (outstanding).",
        ["good: safeguarding", "outstanding: children_in_care"],
    ),
    (
        "Inspectors looked at adoption and leadership and judged the former good and the latter inadequate.",
        ["good: adoption", "inadequate: leadership"],
    ),
    (
        "Halton was 'inadequate' on every count, from adoption to leadership, and its safeguarding board was rated good.",
        ["inadequate: all", "good: lscb"],
    ),
    (
        "Halton was handed the lowest grade in May – for leadership and adoption – after a visit.",
        ["inadequate: leadership adoption"],
    ),
    ("Halton was 'inadequate', its leaders faulted for delay.", ["inadequate"]),
    ("Halton, where adoption was found to be weak, is now 'good'.", ["good"]),
    (
        "Halton was rated 'good' for everything but its adoption work, which requires improvement.",
        ["good: all not:adoption", "requires_improvement: adoption"],
    ),
    (
        "Under the programme of safeguarding and looked-after children inspections, Halton was rated good for adoption.",
        ["good: adoption"],
    ),
    (
        "A safeguarding and looked-after children inspection of Halton found 'good' services.",
        ["good: safeguarding children_in_care"],
    ),
    ("Halton's work to find adoptive families for children was given the bottom grade.", ["inadequate: adoption"]),
    ("Halton Council\n\nLeadership: good\n\nAdoption – outstanding.", ["good: leadership", "outstanding: adoption"]),
    ("Halton Council has a good adoption team; leadership: better than it was.", []),
    (
        "In help and protection, previously inadequate, Halton has been judged good.",
        ["inadequate previous: help_and_protection", "good"],
    ),
    ("Leaders were praised as the council climbed to 'good' at Halton.", ["good"]),
    (
        "Care leavers were the one group for whom Halton Council was judged inadequate.",
        ["inadequate: care_leavers"],
    ),
    ("The 'good' authority's leaders did not know, Ofsted told Halton.", ["good previous"]),
    (
        "Halton is good in all areas bar one. Care leavers requires improvement.",
        ["good: all", "requires_improvement: care_leavers"],
    ),
    (
        "Halton's visitors praised its leadership, rated outstanding along with adoption.",
        ["outstanding: leadership adoption"],
    ),
    (
        "When safeguarding was last assessed, in 2010, the county was considered 'good'.",
        ["good previous: safeguarding"],
    ),
    (
        "Because support for care leavers was 'inadequate',\n\nand for no other reason, Halton was failed.",
        ["inadequate: care_leavers"],
    ),
    (
        "Halton's board was judged inadequate and its response to children at risk good.",
        ["inadequate: lscb", "good: help_and_protection"],
    ),
    (
        "Halton has lost its top grade and was told that it requires improvement.",
        ["outstanding previous", "requires_improvement"],
    ),
    ("Halton has come out of an inspection with the top grade.", ["outstanding"]),
    ("Halton was rated good for protecting others from harm.", []),
    ("Halton was rated good for protecting children.", ["good: help_and_protection"]),
    (
        "Wigan requires improvement. The worst news is for Halton, which is 'inadequate' again. Leadership got that grade.",
        ["requires_improvement", "inadequate previous", "inadequate: leadership"],
    ),
    ("Care leavers alone escaped the bottom grade at Halton.", []),
    ("Halton has escaped the bottom grade.", ["inadequate previous"]),
    (
        "Halton's leadership, 'outstanding' until now, has come down with it, from the top of the scale.",
        ["outstanding previous: leadership", "outstanding previous: leadership"],
    ),
    ("All but adoption and leadership were inadequate at Halton.", ["inadequate: all not:adoption not:leadership"]),
    ("Adoption is the odd one out in the table, since it is 'outstanding'.", ["outstanding: adoption"]),
    (
        "In 2018 it was adoption that let the council down. It required improvement.",
        ["requires_improvement: adoption"],
    ),
    ("Leadership was weak. It was rated inadequate by Ofsted.", ["inadequate"]),
    (
        "Halton has leadership graded outstanding again and the other areas down a peg from outstanding to good.",
        ["outstanding: leadership", "outstanding previous: rest", "good: rest"],
    ),
    (
        "At Halton leadership was the inadequate one and everything else required improvement.",
        ["inadequate: leadership", "requires_improvement: rest"],
    ),
    (
        "The report breaks down as good for adoption, requires improvement for leadership.",
        ["good: adoption", "requires_improvement: leadership"],
    ),
    (
        "Inspectors gave adoption at Halton the highest grade and everything else the next one down.",
        ["outstanding: adoption", "good: rest"],
    ),
    ("Halton was given two goods and two inadequates by Ofsted.", []),
    (
        "Halton Council requires improvement (help and protection: inadequate; adoption: good; leadership: 'good').",
        ["requires_improvement", "inadequate: help_and_protection", "good: adoption", "good: leadership"],
    ),
    ("Halton was short of leadership: adequate funding had been found for adoption.", []),
    ("Every grade that Ofsted could give Halton has come out as 'good'.", ["good: all"]),
    ("Halton was rated good and inspectors saw progress in all areas.", ["good"]),
    ("Halton was rated inadequate, and inspectors told it to act on leadership and adoption.", ["inadequate"]),
    ("Halton was rated outstanding, the inspectors adding that care leavers were well housed.", ["outstanding"]),
    (
        "Adoption was rated outstanding in Halton and in Wigan inadequate.",
        ["outstanding: adoption", "inadequate: adoption"],
    ),
    ("Halton was rated good for adoption and Wigan inadequate.", ["good: adoption", "inadequate: adoption"]),
    ("Halton Council, which runs six children's homes, was rated good for leadership.", ["good: leadership"]),
    ("A children's home, which Halton Council runs, was rated good for leadership.", []),
    ("Halton was rated good when it came to adoption.", ["good: adoption"]),
    ("Halton was rated good for adoption when inspectors came in March.", ["good: adoption"]),
    ("Only care leavers spoke well of Halton, which was judged inadequate.", ["inadequate"]),
    ("The report says that leaders know Halton, which was rated inadequate, better than before.", ["inadequate"]),
    ("The adoption service in Halton, which was rated good, has grown.", ["good: adoption"]),
    (
        "Halton was upgraded from requires improvement to good for leadership.",
        ["requires_improvement previous: leadership", "good: leadership"],
    ),
    ("Halton was rated inadequate overall, including for leadership.", ["inadequate: overall leadership"]),
    ("Halton was rated inadequate, including for leadership.", ["inadequate: overall leadership"]),
    ("Halton was rated inadequate and told to act, including on leadership.", ["inadequate"]),
    ("Halton Council and its safeguarding children board were judged inadequate.", ["inadequate: overall lscb"]),
    ("Halton Council was praised and its safeguarding children board was judged inadequate.", ["inadequate: lscb"]),
    ("Halton's adoption service has moved. The service was rated outstanding.", ["outstanding: adoption"]),
    ("Halton's adoption service has moved. The council was rated outstanding.", ["outstanding"]),
    ("Halton's adoption and fostering work was seen. The service was rated good.", ["good"]),
    ("How well Halton looks after children in care was judged to be good.", ["good: children_in_care"]),
    (
        "Halton's grades:\n\n• Good for adoption\n• Outstanding for leadership",
        ["good: adoption", "outstanding: leadership"],
    ),
    ("Halton's report:\n\n• Good adopters were found quickly", []),
    (
        "Halton was rated good overall, which was also the grade for its leadership.",
        ["good", "good: leadership"],
    ),
    miss(
        "the area after 'except for' is taken for the area of the grade before it",
        "Halton Council was rated good, except for adoption, which was inadequate.",
        ["good", "inadequate: adoption"],
    ),
    (
        "Ofsted rated Halton's safeguarding services inadequate overall and its services for looked-after children "
        "adequate.",
        ["inadequate: safeguarding overall", "adequate: children_in_care"],
    ),
    (
        "Halton is 'good' for leadership and adoption 'outstanding'.",
        ["good: leadership", "outstanding: adoption"],
    ),
    (
        "Inspectors who looked at Halton's services for care leavers last year marked them down to 'adequate'.",
        ["adequate: care_leavers"],
    ),
    ("Inspectors who looked at Halton's adoption work praised leaders and rated the borough 'good'.", ["good"]),
    ("Leadership was rated good. Everything else was inadequate.", ["good: leadership", "inadequate: rest"]),
    (
        "Adoption and care leavers were rated good and outstanding respectively.",
        ["good: adoption", "outstanding: care_leavers"],
    ),
    # What a grade takes up from the one before.
    ("Halton was judged good for adoption, Wigan adequate.", ["good: adoption", "adequate: adoption"]),
    ("Halton was judged good for adoption, Wigan requires improvement.", ["good: adoption", "requires_improvement"]),
    ("Halton was judged good for adoption, and Wigan is inadequate.", ["good: adoption", "inadequate"]),
    ("Adoption was good in Halton, inadequate in Wigan.", ["good: adoption", "inadequate: adoption"]),
    ("Adoption in Halton was outstanding. That of Wigan is good.", ["outstanding: adoption", "good: adoption"]),
    ("Leadership at Halton is inadequate. Adoption is too.", ["inadequate: leadership", "inadequate: adoption"]),
    ("Leadership at Halton is inadequate. Adoption is too slow, it says.", ["inadequate: leadership"]),
    ("Halton's care leavers service was a notch higher, at 'good'.", ["good: care_leavers"]),
    (
        "Adoption was good and leadership inadequate in Halton. Wigan was good on both counts.",
        ["good: adoption", "inadequate: leadership", "good: adoption leadership"],
    ),
    (
        "Leadership in Halton was inadequate. Wigan was good on all five counts.",
        ["inadequate: leadership", "good: all"],
    ),
    (
        "Halton had mixed results: inadequate for leadership, requires improvement for adoption.",
        ["inadequate: leadership", "requires_improvement: adoption"],
    ),
    ("Halton's results were poor, inadequate for a town of its size.", []),
    ("Halton's services for care leavers were found wanting, and rated inadequate.", ["inadequate: care_leavers"]),
    # What a list behind a grade, or before one, belongs to.
    (
        "Halton has been found inadequate, a verdict that was settled by the state of its support for care leavers.",
        ["inadequate"],
    ),
    ("Halton is inadequate, a verdict that covers adoption.", ["inadequate: adoption"]),
    ("The verdict on Halton covers leadership; adoption was good.", ["good: adoption"]),
    (
        "Halton is good for its work with care leavers and inadequate for leadership.",
        ["good: care_leavers", "inadequate: leadership"],
    ),
    (
        "Halton is outstanding overall and in all areas bar one, adoption being good.",
        ["outstanding: overall all", "good: adoption"],
    ),
    (
        "Halton requires improvement in every respect except one: adoption, which is inadequate.",
        ["requires_improvement: all", "inadequate previous: adoption"],
    ),
    ("Halton is good in every respect.", ["good: across_the_board"]),
    ("All three of the areas at Halton were given the lowest mark.", ["inadequate: all"]),
    ("Three of the areas at Halton were given the lowest mark.", ["inadequate: rest"]),
    ("Halton was good for adoption and inadequate for the remainder.", ["good: adoption", "inadequate: rest"]),
    ("Two of the four councils were rated good: Halton and Wigan.", ["good"]),
    (
        "The three other areas – leadership, adoption and care leavers – were each graded good at Halton.",
        ["good: leadership adoption care_leavers"],
    ),
    ("Halton was rated inadequate, with an adoption service that was good.", ["inadequate", "good: adoption"]),
    ("Inspectors who saw Halton in May have graded its leadership good.", ["good: leadership"]),
    ("Inspectors may have graded Halton's leadership good.", []),
    (
        "Halton has lost its good grade for leadership and the council requires improvement.",
        ["good previous: leadership", "requires_improvement"],
    ),
    ("Halton can point to adoption work that was graded 'good'.", ["good: adoption"]),
    ("Halton can become good.", []),
    (
        "The report on Halton, out on Friday, awards it the second lowest mark for leadership.",
        ["requires_improvement: leadership"],
    ),
    ("In Halton it was advisers who are outstanding in their commitment.", []),
    (
        "Inspectors gave Halton 'good' for leadership and 'requires improvement' to adoption.",
        ["good: leadership", "requires_improvement: adoption"],
    ),
    ("Halton is outstanding overall. Three of the four areas carry that grade.", ["outstanding", "outstanding: rest"]),
    ("After two years of being led from Wigan, Halton is inadequate.", ["inadequate"]),
    (
        "Halton is good. Ofsted's verdict, made public today, covers leadership and adoption.",
        ["good", "good: leadership adoption"],
    ),
]


@pytest.mark.parametrize(("body", "expected"), AREAS)
def test_rating_areas(body: str, expected: list[str]) -> None:
    assert [brief(mention) for mention in read(body)] == expected


@pytest.mark.parametrize(
    ("body", "published", "expected"),
    [
        ("Safeguarding was judged adequate.", "2011-05-24", ["adequate: safeguarding"]),
        ("Capacity for improvement was judged good.", "2011-05-24", ["good: other"]),
        (
            "Leadership was judged good and the prospects for improvement outstanding.",
            "2011-05-24",
            ["good: leadership", "outstanding: other"],
        ),
        ("Halton Council was given the second lowest rating.", "2011-05-24", ["adequate"]),
        ("Halton Council was given the second lowest rating.", "2017-05-24", ["requires_improvement"]),
        ("Halton Council was given the second highest rating.", "2011-05-24", ["good"]),
        ("Halton Council performs poorly, the annual ratings show.", "2010-12-09", ["inadequate"]),
        ("Halton Council performs well, the annual ratings show.", "2010-12-09", ["good"]),
        ("Halton Council performs adequately, the annual ratings show.", "2010-12-09", ["adequate"]),
        ("Halton Council performs excellently, the annual ratings show.", "2010-12-09", ["outstanding"]),
        ("Halton Council performs poorly, neighbours say.", "2019-12-09", []),
    ],
)
def test_rating_by_era(body: str, published: str, expected: list[str]) -> None:
    assert [brief(mention) for mention in read(body, published)] == expected


RELATIVE = [
    ("Halton was rated good overall. Adoption was given the same grade.", ["good", "good: adoption"]),
    ("Halton Council was judged inadequate overall, as was its leadership.", ["inadequate", "inadequate: leadership"]),
    ("Halton Council was adequate overall, as it was for adoption.", ["adequate", "adequate: adoption"]),
    ("Adoption requires improvement, and so does Halton.", ["requires_improvement: adoption", "requires_improvement"]),
    (
        "Halton Council was rated good. That verdict, out today, covers leadership and adoption.",
        ["good", "good: leadership adoption"],
    ),
    ("Halton Council was rated good. It applies to leadership, too.", ["good", "good: leadership"]),
    ("Halton Council was rated good. So, this time, is its leadership.", ["good", "good: leadership"]),
    ("Halton was rated good. Its leaders matched that overall result.", ["good", "good: leadership"]),
    ("Halton was rated inadequate. Adoption fared no better.", ["inadequate", "inadequate: adoption"]),
    (
        "Halton was rated good. Its leadership had been two rungs further down.",
        ["good", "inadequate previous: leadership"],
    ),
    (
        "Halton was found inadequate. In 2011 it had been judged good for adoption, with the same grade for leadership.",
        ["inadequate", "good previous: adoption", "good: leadership"],
    ),
    (
        "Adoption was judged good in 2014, though at that time leadership was 'inadequate', as were services for care "
        "leavers.",
        ["good: adoption", "inadequate previous: leadership", "inadequate previous: care_leavers"],
    ),
    (
        "Halton has gone from good to inadequate, as has its leadership.",
        ["good previous", "inadequate", "inadequate: leadership"],
    ),
    ("Adoption was good, as it was in 2012, and leadership was not.", ["good: adoption", "good previous: adoption"]),
    ("Halton requires improvement. So does Wigan.", ["requires_improvement", "requires_improvement"]),
    ("Halton is good on all counts. So is Wigan.", ["good: all", "good: all"]),
    ("Halton is good for adoption. So is Wigan.", ["good: adoption", "good"]),
    (
        "Halton is inadequate. The grade applies overall and to adoption.",
        ["inadequate", "inadequate: overall adoption"],
    ),
    ("Halton has been rated good. So has Wigan, where adoption was weak.", ["good", "good"]),
    ("Halton was rated good and its leaders are proud. So is Wigan.", ["good"]),
    ("Halton was rated good. Its staff were pleased. So was Wigan.", ["good"]),
    ("Halton Council was rated good. The report covers leadership and adoption.", ["good"]),
    (
        "Halton Council was rated good." + " Children see their workers often." * 40 + " Adoption fared no better.",
        ["good"],
    ),
    ("Halton Council was rated good, with adoption one grade lower.", ["good", "requires_improvement: adoption"]),
    ("Halton Council was rated good, with adoption one grade higher.", ["good", "outstanding: adoption"]),
    ("The same grade awaits nobody in particular at Halton Council.", []),
]


@pytest.mark.parametrize(("body", "expected"), RELATIVE)
def test_rating_relative_grades(body: str, expected: list[str]) -> None:
    assert [brief(mention) for mention in read(body)] == expected


def test_rating_same_grade_across_sentences_needs_a_grade_before() -> None:
    assert [brief(mention) for mention in read("Adoption was given the same grade.")] == []


TABLES = [
    pytest.param(
        "Area | Grade\nOverall | Good\nAdoption | Outstanding", ["good", "outstanding: adoption"], id="area in the row"
    ),
    pytest.param(
        "Council | Overall | Leadership\nHalton | Good | Inadequate",
        ["good", "inadequate: leadership"],
        id="in the head",
    ),
    pytest.param(
        "Help and protection | Requires improvement to be good\nCare leavers | Inadequate",
        ["requires_improvement: help_and_protection", "inadequate: care_leavers"],
        id="no head",
    ),
    pytest.param(
        "Council | H&P | LAC | CL\nHalton | RI | Good | Inadequate",
        ["requires_improvement: help_and_protection", "good: children_in_care", "inadequate: care_leavers"],
        id="initials",
    ),
]


@pytest.mark.parametrize(("table", "expected"), TABLES)
def test_rating_tables(table: str, expected: list[str]) -> None:
    assert [brief(mention) for mention in read(table)] == expected


@pytest.mark.parametrize("mark", ['"{}"', "'{}'", "“{}”", "‘{}’", "”{}”", "{}"])
@pytest.mark.parametrize("grade", ["outstanding", "good", "inadequate", "requires improvement"])
def test_rating_style_of_quotes_does_not_matter(mark: str, grade: str) -> None:
    (mention,) = read(f"Halton Council was rated {mark.format(grade)} by Ofsted.")
    assert (mention.id, mention.text) == (grade.replace(" ", "_"), grade)


def test_rating_every_mention_is_of_the_body() -> None:
    body = "Halton Council was rated “good” overall.\n\nAdoption | Outstanding\n\nIt had been 'inadequate' in 2014."
    for mention in (mentions := read(body)):
        assert body[mention.start : mention.end] == mention.text
        assert mention.id in get_args(Grade)
        assert mention.rule
    assert len(mentions) == 3


def test_rating_responses_are_no_verdicts() -> None:
    body = 'Halton Council was rated good. The leader said: "Last year we were rated inadequate by everybody."'
    assert [brief(mention) for mention in read(body)] == ["good"]


def test_rating_nothing_in_nothing() -> None:
    assert read("") == []
