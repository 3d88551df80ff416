"""Answers questions about Keystone's mapping engine: a JSON object a line in, one a line out, in their order.

argv: the folder of modules that holds the release of Keystone to ask.
"""
import ast
import copy
import importlib.util
import json
import logging
import math
import os
import re
import resource
import signal
import sys
import time
import types

folder = sys.argv[1]
answers = os.fdopen(os.dup(1), "w", buffering=1 << 16)
os.dup2(2, 1)  # whatever a library prints is no answer
sys.path[:] = [folder] + [entry for entry in sys.path if entry not in ("", folder)]

import keystone.conf  # noqa: E402
from keystone import exception  # noqa: E402
from keystone.federation import utils  # noqa: E402

HANG = 3  # seconds for one evaluation
MEMORY = 4 << 30  # bytes
ADDRESS = re.compile("<[^<>]* at 0x[0-9a-f]+>")  # in the repr of a function


BACKWARD = -1  # other orders: as filled, beginning with that item


class Hang(BaseException):
    """The evaluation took too long: a catastrophic regular expression."""


class Ordered:
    """Stands for Python's set, with an order that is known."""

    order = 0
    many = False  # a set of more than two was walked through

    def __init__(self, items=()):
        self.items = dict.fromkeys(items)

    def __iter__(self):
        items = list(self.items)
        Ordered.many = Ordered.many or len(items) > 2
        turned = Ordered.order % max(len(items), 1)
        return reversed(items) if Ordered.order == BACKWARD else iter(items[turned:] + items[:turned])

    def __len__(self):
        return len(self.items)

    def add(self, item):
        self.items.setdefault(item)

    def update(self, items):
        for item in items:
            self.add(item)

    def intersection(self, other):
        return Ordered(item for item in self.items if item in other.items)

    def difference(self, other):
        return Ordered(item for item in self.items if item not in other.items)


def processor(mapping):
    """The processor that a login gets: keystone/federation/core.py, Manager.evaluate."""
    if hasattr(utils, "create_attribute_mapping_rules_processor"):  # since 2024.1
        return utils.create_attribute_mapping_rules_processor({**mapping, "id": "m"})
    return utils.RuleProcessor("m", mapping["rules"])


def status(error):
    """The status of the login's answer when the engine raises this error."""
    # keystone/auth/plugins/mapped.py, handle_unscoped_token: `except exception.ValidationError as e: raise
    # exception.Unauthorized(e)` around apply_mapping_filter. Subclasses, such as SchemaValidationError, go with it.
    if isinstance(error, exception.ValidationError):
        return 401
    # keystone/server/flask/application.py, application_factory: every class of KEYSTONE_API_EXCEPTIONS has the handler
    # _handle_keystone_exception, which answers error.code. DirectMappingError is an UnexpectedError: 500.
    if isinstance(error, exception.Error):
        return error.code
    # The same function registers _handle_unknown_keystone_exception for TypeError, which makes a ValidationError of it.
    if isinstance(error, TypeError):
        return 400
    # No other class has a handler, and PROPAGATE_EXCEPTIONS is set: the error leaves Keystone, the web server says 500.
    return 500


def plain(value):
    """The value as JSON can tell it; what JSON has not is {"python": its repr}, a set its items in a fixed order."""
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, float) and math.isfinite(value):
        return value
    if isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value):
        return value
    if isinstance(value, list):
        return [plain(item) for item in value]
    if isinstance(value, (set, Ordered)):
        return {"python": "set", "items": in_fixed_order(plain(item) for item in value)}
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        return {key: plain(item) for key, item in value.items()}
    return {"python": repr(value)}


def in_fixed_order(items):
    return sorted(items, key=lambda item: json.dumps(item, sort_keys=True))


def told(got):
    """The answer of a processor; its set of group ids in a fixed order."""
    got = plain(got)
    got["group_ids"] = in_fixed_order(got["group_ids"])
    return {"result": got}


def refused(error):
    return {"class": type(error).__name__, "status": status(error), "message": str(error)}


def evaluate(mapping, assertion):
    signal.setitimer(signal.ITIMER_REAL, HANG)
    try:
        return told(processor(copy.deepcopy(mapping)).process(assertion))
    except Hang:
        return {"hangs": True}
    except Exception as error:
        return refused(error)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def ordered_literal(text):
    """ast.literal_eval, where a set has a known order, too: releases without the check for a list walk through it."""
    value = ast.literal_eval(text)
    return Ordered(value) if isinstance(value, set) else value


def in_order(order, mapping, assertion):
    """The answer when sets have this order; without the message, which Keystone shows nobody."""
    Ordered.order, utils.set, utils.ast = order, Ordered, types.SimpleNamespace(literal_eval=ordered_literal)
    try:
        answer = evaluate(mapping, assertion)
    finally:
        del utils.set
        utils.ast = ast
    return answer.get("result", (answer.get("class"), answer.get("status")))


def sorted_names(result):
    if not isinstance(result, dict):
        return result
    return {**result, "group_names": in_fixed_order(result["group_names"])}


def chance(mapping, assertion):
    """What the order of sets, or an object's address, decides: nothing (""), only the "order" of group_names, or the "outcome"."""
    Ordered.many = False
    outcomes = [in_order(order, mapping, assertion) for order in (0, BACKWARD)]
    if Ordered.many:
        outcomes += [in_order(order, mapping, assertion) for order in (1, 2)]
    if ADDRESS.search(str(outcomes[0])):
        return "outcome"
    if all(other == outcomes[0] for other in outcomes):
        return ""
    return "order" if all(sorted_names(other) == sorted_names(outcomes[0]) for other in outcomes) else "outcome"


def process(question):
    mapping, assertion = question["mapping"], question["assertion"]
    answer = evaluate(mapping, assertion)
    return answer if "hangs" in answer else {**answer, "chance": chance(mapping, assertion)}


def schema(mapping):
    """The schema that validate_mapping_structure takes for this mapping."""
    if hasattr(utils, "MAPPING_SCHEMA"):  # until 2023.2
        return utils.MAPPING_SCHEMA
    return utils.IDP_ATTRIBUTE_MAPPING_SCHEMAS[mapping.get("schema_version", "1.0")]["schema"]


def paths(mapping):
    """The places that Keystone's messages are about, in their order; Keystone does not tell them."""
    errors = utils.jsonschema.Draft4Validator(schema(mapping)).iter_errors(mapping)
    return [list(error.absolute_path) for error in sorted(errors, key=str)]


def validate(question):
    mapping = question["mapping"]
    try:
        utils.validate_mapping_structure(mapping)
    except exception.ValidationError as error:
        return {"messages": str(error).rstrip("\n").split("\n"), "paths": paths(mapping)}
    except Exception as error:
        return refused(error)
    return {"messages": [], "paths": []}


def clock(question):
    """How long the processors take for every mapping with every assertion; what a login does before is not counted."""
    processors = [processor(mapping) for mapping in question["mappings"]]
    begin = time.perf_counter()
    for one in processors:
        for assertion in question["assertions"]:
            try:
                one.process(assertion)
            except Exception:
                continue
    return {"seconds": time.perf_counter() - begin}


def fixtures(question):
    """The mappings and assertions of Keystone's own unit tests, by their names; what JSON has not is left out."""
    path = os.path.join(folder, "keystone/tests/unit/mapping_fixtures.py")
    if not os.path.exists(path):
        return {"mappings": {}, "assertions": {}}
    spec = importlib.util.spec_from_file_location("mapping_fixtures", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = {name: value for name, value in vars(module).items() if name.isupper() and isinstance(value, dict) and jsonable(value)}
    return {"mappings": {name: value for name, value in found.items() if "rules" in value},
            "assertions": {name: value for name, value in found.items() if "rules" not in value}}


def jsonable(value):
    try:
        return json.loads(json.dumps(value)) == value
    except (TypeError, ValueError):
        return False


def main():
    def hang(*_):
        raise Hang
    signal.signal(signal.SIGALRM, hang)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    logging.disable(logging.CRITICAL)
    keystone.conf.configure()
    keystone.conf.CONF([], project="keystone", default_config_files=[])
    tasks = {"process": process, "validate": validate, "clock": clock, "fixtures": fixtures}
    for line in sys.stdin.buffer:
        if line == b"\n":  # the end of a batch
            answers.flush()
            continue
        question = json.loads(line)
        answers.write(json.dumps(tasks[question["ask"]](question)) + "\n")
    answers.flush()


main()
