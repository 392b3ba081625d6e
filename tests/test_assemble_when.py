"""Assembly: whether a statement is news or history, and which date it has."""

import pytest
from told import briefly, miss, read

VISIT_FOUND = "what a visit 'found' is held for no finding by the trained model, and a visit without one is no record"

DATES = [
    pytest.param(
        "Wigan Council has been rated good. It was inadequate in 2013. Its leadership is outstanding.",
        ["wigan overall=good leadership=outstanding", "wigan previous overall=inadequate reported=2013"],
        id="the present tense turns back to the news",
    ),
    pytest.param(
        "Wigan Council has been rated good. It was inadequate in 2013. Its leadership was inadequate.",
        ["wigan overall=good", "wigan previous overall=inadequate leadership=inadequate reported=2013"],
        id="the past tense goes on about the past",
    ),
    pytest.param(
        "The visit to Wigan, on 3 and 4 May, was the second since the council's services were declared inadequate.",
        ["wigan previous overall=inadequate"],
        id="since a grade was given",
    ),
    pytest.param(
        "Wigan has been rated good since it was inspected in March.",
        ["wigan overall=good inspected=2017-03"],
        id="since an inspection",
    ),
    pytest.param(
        "Wigan was inadequate in 2010, 2012 and 2014, but is now good.",
        [
            "wigan overall=good",
            "wigan previous overall=inadequate reported=2010",
            "wigan previous overall=inadequate reported=2012",
            "wigan previous overall=inadequate reported=2014",
        ],
        id="three dates of one grade",
    ),
    pytest.param(
        "Wigan Council has been rated good. It had done better than 'requires improvement', the verdict in 2014, when "
        "adoption was 'good'.",
        ["wigan overall=good", "wigan previous overall=requires_improvement adoption=good reported=2014"],
        id="the verdict at a date",
    ),
    pytest.param(
        "Wigan Council has been inspected. Judged 'good' in 2013, it is now 'inadequate', although its work with care "
        "leavers was judged to require improvement.",
        ["wigan overall=inadequate care_leavers=requires_improvement", "wigan previous overall=good reported=2013"],
        id="a date does not reach over the present",
    ),
    pytest.param(
        "Rated outstanding in 2013, Wigan has fallen to 'good', while its adoption service was rated inadequate.",
        ["wigan overall=good adoption=inadequate", "wigan previous overall=outstanding reported=2013"],
        id="nor over a fall",
    ),
    pytest.param(
        "Wigan Council has been rated good. In 2013 it was inadequate overall, although adoption was judged good.",
        ["wigan overall=good", "wigan previous overall=inadequate adoption=good reported=2013"],
        id="it does over another grade of the past",
    ),
    pytest.param(
        "Wigan Council has been inspected. Its services for care leavers require improvement, an advance on September "
        "2014, when the council was 'inadequate' on every count.",
        [
            "wigan care_leavers=requires_improvement",
            "wigan previous overall=inadequate help_and_protection=inadequate children_in_care=inadequate "
            "adoption=inadequate care_leavers=inadequate leadership=inadequate reported=2014-09",
        ],
        id="a date that leads on to what was stated then",
    ),
    pytest.param(
        "Wigan Council requires improvement, a step up on 2014, when inspectors rated it inadequate overall.",
        ["wigan overall=requires_improvement", "wigan previous overall=inadequate inspected=2014"],
        id="a step up on a year, when",
    ),
    pytest.param(
        "Wigan Council has been rated good. It was inadequate in 2013, when its leaders were inadequate too.",
        ["wigan overall=good", "wigan previous overall=inadequate leadership=inadequate reported=2013"],
        id="one of the past has the date, too",
    ),
    pytest.param(
        "Wigan Council was rated good yesterday. Rated inadequate four years ago, the council has come far. Its "
        "leaders were judged outstanding.",
        [
            "wigan overall=good leadership=outstanding reported=2017-05-23",
            "wigan previous overall=inadequate reported=2013",
        ],
        id="a sentence that opens with the past and is of the present",
    ),
    pytest.param(
        "Wigan Council has been rated good.\n\nRated inadequate in 2013, the authority has turned a corner. Its "
        "adoption service was judged outstanding.",
        ["wigan overall=good adoption=outstanding", "wigan previous overall=inadequate reported=2013"],
        id="so opens a paragraph",
    ),
    pytest.param(
        "Wigan Council has been rated good. Rated inadequate four years ago, the council was slow to change. Its "
        "leaders were judged inadequate.",
        ["wigan overall=good", "wigan previous overall=inadequate leadership=inadequate reported=2013"],
        id="a sentence that stays in the past",
    ),
    pytest.param(
        "Wigan Council was rated good in a report published yesterday. Hull required improvement in 2014. Hull has "
        "now been rated inadequate. Both reports were released on the same day.",
        [
            "kingston-upon-hull overall=inadequate reported=2017-05-23",
            "kingston-upon-hull previous overall=requires_improvement reported=2014",
            "wigan overall=good reported=2017-05-23",
        ],
        id="reports of the same day",
    ),
    pytest.param(
        "Published today, the reports show a gap. Wigan has been rated good. Hull has been rated inadequate.",
        ["kingston-upon-hull overall=inadequate reported=2017-05-24", "wigan overall=good reported=2017-05-24"],
        id="published today, the reports",
    ),
    pytest.param(
        "Published today, the report is a good one. Wigan has been rated good. Hull has been rated inadequate.",
        ["kingston-upon-hull overall=inadequate", "wigan overall=good reported=2017-05-24"],
        id="published today, one report",
    ),
    pytest.param(
        "Ofsted has rated Wigan good and Hull inadequate.\n\nReports on the two authorities, which were inspected "
        "last month, were published this week.",
        [
            "kingston-upon-hull overall=inadequate inspected=2017-04 reported=2017-05",
            "wigan overall=good inspected=2017-04 reported=2017-05",
        ],
        id="a relative clause about both",
    ),
    pytest.param(
        "Wigan Council goes from 'requires improvement' (2015) to 'outstanding'.",
        ["wigan overall=outstanding", "wigan previous overall=requires_improvement reported=2015"],
        id="a year in brackets behind the grade left",
    ),
    pytest.param(
        "Wigan Council has been rated good. A visit in March showed what it owes to Leeds, which is rated 'good'.",
        ["leeds previous overall=good", "wigan overall=good inspected=2017-03"],
        id="a standing grade has no date of another clause",
    ),
    pytest.param(
        "Wigan Council has been rated good. Its director moved from good-rated Leeds in 2016.",
        ["leeds previous overall=good", "wigan overall=good"],
        id="a move of somebody is none of a grade",
    ),
    pytest.param(
        "Wigan Council has been rated good. Its director came from 'outstanding' Leeds in 2016.",
        ["leeds previous overall=outstanding", "wigan overall=good"],
        id="nor one to a grade in quotation marks",
    ),
    pytest.param(
        "Wigan Council has been rated good. It moved from 'inadequate' in 2014.",
        ["wigan overall=good", "wigan previous overall=inadequate reported=2014"],
        id="a move of the council is",
    ),
    pytest.param(
        "Wigan Council has been rated good. Inspectors arrived at the end of February and stayed until the middle of March.",
        ["wigan overall=good inspected=2017-02/2017-03"],
        id="a stay until",
    ),
    pytest.param(
        "Wigan Council has kept the top grade that it won three years ago.",
        ["wigan overall=outstanding", "wigan previous overall=outstanding reported=2014"],
        id="when a grade that is kept was won",
    ),
    pytest.param(
        "Wigan Council has held on to the 'good' overall grade it was given in 2014.",
        ["wigan overall=good", "wigan previous overall=good reported=2014"],
        id="when one that is held on to was given",
    ),
    pytest.param(
        "Wigan Council has been rated good. The 'inadequate' rating that it was given in 2014 is history.",
        ["wigan overall=good", "wigan previous overall=inadequate reported=2014"],
        id="when one that is not kept was given",
    ),
    pytest.param(
        "Wigan Council has retained its good rating. The council was told that staff it recruited in 2014 had stayed.",
        ["wigan overall=good", "wigan previous overall=good"],
        id="when something else was got",
    ),
    pytest.param(
        "Wigan Council has retained its 'good' rating.",
        ["wigan overall=good", "wigan previous overall=good"],
        id="a grade that is kept was held before",
    ),
    pytest.param(
        "Wigan Council remains 'inadequate'. It was given that grade in 2014.",
        ["wigan overall=inadequate", "wigan previous overall=inadequate reported=2014"],
        id="and is that of the inspection before",
    ),
    pytest.param(
        "Wigan Council is now good, after being rated inadequate in 2014. Leadership has kept its 'good'.",
        ["wigan overall=good leadership=good", "wigan previous overall=inadequate reported=2014"],
        id="an area that kept its grade",
    ),
    pytest.param(
        "Wigan Council, rated inadequate in 2014, has been rated good. Neighbouring Bolton remains outstanding.",
        [
            "bolton overall=outstanding",
            "wigan overall=good",
            "wigan previous overall=inadequate reported=2014",
        ],
        id="one that a council merely has was not kept",
    ),
    pytest.param(
        "Wigan Council is now good. Leadership has kept its 'good'.",
        ["wigan overall=good leadership=good"],
        id="of no inspection told of",
    ),
    pytest.param(
        "Wigan Council was rated inadequate in 2014. It stays 'good' after three years.",
        ["wigan overall=good", "wigan previous overall=inadequate reported=2014"],
        id="none that contradicts the inspection before",
    ),
    pytest.param(
        "Wigan Council stays at 'requires improvement', as in January 2014.",
        ["wigan overall=requires_improvement", "wigan previous overall=requires_improvement reported=2014-01"],
        id="as in 2014",
    ),
    pytest.param(
        "Wigan Council has been rated good, as in all five areas.",
        [
            "wigan overall=good help_and_protection=good children_in_care=good adoption=good care_leavers=good "
            "leadership=good"
        ],
        id="as in something else",
    ),
    pytest.param(
        "Wigan Council has been inspected. 'Requires improvement' in January 2015, it is now 'inadequate', with "
        "adoption given "
        "that grade as well.",
        [
            "wigan overall=inadequate adoption=inadequate",
            "wigan previous overall=requires_improvement reported=2015-01",
        ],
        id="that grade as well is of the same event, and of no annual scale",
    ),
    pytest.param(
        "Wigan Council has been rated good. Twenty-one months ago it was judged inadequate.",
        ["wigan overall=good", "wigan previous overall=inadequate reported=2015-08"],
        id="twenty-one months ago",
    ),
    pytest.param(
        "Wigan Council has been rated good. Care leavers, who have been graded separately since January, are "
        "'outstanding'.",
        ["wigan overall=good care_leavers=outstanding"],
        id="since when something is graded at all",
    ),
    pytest.param(
        "Wigan has been rated good. Halton has required improvement since 2015.",
        ["halton previous overall=requires_improvement reported=2015", "wigan overall=good"],
        id="since when a grade is in force",
    ),
    pytest.param(
        "Wigan Council has been rated good. Ofsted dropped its judgment on overall effectiveness in April.",
        ["wigan overall=good"],
        id="what the inspectorate drops",
    ),
    pytest.param(
        "Wigan Council has been rated good. Having been sent to the council in draft last month, the report was published "
        "on Tuesday.",
        ["wigan overall=good reported=2017-05-23"],
        id="a report in draft",
    ),
    pytest.param(
        'Wigan Council has been rated good. In March 2015 it was told that its services "require improvement", as it '
        "had been "
        'in 2014, although the "good" given to adoption was a comfort.',
        [
            "wigan overall=good",
            "wigan previous overall=requires_improvement adoption=good reported=2015-03",
            "wigan previous overall=requires_improvement reported=2014",
        ],
        id="a grade held before is told aside",
    ),
    pytest.param(
        "Wigan Council has held on to Ofsted's top grade, almost four years after it was first awarded.",
        ["wigan overall=outstanding", "wigan previous overall=outstanding reported=2013"],
        id="a grade first awarded years before",
    ),
    pytest.param(
        "Wigan Council has retained the rating of good that it was first awarded for safeguarding in 2010.",
        ["wigan overall=good", "wigan previous safeguarding=good reported=2010"],
        id="a grade first awarded for an area",
    ),
    pytest.param(
        "Wigan Council has been rated good, four years after its staff were assessed.",
        ["wigan overall=good"],
        id="a date counted from what follows is not that of the grade before it",
    ),
    pytest.param(
        "Wigan Council has been inspected. It was rated good overall and outstanding for leadership in 2015.",
        ["wigan previous overall=good leadership=outstanding reported=2015"],
        id="one date behind two grades told in one breath",
    ),
    pytest.param(
        "Wigan Council was rated good and Halton inadequate in 2015.",
        ["halton previous overall=inadequate reported=2015", "wigan overall=good"],
        id="not where another council stands between",
    ),
    pytest.param(
        "Wigan Council was rated good in 2013. In 2015, it was inadequate for adoption and is now good.",
        [
            "wigan overall=good",
            "wigan previous adoption=inadequate reported=2015",
            "wigan previous overall=good reported=2013",
        ],
        id="nor where the second has a verb of its own",
    ),
    pytest.param(
        "Wigan Council has been rated good. It had been inadequate. Staff stayed when the council declared itself "
        "bankrupt in November 2013.",
        ["wigan overall=good", "wigan previous overall=inadequate"],
        id="what a council declares itself is no judgement",
    ),
    pytest.param(
        "Wigan Council is good in all areas and good overall, five years after it was judged inadequate.",
        [
            "wigan overall=good help_and_protection=good children_in_care=good adoption=good care_leavers=good "
            "leadership=good",
            "wigan previous overall=inadequate reported=2012",
        ],
        id="a date counted from what follows it dates nothing else",
    ),
    pytest.param(
        "The first of the reports with no map landed on Monday. Wigan Council was rated good under the post-April rules. "
        "Halton Council has been rated inadequate.",
        ["halton overall=inadequate reported=2017-05-22", "wigan overall=good reported=2017-05-22"],
        id="the day on which reports landed, and rules of a month",
    ),
    pytest.param(
        "A judgment of “adequate” is the best that Wigan Council has had since the death of a boy in 2007.",
        ["wigan overall=adequate"],
        id="a date of something since then",
    ),
    pytest.param(
        "Wigan Council has been told that it requires improvement. A report of 15 May rated it good for speed.",
        ["wigan overall=requires_improvement reported=2017-05-15"],
        id="a fresh grade that contradicts the news is no history",
    ),
    pytest.param(
        "Wigan Council has had two inspections.\n\n• July 2012: it was inadequate.\n\n• August 2014: the new grade is "
        "good.",
        [
            "wigan previous overall=good reported=2014-08",
            "wigan previous overall=inadequate reported=2012-07",
        ],
        id="a date before a colon dates the whole sentence",
    ),
    pytest.param(
        "Annual assessment ratings are out. Wigan Council moves up from “adequately” in 2009 to “well”.",
        ["wigan annual_assessment overall=good", "wigan previous annual_assessment overall=adequate reported=2009"],
        id="the date of the grade left is not that of the grade reached",
    ),
    pytest.param(
        "Reports on Wigan and others were published yesterday. Wigan was rated good. Halton Council has been rated "
        "inadequate.",
        ["halton overall=inadequate reported=2017-05-23", "wigan overall=good reported=2017-05-23"],
        id="the date of several reports is that of each",
    ),
    pytest.param(
        "A report on Wigan was published yesterday. It was rated good. Halton Council has been rated inadequate.",
        ["halton overall=inadequate", "wigan overall=good reported=2017-05-23"],
        id="the date of one report is not",
    ),
    pytest.param(
        "Reports on two councils were published this month. Wigan was rated good in a report of 3 April. "
        "Halton Council has been rated inadequate.",
        ["halton overall=inadequate", "wigan overall=good reported=2017-04-03"],
        id="nor one that another date contradicts",
    ),
    pytest.param(
        "Wigan Council has been rated good. A decade earlier, in 2007, it had been rated inadequate.",
        ["wigan overall=good", "wigan previous overall=inadequate reported=2007"],
        id="a distance and the date itself are one date",
    ),
    pytest.param(
        "Wigan Council has been rated good. It was visited in March 2015. Later that year, in October, it was rated "
        "inadequate.",
        ["wigan overall=good", "wigan previous overall=inadequate reported=2015-10"],
        id="the month of that year",
    ),
    pytest.param(
        "Wigan Council has been rated good in a report issued a week ago today. It was inadequate three years ago "
        "this month.",
        ["wigan overall=good reported=2017-05-17", "wigan previous overall=inadequate reported=2014-05"],
        id="so long ago to the day or the month",
    ),
    pytest.param(
        "Wigan Council has been rated good. In two earlier inspections, in July 2013 and March 2016, it required "
        "improvement.",
        [
            "wigan overall=good",
            "wigan previous overall=requires_improvement inspected=2013-07",
            "wigan previous overall=requires_improvement inspected=2016-03",
        ],
        id="two inspections, each in its month",
    ),
    pytest.param(
        "Wigan Council has been rated good. Its leaders were praised. Social workers stay. Children are seen. A High "
        "Court judge "
        "spoke of its failings in April 2015, two years after the deaths of two boys.",
        ["wigan overall=good"],
        id="dates of a judge and of deaths",
    ),
    pytest.param(
        "Inspectors visited Wigan in March, three years after an inspection which found it inadequate, albeit with "
        "'good' leaders.",
        ["wigan previous overall=inadequate leadership=good inspected=2014"],
        id="what hangs on an inspection has its date",
    ),
    pytest.param(
        "Wigan was inadequate for adoption in 2012, though things looked up in 2015, when leadership, looked-after "
        "children and "
        "care leavers were ‘good’, with adoption outstanding.",
        [
            "wigan previous adoption=inadequate reported=2012",
            "wigan previous children_in_care=good adoption=outstanding care_leavers=good leadership=good reported=2015",
        ],
        id="the date of a clause with a list, and what hangs on that",
    ),
    pytest.param(
        "Wigan Council was rated good.\n\nJudgment | May 2013 | May 2017\nOverall | Inadequate | Good\nAdoption | "
        "Good | Good",
        [
            "wigan overall=good adoption=good reported=2017-05",
            "wigan previous overall=inadequate adoption=good reported=2013-05",
        ],
        id="dates that head the columns of a table",
    ),
    pytest.param(
        "Wigan Council was rated good.\n\nArea | Previous grade | New grade\nOverall | Inadequate | Good\nAdoption | "
        "Good | Good",
        ["wigan overall=good adoption=good", "wigan previous overall=inadequate adoption=good"],
        id="columns of the previous and the new grades",
    ),
    pytest.param(
        "Wigan was rated good in March 2016 – as it had been following an inspection in May and June 2014, when "
        "adoption was "
        "held to be ‘outstanding’.",
        [
            "wigan previous overall=good adoption=outstanding inspected=2014-05/2014-06",
            "wigan previous overall=good reported=2016-03",
        ],
        id="the inspection that led to a grade dates it",
    ),
    pytest.param(
        "Wigan has been rated good. It was good in Ofsted's annual assessments in 2010, and its 2011 inspection led "
        "to 'good' "
        "grades for adoption.",
        [
            "wigan overall=good",
            "wigan previous adoption=good inspected=2011",
            "wigan previous annual_assessment overall=good reported=2010",
        ],
        id="a grade is of the inspection named last before it",
    ),
    pytest.param(
        "Wigan has been rated good. In future ‘adequate’ will give way to ‘requires improvement’.",
        ["wigan overall=good"],
        id="what a scale will be",
    ),
    pytest.param(
        'Wigan has been rated good. "We were inspected in March and told in May," said its director.',
        ["wigan overall=good"],
        id="dates in an answer to the inspectors",
    ),
    pytest.param(
        "Wigan has been rated good. Halton was rated inadequate in May 2016. Halton's inspectors, who were in the "
        "town in March "
        "and April 2016, saw drift.",
        ["halton previous overall=inadequate inspected=2016-03/2016-04 reported=2016-05", "wigan overall=good"],
        id="the fieldwork of the earlier event last spoken of",
    ),
    pytest.param(
        "Wigan has been rated good. A team of six inspectors looked at the work of the trust between 3 and 14 April.",
        ["wigan overall=good inspected=2017-04-03/2017-04-14"],
        id="what inspectors did to a trust is an inspection",
    ),
    pytest.param(
        "Wigan has been rated good. Families met the director of the trust between 3 and 14 April.",
        ["wigan overall=good"],
        id="what others did is none",
    ),
    pytest.param(
        "Wigan has been rated good after an inspection that began on 3 April and finished on the 14th.",
        ["wigan overall=good inspected=2017-04-03/2017-04-14"],
        id="a day of the month just named",
    ),
    pytest.param(
        "Wigan Council was rated good after an inspection in March.",
        ["wigan overall=good inspected=2017-03"],
        id="fieldwork",
    ),
    pytest.param(
        "Wigan Council was rated good in a report published yesterday.",
        ["wigan overall=good reported=2017-05-23"],
        id="report",
    ),
    pytest.param(
        "Wigan Council was rated good in a report published today. Inspectors were there in January and February.",
        ["wigan overall=good inspected=2017-01/2017-02 reported=2017-05-24"],
        id="both",
    ),
    pytest.param(
        "Wigan Council has been rated good. It was rated inadequate in 2012 and adequate in 2013.",
        [
            "wigan overall=good",
            "wigan previous overall=adequate reported=2013",
            "wigan previous overall=inadequate reported=2012",
        ],
        id="two earlier ones",
    ),
    pytest.param(
        "Wigan Council has been rated good. It was rated inadequate in both 2012 and 2014.",
        [
            "wigan overall=good",
            "wigan previous overall=inadequate reported=2012",
            "wigan previous overall=inadequate reported=2014",
        ],
        id="one grade, two dates",
    ),
    pytest.param(
        "Wigan Council was rated inadequate in 2014. Hull Council was rated inadequate in the same year.",
        [
            "kingston-upon-hull previous overall=inadequate reported=2014",
            "wigan previous overall=inadequate reported=2014",
        ],
        id="the same year",
    ),
    pytest.param(
        "Wigan Council has been rated good, three years after it was rated inadequate.",
        ["wigan overall=good", "wigan previous overall=inadequate reported=2014"],
        id="years after",
    ),
    pytest.param(
        "Wigan Council has been rated good. At its previous inspection, in May 2014, it was rated inadequate.",
        ["wigan overall=good", "wigan previous overall=inadequate inspected=2014-05"],
        id="previous inspection",
    ),
    pytest.param(
        "Wigan Council has been rated good. The trust that runs its services was set up in October 2014.",
        ["wigan overall=good"],
        id="date of something else",
    ),
    pytest.param(
        "Wigan Council has been rated good. Its director, who was appointed in July 2013, thanked staff.",
        ["wigan overall=good"],
        id="date of an appointment",
    ),
    pytest.param(
        "Wigan Council has been rated good. In November 2014 Ofsted gave another verdict. It was 'inadequate'.",
        ["wigan overall=good", "wigan previous overall=inadequate reported=2014-11"],
        id="the sentence before dates it",
    ),
    pytest.param(
        "In Wigan, which was last rated in May 2014, all is calm. Leadership was 'good'.",
        ["wigan leadership=good"],
        id="a clause of the sentence before does not",
    ),
    pytest.param(
        "Wigan Council was found inadequate in February 2014, and again two years later.",
        [
            "wigan previous overall=inadequate reported=2014-02",
            "wigan previous overall=inadequate reported=2016",
        ],
        id="and again",
    ),
    pytest.param(
        "Wigan Council has been rated good. Leadership, inadequate in 2014, was outstanding.",
        ["wigan overall=good leadership=outstanding", "wigan previous leadership=inadequate reported=2014"],
        id="the date of an aside is of nothing else",
    ),
    pytest.param(
        "Wigan and Halton have been rated good. Leadership in Wigan was graded 'outstanding', the only top mark in a trio "
        "of reports released on Monday.",
        ["halton overall=good reported=2017-05-22", "wigan overall=good leadership=outstanding reported=2017-05-22"],
        id="the date of a trio of reports is that of each",
    ),
    pytest.param(
        "The report on Wigan is one of two, published yesterday, on big councils. Wigan was rated good. Halton Council has "
        "been rated inadequate.",
        ["halton overall=inadequate reported=2017-05-23", "wigan overall=good reported=2017-05-23"],
        id="the date of one of two is that of both",
    ),
]


@pytest.mark.parametrize(("body", "expected"), DATES)
def test_assemble_dates(body: str, expected: list[str]) -> None:
    assert briefly(body) == expected


def test_assemble_month_without_a_year_where_the_article_has_no_date() -> None:
    body = "Wigan Council was rated good after an inspection in March."
    assert briefly(body, None) == ["wigan overall=good inspected=XXXX-03"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("A report of 7 July 2025 rated Wigan good. It was inspected in May.", "inspected=2025-05 reported=2025-07-07"),
        ("A report of 7 July 2025 rated Wigan good. It was inspected in October.", "inspected=2024-10 reported=2025-07-07"),
        ("Its last report came out on 7 July 2012. Wigan was rated good after a visit in May.", "inspected=XXXX-05"),
        ("A report of 7 July 2012 rated Wigan good. A visit in May, it hopes, led to it. Since 2014 it has grown.",
         "inspected=XXXX-05 reported=2012-07-07"),
    ],
)  # fmt: skip
def test_assemble_undated_article_is_as_late_as_the_report_that_it_dates(body: str, expected: str) -> None:
    assert expected in briefly(body, None)[0]


ROLES = [
    pytest.param(
        "Wigan Council has been rated good overall. Its leaders, who were 'inadequate' in 2014, are new. "
        "It is good for adoption.",
        ["wigan overall=good adoption=good", "wigan previous leadership=inadequate reported=2014"],
        id="a grade told aside leaves the story where it was",
    ),
    pytest.param(
        "Wigan Council was rated inadequate in 2014.\n\nNow inspectors have rated it good.",
        ["wigan overall=good", "wigan previous overall=inadequate reported=2014"],
        id="history first",
    ),
    pytest.param(
        "Wigan Council has been downgraded from good to inadequate.",
        ["wigan overall=inadequate", "wigan previous overall=good"],
        id="from and to",
    ),
    miss(
        VISIT_FOUND,
        "A monitoring visit to inadequate-rated Wigan found that caseloads had fallen.",
        ["wigan monitoring_visit", "wigan previous overall=inadequate"],
        id="standing grade",
    ),
    miss(
        VISIT_FOUND,
        "A monitoring visit to the 'inadequate' council in Wigan found that caseloads had fallen. It was given "
        "that rating in June 2015.",
        ["wigan monitoring_visit", "wigan previous overall=inadequate reported=2015-06"],
        id="standing grade and its date are one event",
    ),
    pytest.param(
        "Inspectors have rated Wigan Council good. It had been rated inadequate in 2014. The inadequate rating led "
        "to the director's departure.",
        ["wigan overall=good", "wigan previous overall=inadequate reported=2014"],
        id="told twice, once without a date",
    ),
    pytest.param(
        "Ministers will not set up a trust in Wigan. The council was rated inadequate in 2014.",
        ["wigan previous overall=inadequate reported=2014"],
        id="history alone",
    ),
    pytest.param(
        "Ofsted rated Wigan Council good. Hull Council was given the same rating in 2015.",
        ["kingston-upon-hull previous overall=good reported=2015", "wigan overall=good"],
        id="another council's history",
    ),
    pytest.param(
        "Wigan Council was rated inadequate overall in 2014.\n\nInspectors have now rated Wigan Council good. "
        "Leadership was previously judged inadequate.",
        ["wigan overall=good", "wigan previous overall=inadequate leadership=inadequate reported=2014"],
        id="an area told without a date",
    ),
    pytest.param(
        "Wigan Council has been rated good. It was last inspected in 2014.",
        ["wigan overall=good"],
        id="nothing said of it",
    ),
]


@pytest.mark.parametrize(("body", "expected"), ROLES)
def test_assemble_roles(body: str, expected: list[str]) -> None:
    assert briefly(body) == expected


PREDECESSORS = [
    pytest.param(
        "Somerset council has been rated good. Somerset County Council was rated inadequate in 2015.",
        ["somerset overall=good", "somerset-county previous overall=inadequate reported=2015"],
        id="same name",
    ),
    pytest.param(
        "Cumberland council has been rated good. Cumbria, which it was part of, was rated inadequate in 2015.",
        ["cumberland overall=good", "cumbria previous overall=inadequate reported=2015"],
        id="another name",
    ),
    pytest.param(
        "Dorset council has been rated good. It was rated inadequate in 2020.",
        ["dorset overall=good", "dorset previous overall=inadequate reported=2020"],
        id="no predecessor by then",
    ),
]


@pytest.mark.parametrize(("body", "expected"), PREDECESSORS)
def test_assemble_predecessors(body: str, expected: list[str]) -> None:
    assert briefly(body, "2024-05-24") == expected


@pytest.mark.parametrize(
    ("body", "council"),
    [
        (
            "Buckinghamshire has been rated inadequate, just as it was rated inadequate in 2014.",
            "buckinghamshire-county",
        ),
        ("Buckinghamshire has been rated good. It was rated inadequate in 2021.", "buckinghamshire"),
        ("Buckinghamshire has been rated good.", "buckinghamshire"),
    ],
)
def test_assemble_undated_article_is_as_old_as_its_latest_year(body: str, council: str) -> None:
    assert {record.council.id for record in read(body, None).inspections} == {council}


VISITS = [
    pytest.param(
        "Focused visits have resumed, and letters have been published. Wigan is rated inadequate. It was visited in April. "
        "Inspectors found that drift was common in Wigan.",
        ["wigan focused_visit inspected=2017-04", "wigan previous overall=inadequate"],
        id="a grade in a round of visits is a standing one",
    ),
    pytest.param(
        "Focused visits carry no grade. Here is what inspectors made of two.\n\nWigan\n\nInspectors spent 3 and 4 May on "
        "the front door. They found that callers wait too long.\n\nBury\n\nInspectors were there on 9 May. They found that "
        "social workers know their children well.",
        ["bury focused_visit inspected=2017-05-09", "wigan focused_visit inspected=2017-05-03/2017-05-04"],
        id="a round of visits",
    ),
    pytest.param(
        "Focused visits carry no grade.\n\nWigan\n\nThe council was rated good after an inspection in March. Inspectors "
        "found that callers wait too long.",
        ["wigan overall=good inspected=2017-03"],
        id="a graded inspection is none of the round",
    ),
]


@pytest.mark.parametrize(("body", "expected"), VISITS)
def test_assemble_visits(body: str, expected: list[str]) -> None:
    assert briefly(body) == expected


CONTRADICTIONS = [
    pytest.param(
        "Wigan Council has been rated good overall. The council is inadequate.",
        ["wigan overall=good"],
        id="no word of time makes it history",
    ),
    pytest.param(
        "Wigan Council has been rated good overall. The council had been inadequate.",
        ["wigan overall=good", "wigan previous overall=inadequate"],
        id="a word of time does",
    ),
    pytest.param(
        "Wigan Council has been rated good. It was rated adequate for safeguarding in 2011. It had previously required "
        "improvement for adoption.",
        ["wigan overall=good", "wigan previous adoption=requires_improvement",
         "wigan previous safeguarding=adequate reported=2011"],
        id="grades of two scales are two events",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), CONTRADICTIONS)
def test_assemble_contradictions(body: str, expected: list[str]) -> None:
    assert briefly(body) == expected


def test_assemble_all_areas_of_a_protection_inspection() -> None:
    body = "Wigan Council was inspected without notice in September. Inspectors judged it 'adequate' in every category."
    areas = "overall=adequate help_and_protection=adequate leadership=adequate other=adequate"
    assert briefly(body, published="2012-11-07") == [f"wigan {areas} inspected=2012-09"]
    assert "children_in_care=adequate" in briefly(body, published="2010-11-07")[0]


NOW, THEN = "current", "previous"
WIGAN = "Wigan Council has been rated good by Ofsted. "
TELLERS = [
    ("The 2015 report found that caseloads were far too high.", [THEN]),
    ("The 2015 report had criticised weak supervision. Social workers now know their children well.", [THEN, NOW]),
    ("In its 2015 report, the inspectorate said that thresholds were poorly understood.", [THEN]),
    ("Too many children were left at risk of harm, according to the November 2015 report.", [THEN]),
    ("According to its earlier report, from 2014, plans were often late. Plans are now done on time.", [THEN, NOW]),
    ("The 2015 inspectors found widespread failures in child protection.", [THEN]),
    ("Supervision of social workers was weak, the 2015 inspectors said.", [THEN]),
    ("In 2015 inspectors found that children were left in neglectful families for too long.", [THEN]),
    ("Inspectors in 2012 criticised the quality of care plans.", [THEN]),
    ("The earlier report, of 2013, found serious delay in finding families for children.", [THEN]),
    ("Last year's report found that caseloads were far too high.", [THEN]),
    ("The last report, in May 2015, said that assessments were late. Assessments are timely now.", [THEN, NOW]),
    ("In 2014 inspectors found caseloads too high, but they are now manageable.", [THEN, NOW]),
    ("Inspectors found that leaders had acted on the 2015 report and that audits were rigorous.", [NOW]),
    ("Since the 2014 report caseloads have fallen and supervision is regular, inspectors found.", [NOW]),
    ("Inspectors said planning had been transformed in comparison with the 2015 report.", [NOW]),
    ("A 2015 report by consultants was shelved. Inspectors found that caseloads were far too high.", [NOW]),
    ("Her 2015 report was shelved. Inspectors found that caseloads were far too high.", [NOW]),
    ("Inspectors said that staff appointed after 2015 had brought energy and that planning was strong.", [NOW]),
    ("The report, published in May, found that caseloads were far too high.", [NOW]),
]


def roles(body: str) -> list[str]:
    """The role of the event of each finding, in order of place."""
    found = [(finding.evidence.start, each.role) for each in read(body).inspections for finding in each.findings]
    return [role for _, role in sorted(found)]


@pytest.mark.parametrize(("body", "expected"), TELLERS)
def test_assemble_findings_of_an_earlier_report(body: str, expected: list[str]) -> None:
    assert roles(WIGAN + body) == expected


TENSES = [
    ("It was adequate in 2013. It has strong leaders and a stable workforce, inspectors found.", [NOW]),
    ("It was inadequate in 2014. Inspectors said that care leavers are well supported.", [NOW]),
    ("It was inadequate in 2014. Social workers stay longer and hold fewer cases, the inspectors noted.", [NOW]),
    ("It was declared inadequate in 2013. They said leaders have transformed the service.", [NOW]),
    ("In 2009 it was rated inadequate, and inspectors found that children who need help were turned away.", [THEN]),
    ('It was inadequate in 2012. That report said: "Leaders do not know their services at all."', [THEN]),
    ("The 2015 inspection rated it inadequate. It found that children were left at risk.", [THEN]),
    ("It was inadequate in June 2015, after inspectors flagged up concerns about how it deals with neglect.", [THEN]),
]


@pytest.mark.parametrize(("body", "expected"), TENSES)
def test_assemble_findings_by_their_tense(body: str, expected: list[str]) -> None:
    assert roles(WIGAN + body) == expected


SHARED = [
    ("It was inadequate at its first inspection in 2014.", "wigan previous overall=inadequate inspected=2014"),
    ("It received an inadequate grade in an inspection in 2010.", "wigan previous overall=inadequate inspected=2010"),
    (
        "It was inadequate overall, inadequate for leadership and good for adoption in 2014.",
        "wigan previous overall=inadequate adoption=good leadership=inadequate reported=2014",
    ),
    ("It has improved since its inspection in 2014.", None),
]


@pytest.mark.parametrize(("body", "expected"), SHARED)
def test_assemble_one_date_of_several_words(body: str, expected: str | None) -> None:
    assert briefly(WIGAN + body) == ["wigan overall=good", *([expected] if expected else [])]
