"""What judges the API: schemathesis, which reads the OpenAPI document and calls what it says. Slow to import."""

import os

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup

from orgdesign.wsgi import application

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "2"))
# What the judge does not know: a version overtaken is 412, a missing If-Match 428 (RFC 6585); and what no schema says, which
# fields a kind of node has and which characters can be printed, is 422.
CHECKS = {
    "checks": {
        "positive_data_acceptance": {
            "expected-statuses": ["2xx", "304", "401", "403", "404", "409", "412", "422", "429", "503"]
        },
        "missing_required_header": {"expected-statuses": ["401", "403", "404", "422", "428"]},
    }
}
POSITIVE, NEGATIVE = schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE
KNOWN = {"slug": "ours", "edition": "draft", "ref": "HEAD"}  # what there is, where an address wants some
RUN = settings(
    max_examples=EXAMPLES,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def faults(headers: dict[str, str]) -> list[str]:
    """Call every operation with what fits it and with what does not; return what was wrong with the answers."""
    config = SchemathesisConfig.from_dict(CHECKS)
    described = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", application, config=config)
    return [
        f"{operation.label} {mode.name}: {failure}"
        for operation in (result.ok() for result in described.get_all_operations())
        for mode in _modes(operation)
        for failure in [_failure(operation, mode, headers)]
        if failure
    ]


def _modes(operation):
    """Any text fits into an address: where nothing else is taken, nothing can be sent that does not fit."""
    takes = [*operation.path_parameters, *operation.query, *operation.headers, *operation.body]
    return (POSITIVE,) if all(one.name in KNOWN for one in takes) else (POSITIVE, NEGATIVE)


def _failure(operation, mode, headers) -> str:
    """Call an operation with what fits it, or with what does not; return what was wrong with an answer."""
    known = {one.name: KNOWN[one.name] for one in operation.path_parameters if one.name in KNOWN}

    def call(case):
        case.path_parameters = {**(case.path_parameters or {}), **known}
        case.call_and_validate(headers=headers)

    try:
        RUN(seed(20261126)(given(operation.as_strategy(generation_mode=mode))(call)))()
    except FailureGroup as group:
        return "; ".join(f"{one.title}: {one.message}"[:600] for one in group.exceptions)
    return ""
