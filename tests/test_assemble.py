"""Assembly: whose each statement is, and which statements are one event."""

import pytest
from told import brief, briefly, miss, read, said

COUNCILS = [
    pytest.param(
        "Hull and Wigan were both inspected in March. The former fell to inadequate from good; the latter rose to "
        "good from inadequate.",
        [
            "kingston-upon-hull overall=inadequate inspected=2017-03",
            "kingston-upon-hull previous overall=good",
            "wigan overall=good inspected=2017-03",
            "wigan previous overall=inadequate",
        ],
        id="both moved, so both are news",
    ),
    pytest.param(
        "Wigan, which was rated inadequate in 2013, and Hull, which was rated good in 2014, are both now rated good.",
        [
            "kingston-upon-hull overall=good",
            "kingston-upon-hull previous overall=good reported=2014",
            "wigan overall=good",
            "wigan previous overall=inadequate reported=2013",
        ],
        id="both, named one by one",
    ),
    pytest.param(
        "Mersey councils fall into the bottom category; Hackney gets better news. Hackney Council has been rated good.",
        ["hackney overall=good"],
        id="a grade before a semicolon is not of the next subject",
    ),
    pytest.param(
        "Three councils have new grades:\n\n• Wigan: good (previously inadequate)\n• Hull: inadequate, down from good "
        "in 2014\n• Bury – requires improvement, the same as in 2015",
        [
            "bury overall=requires_improvement",
            "bury previous overall=requires_improvement reported=2015",
            "kingston-upon-hull overall=inadequate",
            "kingston-upon-hull previous overall=good reported=2014",
            "wigan overall=good",
            "wigan previous overall=inadequate",
        ],
        id="a list that councils label",
    ),
    pytest.param(
        "Wigan: good services for care leavers were found. Wigan has been rated inadequate.",
        ["wigan overall=inadequate"],
        id="a label before an adjective",
    ),
    pytest.param(
        "Three councils have new grades:\n\n• Wigan has been rated good, having been inadequate in 2013\n• Hull has "
        "been rated inadequate",
        [
            "kingston-upon-hull overall=inadequate",
            "wigan overall=good",
            "wigan previous overall=inadequate reported=2013",
        ],
        id="a bullet is no forename",
    ),
    pytest.param(
        "New grades are out.\n\nCouncil | Overall | Leadership | Previous\nWigan | Good | Outstanding | Inadequate "
        "(2013)\nHull | Inadequate | Inadequate | Good (2014)",
        [
            "kingston-upon-hull overall=inadequate leadership=inadequate",
            "kingston-upon-hull previous overall=good reported=2014",
            "wigan overall=good leadership=outstanding",
            "wigan previous overall=inadequate reported=2013",
        ],
        id="a table with a row for each council",
    ),
    pytest.param(
        "New grades are out.\n\nArea | Wigan | Hull\nOverall | Good | Inadequate\nLeadership | Outstanding | Inadequate",
        ["kingston-upon-hull overall=inadequate leadership=inadequate", "wigan overall=good leadership=outstanding"],
        id="a table with a column for each council",
    ),
    pytest.param(
        "New grades are out.\n\nCouncil | 2013 | 2017\nWigan | Inadequate | Good\nHull | Good | Inadequate",
        [
            "kingston-upon-hull overall=inadequate",
            "kingston-upon-hull previous overall=good",
            "wigan overall=good",
            "wigan previous overall=inadequate",
        ],
        id="a table with a column for each year",
    ),
    pytest.param(
        "Wigan has been rated good.\n\nCouncil | Caseload | Pay\nHull | 17 | Good\nBury | 22 | Inadequate",
        ["wigan overall=good"],
        id="a table of other things",
    ),
    pytest.param(
        "Ofsted has rated Hillingdon outstanding and Bury inadequate.\n\nIt is a different story in "
        "Bury.\n\nLeadership in the west London borough was rated outstanding.",
        ["bury overall=inadequate", "hillingdon overall=outstanding leadership=outstanding"],
        id="the one that lies there",
    ),
    pytest.param(
        "Ofsted has rated Wigan good and Hull inadequate.\n\nHull was slow to change. The Greater Manchester council "
        "was rated outstanding for adoption.",
        ["kingston-upon-hull overall=inadequate", "wigan overall=good adoption=outstanding"],
        id="the one that lies in that county",
    ),
    pytest.param(
        "Ofsted has rated Wigan good and Bury inadequate.\n\nBury was slow to change. The Greater Manchester council "
        "was rated outstanding for adoption.",
        ["bury overall=inadequate adoption=outstanding", "wigan overall=good"],
        id="both lie there, so the one spoken of",
    ),
    pytest.param(
        "Wigan has been rated good, Hull inadequate and Leeds outstanding.\n\nWigan was praised. The other two "
        "councils were rated inadequate for adoption.",
        [
            "kingston-upon-hull overall=inadequate adoption=inadequate",
            "leeds overall=outstanding adoption=inadequate",
            "wigan overall=good",
        ],
        id="the other two",
    ),
    pytest.param(
        "The letter, which sets out the findings of a focused visit on 11 and 12 April, says leaders at Wigan Council "
        "have a firm grasp of what is needed. Inspectors found that plans are clear and specific.",
        ["wigan focused_visit inspected=2017-04-11/2017-04-12"],
        id="named first in the subject of what is said",
    ),
    pytest.param(
        "Agencies in Wigan were inspected together under a joint targeted area inspection. Children are driven 60 "
        "miles to Leeds for a medical. Inspectors found that the wait was too long.",
        ["wigan jtai"],
        id="a place so many miles off",
    ),
    pytest.param(
        "Halton and Luton councils, previously good and adequate respectively, have both been told that they require "
        "improvement.",
        [
            "halton overall=requires_improvement",
            "halton previous overall=good",
            "luton overall=requires_improvement",
            "luton previous overall=adequate",
        ],
        id="respectively before",
    ),
    pytest.param(
        "Wigan Council has been inspected. The authority, formerly outstanding, is now good.",
        ["wigan overall=good", "wigan previous overall=outstanding"],
        id="the authority, formerly outstanding",
    ),
    pytest.param(
        "Wigan has been rated good. The council, good at listening, was praised.",
        ["wigan overall=good"],
        id="good at something",
    ),
    pytest.param(
        "Ofsted has judged safeguarding and looked-after children's services in Halton to be good, but has told Wigan "
        "that both are no more than adequate.",
        [
            "halton help_and_protection=good children_in_care=good",
            "wigan help_and_protection=adequate children_in_care=adequate",
        ],
        id="both areas",
    ),
    pytest.param(
        "Ofsted has rated Halton and Wigan. Both are adequate.",
        ["halton overall=adequate", "wigan overall=adequate"],
        id="both of them",
    ),
    pytest.param(
        "Efforts to keep children safe at a large county council have been rated inadequate. Wigan Council was handed "
        "the rating for overall effectiveness and for leadership.",
        ["wigan overall=inadequate help_and_protection=inadequate leadership=inadequate"],
        id="the rating told before",
    ),
    pytest.param(
        "Wigan was rated good, help came from Leeds",
        ["wigan overall=good"],
        id="cut behind a bystander, as paywalls cut",
    ),
    pytest.param(
        "A council has been rated good.\n\nInspectors were impressed by leaders at Wigan Council.",
        ["wigan overall=good"],
        id="named in the second paragraph",
    ),
    pytest.param(
        "Halton has been inspected. Wigan Council was inspected too, and given these marks:\n\nOverall: good\n\n"
        "Adoption: outstanding\n\nWhat Wigan did\n\nStaff stay.",
        ["wigan overall=good adoption=outstanding"],
        id="labels in lines of their own",
    ),
    pytest.param(
        "Wigan Council was rated good. The council was judged outstanding for adoption.",
        ["wigan overall=good adoption=outstanding"],
        id="the council",
    ),
    pytest.param(
        "Wigan Council was rated good. It was judged outstanding for adoption.",
        ["wigan overall=good adoption=outstanding"],
        id="it",
    ),
    pytest.param(
        "Hounslow Council was rated good. The west London borough was judged outstanding for adoption.",
        ["hounslow overall=good adoption=outstanding"],
        id="the borough",
    ),
    pytest.param(
        "Halton has been rated good. It is a different story in Wigan.\n\nThe council is now inadequate.",
        ["halton overall=good", "wigan overall=inadequate"],
        id="a short sentence leads to a council",
    ),
    pytest.param(
        "Halton has been rated good. The director, who once worked for another department in another town, is to retire to "
        "Wigan.\n\nThe council is outstanding for adoption.",
        ["halton overall=good adoption=outstanding"],
        id="a long one that tells of something else does not",
    ),
    pytest.param(
        "Wigan Council's services are now 'good', inspectors have found. Leeds, itself rated outstanding, was its partner in "
        "improvement.\n\nLeaders are also judged 'good'.",
        ["leeds previous overall=outstanding", "wigan overall=good leadership=good"],
        id="a council whose standing grade is told aside does not take the story",
    ),
    pytest.param(
        "Lincolnshire, itself 'outstanding', lent Wigan Council a director.\n\nWigan was rated good last week. The council was "
        "judged outstanding for adoption.",
        ["lincolnshire previous overall=outstanding", "wigan overall=good adoption=outstanding reported=2017-05"],
        id="nor where it opens it",
    ),
    pytest.param(
        "Wigan Council has been rated good. Its partner was Leeds, which is rated outstanding.\n\nArea | Grade\n"
        "Leadership | Good",
        ["leeds previous overall=outstanding", "wigan overall=good leadership=good"],
        id="nor a table after it",
    ),
    pytest.param(
        "Wigan Council has been rated good. Leeds, itself inspected last month, was judged outstanding.\n\nThe council was "
        "'good' for adoption.",
        ["leeds overall=outstanding adoption=good inspected=2017-04", "wigan overall=good"],
        id="but one inspected itself does",
    ),
    pytest.param(
        "Agencies in Wigan must work together, inspectors have found.\n\nThe visit was made by Ofsted, the police inspectorate "
        "and HMI Probation. It lasted five days.\n\nWigan's services for children were rated 'good' in 2015.",
        ["wigan previous overall=good reported=2015"],
        id="inspectorates beside Ofsted change no topic",
    ),
    pytest.param(
        "Wigan Council has been rated good. Staff like their work and children their staff. Leaders are new.\n\nProbation "
        "inspectors were in the town as well. Halton Council was rated inadequate.",
        ["wigan overall=good"],
        id="others by themselves do",
    ),
    pytest.param(
        "Wigan Council has been rated good. Staff like their work and children their staff. Leaders are new.\n\nProbation "
        "inspectors were in the town as well. Halton's children's services were "
        "rated inadequate in 2015.",
        ["halton previous overall=inadequate reported=2015", "wigan overall=good"],
        id="until children's services are named",
    ),
    pytest.param(
        "A council falls into Ofsted's bottom category; Halton gets better news.\n\nHalton Council has been rated good.",
        ["halton overall=good"],
        id="a grade before a semicolon is not of the council behind it",
    ),
    pytest.param(
        "Ofsted has been to Wigan and Halton. Safeguarding is inadequate in both councils.",
        ["halton help_and_protection=inadequate", "wigan help_and_protection=inadequate"],
        id="in both councils",
    ),
    pytest.param(
        "Ofsted has been to Wigan and Hounslow. The former was rated good and the latter inadequate.",
        ["hounslow overall=inadequate", "wigan overall=good"],
        id="the former and the latter",
    ),
    pytest.param(
        "Ofsted has been to Wigan and Hounslow. Wigan was rated good. The first inspection of its kind was kind to it.",
        ["wigan overall=good"],
        id="the first of something else",
    ),
    pytest.param(
        "Wigan and Halton were both inspected. Wigan was rated good, but its neighbour is inadequate.",
        ["halton overall=inadequate", "wigan overall=good"],
        id="its neighbour",
    ),
    pytest.param(
        "Wigan Council was rated good. The department was judged outstanding for adoption.",
        ["wigan overall=good adoption=outstanding"],
        id="the department",
    ),
    pytest.param(
        "Inspectors have been to Wigan. The council was rated good.",
        ["wigan overall=good"],
        id="the council, named once",
    ),
    pytest.param(
        "Inspectors have been to Hounslow. Children's services in the west London borough were rated good.",
        ["hounslow overall=good"],
        id="the borough, named once",
    ),
    pytest.param(
        "Wigan and Hull councils were both rated good.",
        ["kingston-upon-hull overall=good", "wigan overall=good"],
        id="list",
    ),
    pytest.param(
        "Three councils - Kent, North Tyneside and Southwark - were rated good.",
        ["kent overall=good", "north-tyneside overall=good", "southwark overall=good"],
        id="list in dashes",
    ),
    pytest.param(
        "Wigan and Hull councils were rated good. Both councils were judged outstanding for adoption.",
        ["kingston-upon-hull overall=good adoption=outstanding", "wigan overall=good adoption=outstanding"],
        id="both councils",
    ),
    pytest.param(
        "Inspectors have been to Wigan and Hull. Both councils were rated good.",
        ["kingston-upon-hull overall=good", "wigan overall=good"],
        id="both councils, named once",
    ),
    pytest.param(
        "Wigan Council was rated good, while Hull was rated inadequate.",
        ["kingston-upon-hull overall=inadequate", "wigan overall=good"],
        id="one each",
    ),
    pytest.param(
        "Wigan and Hull councils were rated good and inadequate respectively.",
        ["kingston-upon-hull overall=inadequate", "wigan overall=good"],
        id="respectively",
    ),
    pytest.param(
        "Wigan and Hull, which had been 'adequate' and 'good' respectively for safeguarding, are both now good.",
        [
            "kingston-upon-hull overall=good",
            "kingston-upon-hull previous safeguarding=good",
            "wigan overall=good",
            "wigan previous safeguarding=adequate",
        ],
        id="respectively for one area",
    ),
    pytest.param(
        "Wigan Council was rated good.\n\nMeanwhile, Hull Council was rated inadequate. The authority's leadership was "
        "judged inadequate too.",
        ["kingston-upon-hull overall=inadequate leadership=inadequate", "wigan overall=good"],
        id="meanwhile",
    ),
    pytest.param(
        "Ofsted has published two reports.\n\nWigan\n\nThe council was rated good.\n\nHull\n\nThe council was rated "
        "inadequate.",
        ["kingston-upon-hull overall=inadequate", "wigan overall=good"],
        id="headings",
    ),
    pytest.param(
        "Wigan Council, with help from Leeds, has been rated good.", ["wigan overall=good"], id="partner in passing"
    ),
    pytest.param(
        "Wigan Council has been rated good. Its adviser, once a director of children's services in Leeds, rated "
        "'outstanding', is to stay.",
        ["leeds previous overall=outstanding", "wigan overall=good"],
        id="partner in passing, with its grade",
    ),
    pytest.param(
        "Wigan Council has been rated good. Its adviser, formerly a director in 'good' Leeds, is to stay.",
        ["leeds previous overall=good", "wigan overall=good"],
        id="partner in passing, with a grade before its name",
    ),
    pytest.param(
        "Wigan Council, which covers towns including Leigh, has been rated good.", ["wigan overall=good"], id="places"
    ),
    pytest.param(
        'Wigan Council was rated good. Its director said: "I learned a lot at Hull."',
        ["wigan overall=good"],
        id="in speech",
    ),
    pytest.param(
        "Wigan Council was rated good. Kent Police had taken part.", ["wigan overall=good"], id="police in passing"
    ),
    pytest.param("The council was rated good.", [], id="council nowhere"),
    pytest.param(
        "Leeds, which has lent Kirklees a director, was rated outstanding.",
        ["leeds overall=outstanding"],
        id="in a relative clause beside it",
    ),
    pytest.param(
        "Inspectors who called on Kirklees in March rated it outstanding.",
        ["kirklees overall=outstanding inspected=2017-03"],
        id="in a relative clause, and nothing else",
    ),
    pytest.param(
        "Gloucestershire has been rated inadequate.\n\nSupporters of trusts prefer to cite Barnet. The borough was rated "
        "good in 2015.",
        ["barnet previous overall=good reported=2015", "gloucestershire overall=inadequate"],
        id="described, just named",
    ),
    pytest.param(
        "Wigan Council has been rated good.\n\nIt used to share a director with Bury. That authority was itself judged "
        "inadequate in 2015.",
        ["bury previous overall=inadequate reported=2015", "wigan overall=good"],
        id="that authority, just named",
    ),
    pytest.param(
        "Wigan Council has been rated good.\n\nA little to the north, Blackburn with Darwen can breathe again. A report "
        "published yesterday rated it outstanding.",
        ["blackburn-with-darwen overall=outstanding reported=2017-05-23", "wigan overall=good"],
        id="a subject turns the story",
    ),
    pytest.param(
        "Wigan Council has been rated good. It uses a model borrowed from outstanding-rated Leeds. Adoption was judged "
        "outstanding.",
        ["leeds previous overall=outstanding", "wigan overall=good adoption=outstanding"],
        id="a grade passed by does not turn the story",
    ),
    pytest.param(
        "Wigan Council has been rated good. Bury and Halton shared its director.\n\nHalton: starting again\n\nThe borough "
        "was found inadequate in 2014.\n\nLessons for Bury\n\nThe borough kept its grade.",
        ["halton previous overall=inadequate reported=2014", "wigan overall=good"],
        id="a heading that a council labels",
    ),
    pytest.param(
        "Services were judged inadequate by Ofsted. Its report tells of a decline in social work in Bury.",
        ["bury overall=inadequate"],
        id="work in a place",
    ),
    pytest.param(
        "Services were judged inadequate by Ofsted. Its report is on the desk of a director who had worked in Bury.",
        [],
        id="somebody worked there",
    ),
    pytest.param(
        "Wigan Council has been rated good. It got help from Leeds, an authority then rated good and now outstanding.",
        ["leeds previous overall=good", "leeds previous overall=outstanding", "wigan overall=good"],
        id="described in an apposition",
    ),
    pytest.param(
        "Wigan Council has been rated good.\n\nBefore Wigan came Halton, next door. It was inadequate in 2015.",
        ["halton previous overall=inadequate reported=2015", "wigan overall=good"],
        id="a sentence opens with one and comes to another",
    ),
    pytest.param(
        "Wigan Council has been rated inadequate. Under its predecessor, in 2014, the council required improvement.",
        ["wigan overall=inadequate", "wigan previous overall=requires_improvement reported=2014"],
        id="the predecessor of something else",
    ),
    pytest.param("Inspectors have been to Wigan.", [], id="nothing said"),
    *(
        pytest.param(body, expected, id=body[:60])
        for body, expected in (
            (
                "Swindon requires improvement. Staff lent by Wiltshire have cleared the backlog. The authority was rated "
                "good for care leavers.",
                ["swindon overall=requires_improvement care_leavers=good"],
            ),
            (
                "Torbay has been rated inadequate. Hampshire's chief executive was made commissioner. Services for children in "
                "care were judged good.",
                ["torbay overall=inadequate children_in_care=good"],
            ),
            (
                "Dudley has been rated inadequate. Solihull fared no better: it requires improvement. Services for children in "
                "care were judged good.",
                ["dudley overall=inadequate", "solihull overall=requires_improvement children_in_care=good"],
            ),
            (
                "Wigan Council has been rated good. Leeds was its partner.\n\nArea | Grade\nChildren in care | Outstanding",
                ["wigan overall=good children_in_care=outstanding"],
            ),
            (
                "Bury has been rated good. Its neighbour Rochdale was rated inadequate in 2014.",
                ["bury overall=good", "rochdale previous overall=inadequate reported=2014"],
            ),
            (
                "Wigan has been rated good. Unlike Wigan, Bury was rated inadequate.",
                ["bury overall=inadequate", "wigan overall=good"],
            ),
            ("Wigan, unlike Bury and Halton, has been rated good.", ["wigan overall=good"]),
            ("Wigan has been rated good, unlike its neighbour Bury.", ["wigan overall=good"]),
            (
                "Derby, rated good, and Luton, rated inadequate, were inspected in the same week.",
                ["derby overall=good", "luton overall=inadequate"],
            ),
            (
                "Sutton is good and Merton requires improvement, Ofsted has found. Sutton was judged outstanding for adoption.",
                ["merton overall=requires_improvement", "sutton overall=good adoption=outstanding"],
            ),
            (
                "Sutton has been rated good. Its partner is Merton, which requires improvement. Adoption in Sutton was judged "
                "outstanding.",
                ["merton previous overall=requires_improvement", "sutton overall=good adoption=outstanding"],
            ),
            (
                "Nottinghamshire has been rated good and Nottingham inadequate. Leadership in the city was judged inadequate.",
                ["nottingham overall=inadequate leadership=inadequate", "nottinghamshire overall=good"],
            ),
            (
                "Essex has been rated outstanding, but Thurrock inadequate. The unitary was rated good for adoption.",
                ["essex overall=outstanding", "thurrock overall=inadequate adoption=good"],
            ),
            (
                "Derby has been rated inadequate. Derbyshire is to help. The city was rated inadequate for adoption too.",
                ["derby overall=inadequate adoption=inadequate"],
            ),
            (
                "Luton and Bedford have been inspected. Luton was found to be good; the other requires improvement.",
                ["bedford overall=requires_improvement", "luton overall=good"],
            ),
            (
                "Kent's services have been rated good. Just up the road in Medway, the mood is grimmer. Services were rated "
                "inadequate.",
                ["kent overall=good", "medway overall=inadequate"],
            ),
            (
                "Kent\n\nOfsted rated services good.\n\nMedway\n\nOfsted rated services inadequate. Kent has given advice. "
                "Leadership was judged inadequate.",
                ["kent overall=good", "medway overall=inadequate leadership=inadequate"],
            ),
        )
    ),
    miss(
        "a council whose history fills a sentence keeps the story",
        "Wigan has been rated good.\n\nIn 2013 Halton was rated inadequate.\n\nAdoption was judged outstanding.",
        ["halton previous overall=inadequate reported=2013", "wigan overall=good adoption=outstanding"],
        id="history of another council",
    ),
    miss(
        "a sentence of more words than a short one leads to a council",
        "Leeds has been rated good. Ten miles to the west in Bury, it is another tale altogether. It was rated inadequate.",
        ["bury overall=inadequate", "leeds overall=good"],
        id="another story",
    ),
]


SEVERAL = [
    pytest.param(
        "Leadership was judged outstanding in Kent, good in Wigan and inadequate in Bury.",
        ["bury leadership=inadequate", "kent leadership=outstanding", "wigan leadership=good"],
        id="a grade in each place",
    ),
    pytest.param(
        "Two of the four councils whose reports came out on Friday were rated good: Surrey and Kent. The other two, Bury and "
        "Wigan, were outstanding.",
        [
            "bury overall=outstanding reported=2017-05-19",
            "kent overall=good reported=2017-05-19",
            "surrey overall=good reported=2017-05-19",
            "wigan overall=outstanding reported=2017-05-19",
        ],
        id="named behind a colon",
    ),
    pytest.param(
        "Medway Council has been rated inadequate.\n\nThe rating is two grades below that given to neighbouring Kent in March.",
        ["medway overall=inadequate"],
        id="date of a bystander",
    ),
    pytest.param(
        "Wigan was rated inadequate this week. It had been good in 2014. Bury was rated good, as it had been three years before, "
        "while its leadership was outstanding.",
        [
            "bury overall=good leadership=outstanding",
            "bury previous overall=good reported=2014",
            "wigan overall=inadequate reported=2017-05",
            "wigan previous overall=good reported=2014",
        ],
        id="counted from the news",
    ),
    pytest.param(
        "Wigan has moved up from inadequate to good since an inspection in September 2014. Bury is good.",
        ["bury overall=good", "wigan overall=good", "wigan previous overall=inadequate inspected=2014-09"],
        id="since what was left behind",
    ),
    pytest.param(
        "Bury is good. Wigan's services, rated inadequate after an inspection in December 2013, are now good.",
        ["bury overall=good", "wigan overall=good", "wigan previous overall=inadequate inspected=2013-12"],
        id="an aside with its inspection",
    ),
    pytest.param(
        "Medway's leadership was rated good and its adoption work inadequate. The Kent authority was also rated good for "
        "care leavers.",
        ["medway adoption=inadequate care_leavers=good leadership=good"],
        id="a county that only says where",
    ),
    pytest.param(
        "It was a similar story at Thurrock Council in Essex, where all were rated good. Kent was rated inadequate for adoption.",
        ["kent adoption=inadequate", "thurrock overall=good"],
        id="a county that a place lies in",
    ),
    pytest.param(
        "Leadership is good at Bury in Kent's view. Kent was rated inadequate for adoption.",
        ["bury leadership=good", "kent adoption=inadequate"],
        id="a county that a place does not lie in",
    ),
    pytest.param(
        "Bury is good for adoption. Rated inadequate after a visit in October 2014, Wigan was found this week to be good for "
        "leadership.",
        [
            "bury adoption=good",
            "wigan leadership=good reported=2017-05",
            "wigan previous overall=inadequate inspected=2014-10",
        ],
        id="an opening participle with its inspection",
    ),
    pytest.param(
        "Wigan was rated good for adoption. Kent Council was brought in to run services in 2015. It was found to be inadequate "
        "for leadership.",
        ["wigan adoption=good leadership=inadequate"],
        id="a council that came to help",
    ),
    pytest.param(
        "Kent's leadership was rated good. The Kent authority was also rated good for adoption.",
        ["kent adoption=good leadership=good"],
        id="a county itself",
    ),
]


@pytest.mark.parametrize(("body", "expected"), SEVERAL)
def test_assemble_several_councils(body: str, expected: list[str]) -> None:
    assert briefly(body) == expected


@pytest.mark.parametrize(("body", "expected"), COUNCILS)
def test_assemble_councils(body: str, expected: list[str]) -> None:
    assert briefly(body) == expected


ANNUAL = [
    pytest.param(
        "Annual performance ratings are out. Up are Halton (poor to adequate) and Luton (adequate to well).",
        [
            "halton overall=adequate",
            "halton previous overall=inadequate",
            "luton overall=good",
            "luton previous overall=adequate",
        ],
        id="moves in brackets",
    ),
    pytest.param(
        "Annual performance ratings are out. Halton and Luton drop from excellent to well and from well to adequate "
        "respectively.",
        [
            "halton overall=good",
            "halton previous overall=outstanding",
            "luton overall=adequate",
            "luton previous overall=good",
        ],
        id="moves told respectively",
    ),
    pytest.param(
        "Halton has been rated good. Its leaders were rated good. Kirklees, to which Halton turned, was said in May "
        "2010 to "
        "be performing well.",
        ["halton overall=good leadership=good", "kirklees previous overall=good reported=2010-05"],
        id="a neighbour's in passing",
    ),
    pytest.param(
        "Annual performance ratings are out. Halton performs adequately. Its staff work well and poor records were found.",
        ["halton overall=adequate"],
        id="words of the scale that are common words",
    ),
]


STAYING_SAFE = (
    "Annual performance assessments of councils were published today.\n\nBury and Wigan were graded inadequate for staying safe. "
    "In 2007 Wigan was good. {}"
)


@pytest.mark.parametrize(
    ("last", "expected"),
    [
        (
            "Bury is adequate overall, and Kent adequate on both counts.",
            "kent annual_assessment overall=adequate reported=2008-12-17",
        ),
        (
            "An inspection in May 2008 rated safeguarding in Kent good.",
            "kent safeguarding=good inspected=2008-05 reported=2008-12-17",
        ),
    ],
)
def test_assemble_grades_of_a_story_about_annual_ratings_are_annual(last: str, expected: str) -> None:
    found = briefly(STAYING_SAFE.format(last), "2008-12-17")
    assert {expected, "wigan previous annual_assessment overall=good reported=2007"} <= {*found}


@pytest.mark.parametrize(("body", "expected"), ANNUAL)
def test_assemble_annual_moves(body: str, expected: list[str]) -> None:
    records = briefly(body, published="2010-12-09")
    assert [record.replace(" annual_assessment", "") for record in records] == expected


TITLES = [
    pytest.param("Sandwell services 'inadequate' again", ["sandwell overall=inadequate"], id="one council"),
    pytest.param("Sandwell and Dudley services 'inadequate'", [], id="two councils"),
    pytest.param("Services 'inadequate' again", [], id="none"),
]


@pytest.mark.parametrize(("title", "expected"), TITLES)
def test_assemble_council_of_the_headline_alone(title: str, expected: list[str]) -> None:
    extraction = read("The department's services were rated inadequate overall.", title=title)
    assert [brief(record) for record in extraction.inspections] == expected
    assert all(
        record.evidence.council and record.evidence.council.field == "title" for record in extraction.inspections
    )


AREAS = [
    pytest.param(
        "Wigan Council was rated good. Adoption was rated outstanding.",
        ["wigan overall=good adoption=outstanding"],
        id="two sentences, one event",
    ),
    pytest.param(
        "Wigan Council's leaders are now 'good', and its help and protection and its adoption work 'require improvement'.\n\n"
        "All three were 'inadequate' in December 2014.",
        [
            "wigan help_and_protection=requires_improvement adoption=requires_improvement leadership=good",
            "wigan previous help_and_protection=inadequate adoption=inadequate leadership=inadequate reported=2014-12",
        ],
        id="all three areas of the sentence before",
    ),
    pytest.param(
        "Wigan Council is 'inadequate' for leadership and for its support of care leavers. Both were 'good' in 2014.",
        [
            "wigan care_leavers=inadequate leadership=inadequate",
            "wigan previous care_leavers=good leadership=good reported=2014",
        ],
        id="both areas",
    ),
    pytest.param(
        "Wigan and Halton are 'good' for leadership and for adoption. Both were 'inadequate' in 2014.",
        [
            "halton adoption=good leadership=good",
            "halton previous overall=inadequate reported=2014",
            "wigan adoption=good leadership=good",
            "wigan previous overall=inadequate reported=2014",
        ],
        id="both councils, where two are named",
    ),
    pytest.param(
        "Ofsted has been to Wigan and Halton.\n\nIts inspectors looked at adoption. Both were rated good.",
        ["halton overall=good", "wigan overall=good"],
        id="both councils, where one area is named",
    ),
    pytest.param(
        "Wigan Council has been inspected. Adoption and care leavers' services do better and are both 'good'. Bury is 'good', "
        "too.",
        ["bury previous overall=good", "wigan adoption=good care_leavers=good"],
        id="both areas of the same sentence",
    ),
    pytest.param(
        "A full inspection of safeguarding and looked-after children's services in Wigan concluded that safeguarding was "
        "inadequate.\n\nServices for looked-after children were good.",
        ["wigan help_and_protection=inadequate children_in_care=good"],
        id="what was inspected is not what was graded",
    ),
    pytest.param(
        "An inspection of Wigan Council's adoption and leaving-care work found leadership to be 'good'.",
        ["wigan leadership=good"],
        id="nor with the council's name",
    ),
    pytest.param(
        "An inspection of safeguarding and adoption in Wigan found both to be 'good'.",
        ["wigan help_and_protection=good adoption=good"],
        id="but it is where nothing else is graded",
    ),
    pytest.param(
        "Wigan Council has been rated good. It was judged to be 'inadequate' for safeguarding in May 2012 and for adoption a "
        "year later.",
        [
            "wigan overall=good",
            "wigan previous adoption=inadequate reported=2013",
            "wigan previous safeguarding=inadequate reported=2012-05",
        ],
        id="areas with a date each",
    ),
    pytest.param(
        "Wigan Council has been rated good. It was found inadequate for adoption in 2012 and for leadership in 2014.",
        [
            "wigan overall=good",
            "wigan previous adoption=inadequate reported=2012",
            "wigan previous leadership=inadequate reported=2014",
        ],
        id="areas with a year each",
    ),
    pytest.param(
        "Wigan Council has been rated good. It was found inadequate for adoption in 2012 and for leadership.",
        ["wigan overall=good", "wigan previous adoption=inadequate leadership=inadequate reported=2012"],
        id="areas with one date",
    ),
    pytest.param(
        "Wigan Council has been inspected. Three parts of the service were rated inadequate: leadership, adoption and protecting "
        "children.",
        ["wigan help_and_protection=inadequate adoption=inadequate leadership=inadequate"],
        id="areas counted and spelt out",
    ),
    pytest.param(
        "Wigan Council has been inspected. Two of its services are 'good' – adoption and leadership.",
        ["wigan adoption=good leadership=good"],
        id="areas counted and spelt out behind a dash",
    ),
    pytest.param(
        "Wigan Council has been inspected. Three areas were rated good: the cinema, the park and the zoo.",
        [],
        id="other things counted",
    ),
    pytest.param(
        "Services in Wigan are 'inadequate' taken as a whole. They fare no better for the way in which they help and protect "
        "children or for leadership, management and governance.",
        ["wigan overall=inadequate help_and_protection=inadequate leadership=inadequate"],
        id="the way in which something is done",
    ),
    pytest.param(
        "Wigan Council was rated good.\n\nHelp and protection | Good\nAdoption | Outstanding",
        ["wigan overall=good help_and_protection=good adoption=outstanding"],
        id="table",
    ),
    pytest.param(
        "Wigan Council has been rated good.\n\nArea | 2013 | 2017\nLeadership | Inadequate | Good\n"
        "Care leavers | Not graded | Good",
        [
            "wigan overall=good care_leavers=good leadership=good",
            "wigan previous leadership=inadequate reported=2013",
        ],
        id="table of two years",
    ),
    pytest.param(
        "Wigan Council was rated good overall, but its safeguarding board was rated inadequate.",
        ["wigan overall=good lscb=inadequate"],
        id="board",
    ),
    pytest.param(
        "Wigan Council was rated inadequate for leadership. Everything else requires improvement.",
        [
            "wigan help_and_protection=requires_improvement children_in_care=requires_improvement "
            "adoption=requires_improvement care_leavers=requires_improvement leadership=inadequate",
        ],
        id="the rest",
    ),
]


@pytest.mark.parametrize(("body", "expected"), AREAS)
def test_assemble_areas(body: str, expected: list[str]) -> None:
    assert briefly(body) == expected


FINDINGS = [
    pytest.param(
        "Wigan Council was rated good. Inspectors found that caseloads were manageable.",
        [("wigan", "strength")],
        id="one",
    ),
    pytest.param(
        "Wigan Council was rated good. Inspectors found that caseloads were manageable.\n\nMeanwhile, Hull Council was "
        "rated inadequate. Inspectors found that children were left at risk.",
        [("wigan", "strength"), ("kingston-upon-hull", "weakness")],
        id="meanwhile",
    ),
    pytest.param(
        "Wigan and Hull councils were rated good. Inspectors found that in both councils caseloads are manageable.",
        [("kingston-upon-hull", "strength"), ("wigan", "strength")],
        id="both",
    ),
    pytest.param(
        "Focused visits have resumed at two councils. In Barnet, inspectors found that thresholds were poorly understood. In "
        "Brent, they found that decisions were timely and effective.",
        [("barnet", "weakness"), ("brent", "strength")],
        id="a round of visits, council by council",
    ),
    pytest.param(
        "Wigan was rated inadequate. Halton has been asked to help. Children wait too long for assessments, inspectors said.",
        [("wigan", "weakness")],
        id="a helper in between",
    ),
    miss(
        "a speaker of a kind unknown is taken for the journalist",
        'Wigan Council was rated good. "Caseloads are too high," said a union official.',
        [],
        id="not the inspectors",
    ),
]


@pytest.mark.parametrize(("body", "expected"), FINDINGS)
def test_assemble_findings(body: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(said(body)) == sorted(expected)


def test_assemble_finding_of_an_earlier_inspection_is_not_news() -> None:
    body = (
        "Wigan Council has been rated good. At its previous inspection, in May 2014, it was rated inadequate. "
        "Inspectors found then that children were left at risk."
    )
    found = {record.role: [finding.polarity for finding in record.findings] for record in read(body).inspections}
    assert found == {"current": [], "previous": ["weakness"]}


def test_assemble_story_is_about_the_council_of_its_headline() -> None:
    body = (
        "Children in Wigan are not safe enough, Ofsted has said. Cases were closed too soon, inspectors said.\n\n"
        "Social workers in the borough were overwhelmed, the report said.\n\n"
        "Bury emerged from its own inspection with a rating of good."
    )
    for title, expected in (("Safeguarding slump drags Wigan down", []), ("Safeguarding slump", ["bury"])):
        found = read(body, title=title).inspections
        assert [record.council.id for record in found if record.council.id == "bury" and record.findings] == expected


def test_assemble_delivery_body_stands_for_its_council() -> None:
    (record,) = read("Ofsted has rated Together for Children good.", "2021-07-29").inspections
    assert (record.council.id, record.delivery_body) == ("sunderland", "Together for Children")


def test_assemble_article_says_whether_it_is_relevant() -> None:
    assert read("Wigan Council was rated good.").article.relevant
    assert not read("Wigan Council has opened a library.").article.relevant


def test_assemble_twice_gives_the_same() -> None:
    body = "Wigan Council was rated good. It was rated inadequate in both 2012 and 2014."
    assert read(body) == read(body)


@pytest.mark.parametrize("body", ["", "\n\n", "Wigan", "good", "| | |", "• ", "“" * 50, "It was good. " * 40])
def test_assemble_scraps(body: str) -> None:
    assert read(body).inspections == ()


def test_assemble_is_surer_where_the_council_is_named_beside_its_grade() -> None:
    bodies = (
        "Wigan Council was rated good in May 2017.",
        "Wigan Council has news. It was rated good in May 2017.",
        "Wigan Council has news. " + "The weather was fine that week. " * 10 + "It was rated good in May 2017.",
    )
    named, meant, far = (read(body).inspections[0].confidence for body in bodies)
    assert named > meant > far
