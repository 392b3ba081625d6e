"""The official record: what its table holds, how a fault in it is told, and what it says of an event."""

import csv
import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from extractors import tables
from extractors.authorities import existed, register
from pipeline import official
from pipeline.official import OfficialError, Report, outcomes, reports, reports_of, span
from pipeline.verify import Account, Difference, verify

ROOT = Path(__file__).parent.parent
SOURCE = ROOT.parent / "shared" / "data" / "ofsted_outcomes.csv"
GOLD = [ROOT / "corpus" / "gold", ROOT / "corpus" / "practice" / "gold"]
HEADER = "official_id,council_id,framework,kind,inspection_start,inspection_end,report_published,area,grade"
ROW = "rutland-ilacs-2024-04-15,rutland,ILACS,inspection,2024-04-15,2024-04-26,2024-07-12,overall,good"


def test_record_holds_431_reports_each_of_a_council_of_its_day() -> None:
    assert Counter(each.kind for each in reports()) == {"inspection": 411, "reinspection": 19, "other": 1}
    frameworks = {row.official_id: row.framework for row in outcomes()}
    assert Counter(frameworks.values()) == {"ILACS": 259, "SIF": 167, "SLAC": 4, None: 1}
    assert [each.official_id for each in reports() if not existed(each.council_id, each.start.isoformat())] == []
    assert span() == (date(2013, 11, 19), date(2014, 2, 11), date(2025, 3, 18))


def test_every_council_of_today_has_a_report_of_its_own_or_of_its_name_before() -> None:
    today = [id for id, row in register().items() if row.childrens_services and existed(id, "2025-03-18")]
    assert len(today) == 153
    assert [id for id in today if not reports_of(id)] == []


def test_record_agrees_with_the_facts_it_was_made_of() -> None:
    if not SOURCE.exists():
        pytest.skip(f"{SOURCE} is no part of the project")
    with SOURCE.open(encoding="utf-8") as file:
        given = {
            (row["la_code"], row["inspection_start"], row["inspection_end"], row["area"], row["grade"])
            for row in csv.DictReader(file)
            if row["area"] != "other"
        }
    ours = {
        (register()[row.council_id].council.la_code, row.inspection_start, row.inspection_end, row.area, row.grade)
        for row in outcomes()
    }
    assert ours == given


def test_rows_stand_in_order_and_once() -> None:
    keys = [(row.council_id, row.inspection_start) for row in outcomes()]
    assert keys == sorted(keys)
    assert len({(row.official_id, row.area) for row in outcomes()}) == len(outcomes()) == 2284


@pytest.mark.parametrize(
    ("wrong", "right", "message"),
    [
        ("excellent", "good", r"official_outcomes\.csv, line 3, column grade: .* got 'excellent'"),
        ("leaders", "leadership", "line 3, column area: "),
        (
            "2024-15-04",
            "2024-04-15",
            "line 3, column inspection_start: expected a date as 2019-05-31, got '2024-15-04'",
        ),
        ("2024-07-13", "2024-04-26", "line 3, column inspection_end: expected a day from inspection_start"),
        (",rutlund,", ",rutland,", r"line 3, column council_id: expected an id of councils\.csv, got 'rutlund'"),
        ("2024-07-11", "2024-07-12", "rutland-ilacs-2024-04-15: expected one council, kind and set of dates"),
        (
            "overall",
            "leadership",
            "rutland-ilacs-2024-04-15: expected one council, kind and set of dates, each area once",
        ),
    ],
)
def test_fault_of_the_table_is_told_with_its_place(
    wrong: str, right: str, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = ROW.replace("overall", "leadership")
    (tmp_path / "official_outcomes.csv").write_text("\n".join([HEADER, ROW, second.replace(right, wrong)]))
    register()  # of the real table
    monkeypatch.setattr(tables, "FOLDER", tmp_path)
    for cached in (outcomes, reports):
        monkeypatch.setattr(official, cached.__name__, cached.__wrapped__)
    with pytest.raises(OfficialError, match=message):
        official.reports()


SUNDERLAND = {"overall": "inadequate", "adoption": "good"}  # July 2018
JOINT = {"children_in_care": "good", "care_leavers": "good"}
YORK = "york-ilacs-2022-03-07"

CONFIRMED = [
    pytest.param("kingston-upon-hull", {"reported": date}, "kingston-upon-hull-sif-2014-11-18", id=f"reported {date}")
    for date in ("2015-02-03", "2015-02", "2015", "2014", "2014-11", "2015-02-17")
] + [
    pytest.param("kingston-upon-hull", {"inspected": "2014-11/2014-12"}, "kingston-upon-hull-sif-2014-11-18", id="fieldwork"),
    pytest.param("kingston-upon-hull", {"article": "2015-04-10"}, "kingston-upon-hull-sif-2014-11-18", id="news"),
    pytest.param("sunderland", {"reported": "2018-07", "grades": SUNDERLAND}, "sunderland-sif-2018-04-23", id="grades"),
    pytest.param(
        "sunderland", {"kind": "reinspection", "reported": "2018-07", "grades": SUNDERLAND}, "sunderland-sif-2018-04-23",
        id="called a re-inspection",
    ),
    pytest.param(
        "sunderland", {"reported": "2018-07", "grades": {"care_leavers": "adequate"}}, "sunderland-sif-2018-04-23",
        id="adequate is the old name of the step",
    ),
    pytest.param(
        "dorset", {"reported": "2021-11", "grades": JOINT}, "dorset-ilacs-2021-09-27", id="care leavers in a joint judgement"
    ),
    pytest.param(
        "dorset", {"reported": "2021-11", "grades": {"adoption": "inadequate", "safeguarding": "good"}},
        "dorset-ilacs-2021-09-27", id="areas that the report does not grade",
    ),
    pytest.param(
        "norfolk", {"reported": "2013", "grades": {"children_in_care": "inadequate"}}, "norfolk-slac-2013-07-08",
        id="looked-after services of 2013",
    ),
    pytest.param("somerset", {"reported": "2022-09"}, "somerset-county-ilacs-2022-07-18", id="before it was a unitary"),
]  # fmt: skip


@pytest.mark.parametrize(("council", "said", "official_id"), CONFIRMED)
def test_confirmed(council: str, said: dict[str, object], official_id: str) -> None:
    verdict = verify(Account(**{"kind": "inspection", **said}), reports_of(council))
    assert (verdict.verified, verdict.official_id, verdict.differences) == ("confirmed", official_id, ())
    assert (verdict.outside, verdict.suggested) == (None, None)


@pytest.mark.parametrize(
    ("council", "said", "differences"),
    [
        pytest.param(
            "sunderland", {"reported": "2018-07", "grades": {"overall": "good", "adoption": "good"}},
            [("overall", "good", "inadequate")], id="a grade",
        ),
        pytest.param(
            "sunderland", {"reported": "2018-07", "grades": {"leadership": "good", "children_in_care": "inadequate"}},
            [("children_in_care", "inadequate", "requires_improvement"), ("leadership", "good", "inadequate")], id="two",
        ),
        pytest.param(
            "dorset", {"reported": "2021-11", "grades": {"care_leavers": "outstanding"}},
            [("care_leavers", "outstanding", "good")], id="care leavers against a joint judgement",
        ),
        pytest.param(
            "kingston-upon-hull", {"reported": "2015-02-18"}, [("reported", "2015-02-18", "2015-02-03")], id="15 days late"
        ),
        pytest.param(
            "kingston-upon-hull", {"inspected": "2014-10", "reported": "2015-02"},
            [("inspected", "2014-10", "2014-11-18/2014-12-10")], id="fieldwork before it began",
        ),
    ],
)  # fmt: skip
def test_contradicted(council: str, said: dict[str, object], differences: list[tuple[str, str, str]]) -> None:
    verdict = verify(Account(**{"kind": "inspection", **said}), reports_of(council))
    assert verdict.verified == "contradicted"
    assert list(verdict.differences) == [Difference(*each) for each in differences]
    assert verdict.official_id


@pytest.mark.parametrize(
    ("council", "said"),
    [
        ("kingston-upon-hull", {"reported": "2016-02"}),
        ("kingston-upon-hull", {"reported": "2015-03-21"}),  # 46 days late
        ("kingston-upon-hull", {"article": "2015-06-04"}),
        ("devon", {"inspected": "2024-07"}),  # a report of it would be out by March 2025
        ("surrey", {"reported": "2015-08", "grades": {"lscb": "requires_improvement"}}),  # the review of a board alone
    ],
)
def test_unlisted(council: str, said: dict[str, object]) -> None:
    verdict = verify(Account(**{"kind": "inspection", **said}), reports_of(council))
    assert (verdict.verified, verdict.outside, verdict.official_id) == ("unlisted", None, None)


@pytest.mark.parametrize(
    ("council", "said", "why"),
    [
        ("sunderland", {"kind": "monitoring_visit", "inspected": "2018-07"}, "monitoring_visit"),
        ("sunderland", {"kind": "jtai", "inspected": "2018-07"}, "jtai"),
        ("sunderland", {"inspectorate": "Estyn", "inspected": "2018-07"}, "other inspectorate"),
        ("northamptonshire", {"reported": "2019-07"}, "abolished council"),
        ("dorset-county", {"reported": "2016-05"}, "abolished council"),
        ("kingston-upon-hull", {"reported": "2013-12"}, "before the record"),
        ("kingston-upon-hull", {"inspected": "2013"}, "before the record"),
        ("norfolk", {"reported": "2013", "grades": {"help_and_protection": "inadequate"}}, "before the record"),
        ("somerset-county", {"reported": "2014"}, "before the record"),  # may be of January
        ("kingston-upon-hull", {"reported": "2025-04"}, "after the record"),
        ("devon", {"inspected": "2024-10"}, "after the record"),  # published in May 2025
        ("kingston-upon-hull", {"reported": "2026-05", "grades": {"leadership": "good"}}, "after the record"),
        ("kingston-upon-hull", {}, "undated"),
    ],
)
def test_outside(council: str, said: dict[str, object], why: str) -> None:
    verdict = verify(Account(**{"kind": "inspection", **said}), reports_of(council))
    assert (verdict.verified, verdict.outside, verdict.official_id) == ("outside", why, None)


@pytest.mark.parametrize(
    ("said", "suggested"),
    [
        ({"grades": {"overall": "outstanding", "care_leavers": "good"}}, "2025-03-11"),
        ({"grades": {"overall": "outstanding"}}, None),  # 2021 and 2025
        ({"grades": {"overall": "outstanding"}, "known_by": "2023-01-01"}, "2021-08-20"),
        ({"grades": {"overall": "outstanding"}, "known_by": "2021-08-01"}, None),
        ({"grades": {"overall": "outstanding"}, "inspected": "XXXX-01"}, "2025-03-11"),
        ({"grades": {"overall": "outstanding"}, "inspected": "XXXX-05"}, None),
        ({"grades": {"overall": "inadequate", "adoption": "good"}, "reported": "XXXX-07"}, "2018-07-25"),
        ({"grades": {"overall": "inadequate", "safeguarding": "inadequate"}, "reported": "XXXX-07"}, None),
        ({"grades": {"overall": "inadequate", "children_in_care": "adequate"}}, None),  # nor by its newer name
        ({"inspected": "XXXX-01"}, None),  # a month alone finds nothing
    ],
)
def test_suggested_date_of_an_event_without_a_year(said: dict[str, object], suggested: str | None) -> None:
    verdict = verify(Account(**{"kind": "inspection", **said}), reports_of("sunderland"))
    assert (verdict.verified, verdict.outside, verdict.suggested) == ("outside", "undated", suggested)
    assert (verdict.official_id is None) == (suggested is None)


INVENTED = "practice-159"  # the first article that tells of inspections that were not looked up


def test_of_two_reports_of_a_year_the_one_that_agrees_is_meant() -> None:
    first = Report(
        "a", "leeds", "inspection", date(2018, 1, 8), date(2018, 1, 26), date(2018, 2, 20), {"overall": "good"}
    )
    second = Report(
        "b", "leeds", "inspection", date(2018, 10, 1), date(2018, 10, 5), date(2018, 11, 9), {"overall": "inadequate"}
    )
    for grade, official_id in (("good", "a"), ("inadequate", "b")):
        verdict = verify(Account("inspection", reported="2018", grades={"overall": grade}), [first, second])
        assert (verdict.verified, verdict.official_id) == ("confirmed", official_id)
    nearer = verify(Account("inspection", reported="2018-09-20"), [first, second])
    assert nearer.official_id == "b"


def test_what_careful_readers_noted_is_never_contradicted() -> None:
    """Every event of the gold articles: a contradiction would be the fault of the matching, as each was looked up.

    Those of the latest articles were not: their writers invented some.
    """
    ids = {gss: row["id"] for row in tables.rows("councils") for gss in (row["gss"], row["former_gss"]) if gss}
    verdicts: Counter[str] = Counter()
    for path in sorted(path for folder in GOLD for path in folder.glob("*.json")):
        if INVENTED <= path.stem <= "practice-999":
            continue
        article = json.loads(path.read_text(encoding="utf-8"))
        for event in article["inspections"]:
            dates = {name: event[name] for name in ("inspected", "reported")}
            news = article["published"] if event["role"] == "current" and not any(dates.values()) else None
            grades = {rating["area"]: rating["grade"] for rating in reversed(event["ratings"])}
            account = Account(event["kind"], **dates, article=news, known_by=article["published"], grades=grades)
            verdict = verify(account, reports_of(ids[event["council"]]))
            verdicts[verdict.verified] += 1
            assert verdict.verified not in ("contradicted", "unlisted"), (path.stem, event, verdict)
    assert verdicts["confirmed"] > 450
