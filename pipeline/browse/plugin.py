"""Our part of Datasette: its pages, its checks, and what it adds to Datasette's own pages."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, get_args
from urllib.parse import quote, urlsplit

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request
from jinja2 import Environment
from markupsafe import Markup

from pipeline.browse import (
    article,
    ask,
    correct,
    council,
    decide,
    findings,
    home,
    official,
    picture,
    queue,
    record,
    search,
    sign_in,
)
from pipeline.browse.access import actor, refusal
from pipeline.browse.marking import LABELS
from pipeline.browse.policy import with_headers
from pipeline.browse.site import SITES, kept
from pipeline.charts.words import said
from schemas.inspection import Grade

App = Callable[[Any, Any, Any], Awaitable[None]]
PAGES = {"article_id": "article", "record_id": "record", "council_id": "council"}
WAYS = {
    "councils": ("/councils", "Councils"),
    "findings": ("/findings", "Findings"),
    "questions": ("/questions", "Questions"),
    "chart": ("/chart/map_overall", "Charts"),
    "official": ("/official", "Official record"),
    "queue": ("/queue", "Review"),
    "data": ("/data", "Tables, SQL"),
}
ROUTES: list[tuple[str, Callable[..., Any]]] = [
    (r"^/$", kept(home.home)),
    (r"^/councils(?P<csv>\.csv)?$", kept(home.councils)),
    (r"^/search$", kept(search.search)),
    (r"^/article/(?P<id>[^/]+)$", article.article),
    (r"^/article/(?P<id>[^/]+)/raw$", article.raw),
    (r"^/record/(?P<id>[^/]+)$", record.record),
    (r"^/record/(?P<id>[^/]+)/decide$", decide.decide),
    (r"^/record/(?P<id>[^/]+)/correct$", correct.correct),
    (r"^/article/(?P<id>[^/]+)/add$", correct.add),
    (r"^/council/(?P<id>[^/]+)$", council.council),
    (r"^/queue$", queue.queue),
    (r"^/findings$", kept(findings.findings)),
    (r"^/questions$", kept(ask.every)),
    (r"^/question/(?P<name>[\w-]+)(?:\.(?P<kind>csv|json))?$", kept(ask.question)),
    (r"^/official$", kept(official.official)),
    (r"^/chart/(?P<name>\w+)(?P<csv>\.csv)?$", kept(picture.chart)),
    (r"^/charts\.css$", picture.colours),
    (r"^/open$", sign_in.open_link),
    (r"^/sign-in$", sign_in.sign_in),
]


@hookimpl  # type: ignore[untyped-decorator]
def register_routes() -> list[tuple[str, Callable[..., Any]]]:
    """Our pages."""
    return ROUTES


@hookimpl(trylast=True)  # type: ignore[untyped-decorator]
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """The checks and headers around everything that Datasette answers."""

    def wrapped(app: App) -> App:
        async def checked(scope: Any, receive: Any, send: Any) -> None:
            if scope["type"] != "http" or datasette not in SITES:
                return await app(scope, receive, send)
            access, request = SITES[datasette].access, Request(scope, receive)
            send = with_headers(request.path, send)
            who = actor(datasette, access, request)
            if refused := refusal(access, request, who):
                return await refused.asgi_send(send)  # type: ignore[no-any-return]
            return await app(scope | {"actor": who}, receive, send)

        return checked

    return wrapped


@hookimpl  # type: ignore[untyped-decorator]
def prepare_jinja2_environment(env: Environment) -> None:
    """What templates of ours call."""
    env.filters |= {"words": words, "as_a": as_a, "web": web, "quoted": quoted}
    env.globals |= {"WAYS": WAYS, "LABELS": LABELS, "GRADES": get_args(Grade)}


def words(value: str | None) -> str:
    """A name of a value as words: `requires_improvement` is 'requires improvement'."""
    return (value or "").replace("_", " ")


def as_a(value: str, kind: str) -> str:
    """A value of a kind as charts say it: the theme `voice` is 'voice of the child'."""
    return said(kind, value)


def quoted(value: str) -> str:
    """A text as a part of an address."""
    return quote(value, safe="")


def web(url: str | None) -> str | None:
    """An address that may be linked to: of the web, and of nothing else such as `javascript:`."""
    try:
        return url if url and urlsplit(url).scheme in ("http", "https") else None
    except ValueError:
        return None


@hookimpl  # type: ignore[untyped-decorator]
def startup(datasette: Datasette) -> Callable[[], Awaitable[None]]:
    """Pictures take seconds, so they are made before somebody asks for them."""

    async def begin() -> None:
        if datasette in SITES:
            SITES[datasette].finding["pictures"] = asyncio.create_task(picture.prepared(datasette))

    return begin


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, table: str | None, datasette: Datasette) -> Markup | None:
    """Ids in Datasette's tables lead to our pages."""
    name = "council_id" if (table, column) == ("councils", "id") else column
    if isinstance(value, dict):
        value = value.get("value")  # of a foreign key: the label beside it is for Datasette's own link
    if datasette not in SITES or name not in PAGES or not isinstance(value, str):
        return None
    return Markup('<a href="/{}/{}">{}</a>').format(PAGES[name], quoted(value), value)
