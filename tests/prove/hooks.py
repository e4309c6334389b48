"""What schemathesis's configuration cannot say."""

import itertools
import json
import os
from pathlib import Path

import schemathesis

_numbers = itertools.count()


@schemathesis.hook
def before_load_schema(context, raw_schema):
    """Puts real values into the document as examples: what a body may hold is tried where it is looked at, and not at an
    id that nothing has."""
    examples = json.loads(Path(os.environ["PROVE_EXAMPLES"]).read_text(encoding="utf-8"))
    for item in raw_schema["paths"].values():
        for operation in item.values():
            real = examples.get(operation["operationId"], {})
            for parameter in operation.get("parameters", []):
                example = real.get(f"{parameter['in']}.{parameter['name']}")
                if example is not None:
                    parameter["example"] = example


@schemathesis.hook
def before_call(context, case, kwargs):
    """Each request comes from an address of its own: the quotas of the public forms would answer most of them otherwise."""
    number = next(_numbers)
    case.headers["X-Forwarded-For"] = f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"
