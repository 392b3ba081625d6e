"""Councils: names in all their forms, what merely holds a name, who stands behind a company, and who existed when."""

import pytest
from made import article

from extractors.authorities import aliases, bodies, existed, places, register
from extractors.council import councils
from pipeline.annotate import annotate
from schemas.mention import Mention


def read(body: str, published: str | None = "2017-05-24") -> list[Mention]:
    return councils(annotate(article(body, published=published)))


def names(body: str, published: str | None = "2017-05-24") -> list[str]:
    """The councils that a text names."""
    return [mention.id for mention in read(body, published) if mention.kind == "council"]


def miss(reason: str, *values: object, **options: str) -> object:
    """A case that is not read rightly yet."""
    return pytest.param(*values, marks=pytest.mark.xfail(reason=reason), **options)


FORMS = [
    ("Bournemouth and Poole both require improvement.", ["bournemouth", "poole"]),
    ("Richmond & Kingston share a trust.", ["richmond-upon-thames", "kingston-upon-thames"]),
    ("East and West Sussex share a director.", ["east-sussex", "west-sussex"]),
    ("Cheshire East and West were rated good.", ["cheshire-east", "cheshire-west-and-chester"]),
    ("Officers of Devon and Cornwall Police were praised.", []),
    ("Neighbouring Doncaster was rated good.", ["doncaster"]),
    ("Bradley Doncaster was praised.", []),
    ("Inspectors visited Halton Borough Council.", ["halton"]),
    ("Inspectors visited Knowsley Metropolitan Borough Council.", ["knowsley"]),
    ("Inspectors visited Worcestershire County Council.", ["worcestershire"]),
    ("Inspectors visited the London Borough of Hounslow.", ["hounslow"]),
    ("Inspectors visited the Royal Borough of Windsor and Maidenhead.", ["windsor-and-maidenhead"]),
    ("Inspectors visited Leicester City Council.", ["leicester"]),
    ("Inspectors visited East Riding Council.", ["east-riding-of-yorkshire"]),
    ("Inspectors visited Hull.", ["kingston-upon-hull"]),
    ("Inspectors visited Durham council.", ["county-durham"]),
    ("Inspectors visited Newcastle City Council.", ["newcastle-upon-tyne"]),
    ("Inspectors visited Tower Hamlets council.", ["tower-hamlets"]),
    ("Inspectors praised Wakefield's children's services.", ["wakefield"]),
    ("Inspectors praised Wakefield’s children’s services.", ["wakefield"]),
    ("Inspectors praised Tower Hamlets’ leaders.", ["tower-hamlets"]),
    ("Inspectors visited Kent.", ["kent"]),
    ("In Halton, inspectors saw progress.", ["halton"]),
    ("Inspectors visited Bolton, Coventry and Staffordshire councils.", ["bolton", "coventry", "staffordshire"]),
    ("Three councils - Kent, North Tyneside and Southwark - did well.", ["kent", "north-tyneside", "southwark"]),
    ("Three councils – Kent, North Tyneside and Southwark – did well.", ["kent", "north-tyneside", "southwark"]),
    ('"Leaders [in Merton] are visible," it states.', ["merton"]),
    ("Inspectors visited Rotherham MBC.", ["rotherham"]),
    ("Inspectors visited Cumbria CC.", ["cumbria"]),
    ("Inspectors visited Hammersmith & Fulham.", ["hammersmith-and-fulham"]),
    ("Inspectors visited St. Helens.", ["st-helens"]),
    ("Inspectors visited Southend on Sea Borough Council.", ["southend-on-sea"]),
    ("Inspectors visited Stoke on Trent.", ["stoke-on-trent"]),
    miss(
        "misspelt names without 'council' are not read",
        "Inspectors found good work at Central Bedforshire.",
        ["central-bedfordshire"],
    ),
    ("Bath and North East Sommerset Council was rated good.", ["bath-and-north-east-somerset"]),
    ("Kent and Medwey Council were rated good.", ["kent"]),
    ("Inspectors visited Bath and North East Somerset Council.", ["bath-and-north-east-somerset"]),
    ("CHESHIRE EAST: Inspectors saw progress.", ["cheshire-east"]),
    ("KENT Inspectors saw progress.", ["kent"]),
    ("Bury emerged with a better grade.", ["bury"]),
    ("Inspectors were READING the files.", []),
]


@pytest.mark.parametrize(("sentence", "expected"), FORMS)
def test_council_forms(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


NESTED = [
    ("North Yorkshire", "north-yorkshire-county"),
    ("York", "york"),
    ("East Riding of Yorkshire", "east-riding-of-yorkshire"),
    ("Derby", "derby"),
    ("Derbyshire", "derbyshire"),
    ("Nottinghamshire", "nottinghamshire"),
    ("Nottingham", "nottingham"),
    ("North East Lincolnshire", "north-east-lincolnshire"),
    ("North Lincolnshire", "north-lincolnshire"),
    ("Lincolnshire", "lincolnshire"),
    ("North Somerset", "north-somerset"),
    ("Bath and North East Somerset", "bath-and-north-east-somerset"),
    ("South Gloucestershire", "south-gloucestershire"),
    ("Gloucestershire", "gloucestershire"),
    ("South Tyneside", "south-tyneside"),
    ("West Sussex", "west-sussex"),
    ("Central Bedfordshire", "central-bedfordshire"),
    ("Bedford", "bedford"),
    ("Cheshire West and Chester", "cheshire-west-and-chester"),
    ("Cheshire East", "cheshire-east"),
    ("Kingston upon Thames", "kingston-upon-thames"),
    ("Kingston upon Hull", "kingston-upon-hull"),
]


@pytest.mark.parametrize(("name", "expected"), NESTED, ids=[name for name, _ in NESTED])
@pytest.mark.parametrize(
    "frame", ["Inspectors went to {} in May.", "Inspectors praised {} Council.", "Work in {}’s teams."]
)
def test_council_longest_name_wins(name: str, expected: str, frame: str) -> None:
    assert names(frame.format(name)) == [expected]


SENTENCE_START = (
    "Halton",
    "Leeds",
    "Kent",
    "Medway",
    "Barking and Dagenham",
    "Reading",
    "Bury",
    "Northumberland",
    "Somerset",
)


@pytest.mark.parametrize("name", SENTENCE_START)
def test_council_opens_a_sentence(name: str) -> None:
    assert len(names(f"{name} has been rated inadequate by Ofsted.")) == 1


TRAPS = [
    "It took the Kent unitary four years.",
    "Ministers step back from Essex unitary.",
    "Kent Police sent the referral.",
    "The Kent unitary has better news.",
    "The case was passed to Humberside Police and West Yorkshire Police.",
    "Devon and Cornwall Police took part.",
    "Children were seen at Leicester Royal Infirmary.",
    "Torbay and South Devon NHS Foundation Trust was praised.",
    "The study was led by the University of York.",
    "He teaches at Sheffield Hallam University.",
    "The MP for Bury spoke in the Commons.",
    "Derby County and Leeds United drew.",
    "The story was broken by the Bolton News.",
    "Oldham Athletic gave tickets to children in care.",
    "Reading scores were up, and so was attendance.",
    "Pupils improved their reading and went on to bury a time capsule.",
    "Mid Devon District Council asked for a meeting.",
    "The Care Inspectorate visited Glasgow City Council and Cardiff Council.",
    "The home is in Newcastle-under-Lyme.",
    "Inspectors were told by Wells Fargo.",
    "The children's writer Wendy Kent opened the centre.",
    "Councillor David Bolton said that he was pleased.",
    "Director Sarah Sutton thanked her staff.",
    '"We have worked hard," said Mr Halton.',
    "Chief executive Tom Camden will leave in May.",
]


@pytest.mark.parametrize("sentence", TRAPS)
def test_council_traps(sentence: str) -> None:
    assert names(sentence) == []


SURNAMES = [
    ("The director of Leeds, Peter Dudley, thanked staff.", ["leeds"]),
    ("Anne Merton, who leads Hackney Council, thanked staff.", ["hackney"]),
    ("Inspectors praised Hackney and its director, Anne Merton.", ["hackney"]),
]


@pytest.mark.parametrize(("sentence", "expected"), SURNAMES)
def test_council_surnames_beside_councils(sentence: str, expected: list[str]) -> None:
    assert names(sentence) == expected


BODIES = [
    ("Doncaster Children's Services Trust", "2016-01-14", ("doncaster",)),
    ("Doncaster Children’s Trust", "2016-01-14", ("doncaster",)),
    ("Slough Children's Services Trust", "2016-01-14", ("slough",)),
    ("Slough Children First", "2022-01-14", ("slough",)),
    ("Together for Children", "2018-01-14", ("sunderland",)),
    ("Birmingham Children's Trust", "2019-01-14", ("birmingham",)),
    ("Sandwell Children's Trust", "2019-01-14", ("sandwell",)),
    ("Brighter Futures for Children", "2019-01-14", ("reading",)),
    ("Worcestershire Children First", "2020-01-14", ("worcestershire",)),
    ("Bradford Children and Families Trust", "2023-06-14", ("bradford",)),
    (
        "Achieving for Children",
        "2018-01-14",
        ("kingston-upon-thames", "richmond-upon-thames", "windsor-and-maidenhead"),
    ),
]


@pytest.mark.parametrize(("name", "published", "expected"), BODIES)
def test_council_bodies_stand_for_their_councils(name: str, published: str, expected: tuple[str, ...]) -> None:
    (mention,) = read(f"Inspectors said that {name} had made progress.", published)
    assert (mention.kind, mention.text, mention.values) == ("delivery_body", name, expected)


def test_council_body_and_its_council_are_two_mentions() -> None:
    found = read("Together for Children runs services for Sunderland City Council.", "2019-05-24")
    assert [(mention.kind, mention.id) for mention in found] == [
        ("delivery_body", "sunderland"),
        ("council", "sunderland"),
    ]


VALIDITY = [
    ("Poole", "2017-05-24", "poole"),
    ("Bournemouth", "2017-05-24", "bournemouth"),
    ("Bournemouth, Christchurch and Poole", "2021-05-24", "bournemouth-christchurch-and-poole"),
    ("Dorset", "2017-05-24", "dorset-county"),
    ("Dorset", "2021-05-24", "dorset"),
    ("Somerset", "2022-05-24", "somerset-county"),
    ("Somerset", "2024-05-24", "somerset"),
    ("North Yorkshire", "2021-05-24", "north-yorkshire-county"),
    ("North Yorkshire", "2024-05-24", "north-yorkshire"),
    ("Buckinghamshire", "2019-05-24", "buckinghamshire-county"),
    ("Buckinghamshire", "2021-05-24", "buckinghamshire"),
    ("Northamptonshire", "2019-05-24", "northamptonshire"),
    ("Cumbria", "2022-05-24", "cumbria"),
    ("Cumberland", "2024-05-24", "cumberland"),
    ("Cornwall", "2010-05-24", "cornwall"),
]


@pytest.mark.parametrize(("name", "published", "expected"), VALIDITY)
def test_council_valid_when_the_article_appeared(name: str, published: str, expected: str) -> None:
    assert names(f"Inspectors have visited {name}.", published) == [expected]


def test_council_of_a_shared_name_keeps_its_candidates() -> None:
    (mention,) = read("Inspectors have visited Somerset.", "2024-05-24")
    assert mention.values == ("somerset", "somerset-county")


def test_council_without_a_date_is_one_of_today() -> None:
    assert names("Inspectors have visited Somerset.", None) == ["somerset"]


@pytest.mark.parametrize(
    ("council", "date", "expected"),
    [
        ("cumbria", "2023-03-31", True),
        ("cumbria", "2023-04-01", False),
        ("cumbria", "2023", True),
        ("cumberland", "2023-03-31", False),
        ("cumberland", "2023-04-01", True),
        ("cumberland", "2023", True),
        ("cumberland", "2022", False),
        ("cumberland", None, True),
        ("kent", "1990", True),
    ],
)
def test_council_existed(council: str, date: str | None, expected: bool) -> None:
    assert existed(council, date) is expected


def test_council_register_names_successors_that_it_holds() -> None:
    assert register()["cumbria"].successors == ("cumberland", "westmorland-and-furness")
    assert all(other in register() for row in register().values() for other in row.successors)


def test_council_names_and_bodies_lead_to_the_register() -> None:
    assert {name for names in aliases().values() for name in names} <= register().keys()
    assert {name for served in bodies().values() for name, _, _ in served} <= register().keys()
    assert aliases()["Kent Police"] == ()


def test_council_every_mention_is_of_the_body() -> None:
    body = "Halton’s leaders met those of Tower Hamlets council.\n\nAchieving for Children’s staff did not."
    for mention in (mentions := read(body)):
        assert body[mention.start : mention.end] == mention.text
    assert [mention.id for mention in mentions][:2] == ["halton", "tower-hamlets"]
    assert len(mentions) == 3


def test_council_districts_have_no_childrens_services() -> None:
    assert not names("Inspectors have visited Cherwell District Council and Ryedale.")


def test_places_hold_authorities_of_the_register() -> None:
    assert all(inside for inside in places().values())
    assert not {id for inside in places().values() for id in inside} - register().keys()
    assert "wirral" in places()["merseyside"]
    assert "halton" not in places()["merseyside"]  # a borough of Cheshire
