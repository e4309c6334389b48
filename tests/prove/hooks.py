"""What schemathesis's configuration cannot say."""

import itertools
import json
import os
import re
from pathlib import Path

import schemathesis
from schemathesis.core.parameters import ParameterLocation

_numbers = itertools.count()


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Puts real values into the document as examples: what a body may hold is tried where it is looked at, and not at an
    id that nothing has."""
    examples = json.loads(Path(os.environ["PROVE_EXAMPLES"]).read_text(encoding="utf-8"))
    for schema in raw_schema["components"]["schemas"].values():
        for name, value in examples["members"].items():
            if name in schema.get("properties", {}):
                schema["properties"][name]["example"] = value
    for item in raw_schema["paths"].values():
        for operation in item.values():
            real = examples["operations"].get(operation["operationId"], {})
            for parameter in operation.get("parameters", []):
                example = real.get(f"{parameter['in']}.{parameter['name']}")
                if example is not None:
                    parameter["example"] = example


@schemathesis.hook
def before_call(context, case, kwargs):
    """Each request comes from an address of its own: the quotas of the public forms would answer most of them otherwise.
    And its Idempotency-Key, if it is a good one, is its own: a second request with the first one's is refused unread."""
    number = next(_numbers)
    case.headers["X-Forwarded-For"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
    key = case.headers.get("Idempotency-Key", "")
    if isinstance(key, str) and re.fullmatch("[!-~]{8,240}", key):
        case.headers["Idempotency-Key"] = f"{key}-{number}"
    # With a wrong body comes an empty If-Match, at which the server would stop reading.
    if case.headers.get("If-Match") == "" and case.meta and case.meta.is_negative_at(ParameterLocation.BODY):
        case.headers["If-Match"] = '"1"'
