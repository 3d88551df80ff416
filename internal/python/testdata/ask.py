"""Answers questions about Python: one JSON object a line in, one out."""
import ast
import json
import sys
import warnings

warnings.simplefilter("ignore")


def show(v):
    """repr, with the members of sets in an order."""
    if isinstance(v, list):
        return "[" + ", ".join(map(show, v)) + "]"
    if isinstance(v, tuple):
        return "(" + ", ".join(map(show, v)) + (",)" if len(v) == 1 else ")")
    if isinstance(v, dict):
        return "{" + ", ".join(show(k) + ": " + show(w) for k, w in v.items()) + "}"
    if isinstance(v, set) and v:
        # By code points, as Go sorts bytes of UTF-8.
        return "{" + ", ".join(sorted(map(show, v))) + "}"
    return repr(v)


def arguments(args):
    return [a[0] if len(a) == 1 else a for a in args]


ASK = {
    "repr": lambda q: repr(q["text"]),
    "ascii": lambda q: ascii(q["text"]),
    "literal": lambda q: show(ast.literal_eval(q["text"])),
    "json": lambda q: show(json.loads(q["text"])),
    "format": lambda q: q["text"].format(*arguments(q.get("args", []))),
    "float": lambda q: repr(float.fromhex(q["text"])),
    "equal": lambda q: str(ast.literal_eval(q["text"]) == ast.literal_eval(q["other"])),
}

for line in sys.stdin:
    question = json.loads(line)
    try:
        answer = {"result": ASK[question["op"]](question)}
    except Exception as e:
        kind = "SyntaxError" if isinstance(e, SyntaxError) else type(e).__name__
        answer = {"class": kind, "message": str(e)}
    print(json.dumps(answer), flush=False)
