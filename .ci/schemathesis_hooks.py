"""What Schemathesis cannot know of the service: the languages of query options, and rules that the document tells in words.

`filter_failure` is asked about failures alone. It forgives a valid request that was refused only when the answer itself names the
parameter or member, and that one is in the table below; and an invalid one that was accepted only when all that is wrong with it is
a null that the document says is read as absent, or a list that it says is read as the text that it joins (`x-lenient`).
"""

import atexit
import collections
import os
import re
from pathlib import Path
from typing import NamedTuple

import schemathesis
import yaml
from hypothesis import strategies as st
from schemathesis.core.failures import AcceptedNegativeData
from schemathesis.openapi.checks import RejectedPositiveData

# The longest address that the server reads, in bytes. Source: openapi.yaml, UriTooLong.
MAX_ADDRESS = 8192


REQUESTS = collections.Counter()


@schemathesis.hook
def after_call(context, case, response) -> None:
    REQUESTS[case.operation.label] += 1


@atexit.register
def write_requests() -> None:
    """How many requests each operation got, for who runs this to look at."""
    lines = [f"{count} {label}\n" for label, count in sorted(REQUESTS.items())]
    Path(os.environ["REQUESTS"]).write_text("".join(lines))


class Rule(NamedTuple):
    """A rule that no schema of OpenAPI 3.0 can tell."""

    target: str
    message: str
    reason: str


RULES = [
    Rule(r"\$(filter|select|orderby)", "", "a language: its texts are no regular set, or its answers say more than a pattern"),
    Rule(r"\$skiptoken", "The skip token is not valid|cannot be combined", "signed: only the server makes one"),
    Rule("/id", "is reserved|must not begin with", "names that Graph reserves: a pattern would need lookahead, which Go lacks"),
    Rule("/properties(/.*)?", "", "the schema of the connection decides, or the schema as a whole"),
    Rule("(/.*)?/(id|type)", "must be the object id|must be user, group or externalGroup|has no external group", "the members decide about each other"),
    Rule("(/.*)?/(type|accessType)", "must be text or html|must be viewed|is no kind", "unknownFutureValue is of answers alone"),
    Rule("(/.*)?/startDateTime", "must be a date", "a date in one of many forms"),
    Rule("item-id", "must be 1 to 128", "asked where an item is created; elsewhere it is looked up"),
    Rule("/requests/.*", "Content-Type|another request|no other request|wait for each other|is not a", "the requests of a batch decide about each other"),
    Rule("body", "expected value at line 1 column 1", "JSON is read under the media type of forms, which clients send by mistake"),
    Rule("/requests/[0-9]+/(query|contentSources|fields|sortProperties|aggregations|aggregationFilters|collapseProperties)(/.*)?", "", "a language, or the schemas of the connections decide"),
    Rule("/requests/[0-9]+/(entityTypes(/[0-9]+)?|region|size|from)", "", "what this server does not search, and what the size of hits decides"),
    Rule("/(filterExpression|query)", "", "a language"),
    Rule("/(dataSource|resourceMetadata(/[0-9]+)?)", "", "what this server does not search, or the schemas of the connections decide"),
    Rule("/dataSourceConfiguration/.*", "there is no connection|is none of", "only connections that are there are searched"),
    Rule("/user", "is required", "it is asked for beside other members, or where the token has none"),
    Rule(".*/urlPattern", "must be an ECMAScript regular expression", "a language"),
]


def members(schema):
    """Every member that a schema declares, at any depth, with its own schema."""
    for name, member in schema.get("properties", {}).items():
        yield name, member
        yield from members(member)
    parts = [part for key in ("allOf", "anyOf", "oneOf") for part in schema.get(key, [])]
    parts += [schema[key] for key in ("items", "additionalProperties") if isinstance(schema.get(key), dict)]
    for part in parts:
        yield from members(part)


SCHEMAS = yaml.safe_load(Path("openapi.yaml").read_text())["components"]["schemas"].values()
MEMBERS_OF_SCHEMAS = [member for schema in SCHEMAS for member in members(schema)]
# Members whose null is read as absent.
NULLS = {name for name, schema in MEMBERS_OF_SCHEMAS if "null" in schema.get("x-lenient", [])}
# Texts that are read from a list too, and their patterns.
JOINED = {name: schema["pattern"] for name, schema in MEMBERS_OF_SCHEMAS if "comma" in schema.get("x-lenient", []) and "pattern" in schema}


@schemathesis.hook
def filter_failure(context, failure, case, response) -> bool:
    if isinstance(failure, AcceptedNegativeData):
        # `Invalid component: in body - configuration -> authorizedApps: Incorrect type`: the last member is what was made invalid.
        wrong = re.search(r"^Invalid component: in body - .*?([\w@.]+): [^:]+$", failure.message, re.MULTILINE)
        return not wrong or not any(is_lenient(wrong[1], value) for value in values(wrong[1], case.body))
    if not isinstance(failure, RejectedPositiveData):
        return True
    if response.status_code == 414:
        # A value within its length may still be too long when it is percent-encoded.
        return len(response.request.path_url) <= MAX_ADDRESS
    details = response.json()["error"].get("details", []) if response.status_code == 400 else []
    return not details or not all(map(is_known, details))


def values(name, body):
    """The values of the members of a name, wherever they are."""
    if isinstance(body, dict) and name in body:
        yield body[name]
    for part in body.values() if isinstance(body, dict) else body if isinstance(body, list) else []:
        yield from values(name, part)


def is_lenient(name, value) -> bool:
    """Whether a member takes a value that its schema does not allow."""
    if isinstance(value, list) and name in JOINED and all(isinstance(item, str) for item in value):
        return re.search(JOINED[name], ",".join(value), re.IGNORECASE) is not None
    return value is None and name in NULLS


def is_known(detail) -> bool:
    target, message = detail.get("target", ""), detail["message"]
    return any(re.fullmatch(rule.target, target) and re.search(rule.message, message) for rule in RULES)


MEMBERS = ["id", "name", "description", "state", "configuration", "connectorId", "contentCategory", "activitySettings"]
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
LITERALS = st.one_of(st.just("null"), TEXTS.map(lambda text: "'" + text.replace("'", "''") + "'"))
STRINGS = LITERALS.filter(lambda literal: literal != "null")
PROPERTIES = st.sampled_from(["id", "name", "description", "state"])
COMPARISONS = st.builds("{} {} {}".format, PROPERTIES, st.sampled_from(["eq", "ne"]), LITERALS)
CALLS = st.builds("{}({},{})".format, st.sampled_from(["startswith", "contains"]), PROPERTIES, STRINGS)
FILTERS = st.recursive(
    COMPARISONS | CALLS,
    lambda filters: st.one_of(
        st.builds("({}) {} ({})".format, filters, st.sampled_from(["and", "or"]), filters),
        st.builds("not ({})".format, filters),
        st.builds("({}) eq {}".format, filters, st.sampled_from(["true", "false"])),
    ),
    max_leaves=4,
)
KEYS = st.builds("{}{}".format, st.sampled_from(["id", "name"]), st.sampled_from(["", " asc", " desc"]))
# Texts of the languages, and the longest that the document allows of each.
LANGUAGES = {
    "$filter": (FILTERS, 2048),
    "$select": (st.lists(st.sampled_from(MEMBERS), min_size=1, max_size=4).map(",".join), 1024),
    "$orderby": (st.lists(KEYS, min_size=1, max_size=2, unique_by=lambda key: key.split()[0]).map(",".join), 256),
}


@schemathesis.hook
def flatmap_query(context, query):
    """In half of the requests, options that are in a language get a text of it, unless the request is to be invalid for them."""

    def spoken(name):
        texts, longest = LANGUAGES[name]
        return texts.filter(lambda text: len(text) <= longest)

    def is_valid(name):
        return isinstance(query.get(name), str) and len(query[name]) <= LANGUAGES[name][1]

    speech = {name: spoken(name) for name in LANGUAGES if query and is_valid(name)}
    if not speech:
        return st.just(query)
    # A skip token cannot be made up: without it the others are looked at.
    rest = {name: value for name, value in query.items() if name not in speech and name != "$skiptoken"}
    return st.one_of(st.just(query), st.fixed_dictionaries(speech).map(lambda said: {**rest, **said}))
