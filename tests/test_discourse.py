"""Findings taken together: who is sure decides for its neighbours, until a word turns."""

import pytest

from extractors.discourse import Told, settled


def told(polarity: float, place: int, *, block: int = 0, turned: bool = False) -> Told:
    return Told(polarity, place, block, turned)


@pytest.mark.parametrize(
    ("story", "praised"),
    [
        pytest.param([], [], id="none"),
        pytest.param([told(-0.1, 0)], [False], id="alone"),
        pytest.param([told(1.0, 0), told(-0.1, 1)], [True, True], id="the surer before"),
        pytest.param([told(-0.1, 0), told(1.0, 1)], [True, True], id="the surer behind"),
        pytest.param([told(1.0, 0), told(-1.0, 1)], [True, False], id="both sure"),
        pytest.param([told(1.0, 0), told(0.1, 1, turned=True)], [True, False], id="turned"),
        pytest.param([told(0.1, 0), told(1.0, 1, turned=True)], [False, True], id="turned behind"),
        pytest.param([told(1.0, 0), told(-0.1, 9)], [True, False], id="far off"),
        pytest.param([told(1.0, 0), told(0.1, 0)], [True, False], id="sides of one sentence"),
        pytest.param([told(1.0, 0), told(-0.22, 1, block=9)], [True, False], id="a new paragraph binds less"),
        pytest.param([told(1.0, 0), told(-0.22, 1)], [True, True], id="one paragraph binds more"),
    ],
)
def test_discourse_settles_a_story(story: list[Told], praised: list[bool]) -> None:
    assert settled(story) == praised
