"""Executes settings as Horizon does: one JSON object a line in, one out.

In: {"files": [text, …]}, the first a module, the others snippets. Out: what the
names are at the end, where expressions stand, which files Python refuses, and
whether a file raised an exception."""
import ast
import builtins
import json
import os
import sys
import types
import warnings

warnings.simplefilter("ignore")


class Lazy:
    """A text of gettext_lazy: it shows a text, but is none."""

    def __init__(self, text):
        self.text = text

    def __hash__(self):
        return hash(("lazy", self.text))


def show(v, left):
    """repr, with the members of sets in an order; left is how much may be shown."""
    left[0] -= 1
    if left[0] < 0:
        raise RecursionError
    if isinstance(v, Lazy):
        return repr(v.text)
    if type(v) in (list, tuple, set) and v:
        items = [show(w, left) for w in v]
        if type(v) is list:
            return "[" + ", ".join(items) + "]"
        if type(v) is tuple:
            return "(" + ", ".join(items) + (",)" if len(v) == 1 else ")")
        return "{" + ", ".join(sorted(items)) + "}"
    if type(v) is dict:
        return "{" + ", ".join(show(k, left) + ": " + show(w, left) for k, w in v.items()) + "}"
    return repr(v)


def shown(v):
    try:
        return show(v, [5000])
    except RecursionError:
        return "it holds itself"


def mutate(*values, **named):
    """Changes all that can be changed, once."""
    change(list(values) + list(named.values()), set())
    return "result"


def change(values, done):
    for v in values:
        if id(v) in done:
            continue
        done.add(id(v))
        if isinstance(v, list):
            change(list(v), done)
            v.append("mutated")
        elif isinstance(v, dict):
            change(list(v.values()), done)
            v["mutated"] = True
        elif isinstance(v, set):
            v.add("mutated")
        elif isinstance(v, tuple):
            change(v, done)


class Stub(types.ModuleType):
    """A module that has every name."""

    __path__ = []

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Stub(name)

    def __call__(self, *args, **named):
        return self

    def __enter__(self):
        return self

    def __getitem__(self, key):
        return self

    def __setitem__(self, key, value):
        mutate(value)

    def __iter__(self):
        return iter(())

    def __exit__(self, *exc):
        return False

    def __add__(self, other):
        mutate(other)
        return self

    __radd__ = __add__


STUB = Stub("stub")
STUB.__dict__.update(S1="star", L1=["star"], D1={"star": 1}, mutate=mutate, same=lambda v: v, yes=lambda *a: True, no=lambda *a: False)


def stub_import(name, namespace=None, local=None, fromlist=(), level=0):
    if name == "django.utils.translation":
        module = Stub(name)
        module.gettext_lazy = module.gettext = module.ugettext_lazy = Lazy
        return module
    return STUB


def namespace():
    have = dict(vars(builtins), __import__=stub_import, open=STUB, _=Lazy, gettext_lazy=Lazy)
    return {"__builtins__": have, "__name__": "settings", "__file__": "/settings.py"}


def execute(files):
    names = namespace()
    for i, text in enumerate(files):
        exec(compile(text, "settings", "exec", dont_inherit=True), names)
        if i == 0 and len(files) > 1:
            public = names.get("__all__") or [n for n in names if not n.startswith("_")]
            names = dict(namespace(), **{n: names[n] for n in public})
    return names


def spans(text):
    return sorted({(n.lineno, n.col_offset, n.end_lineno, n.end_col_offset) for n in ast.walk(ast.parse(text)) if isinstance(n, ast.expr)})


def answer(files):
    refused = []
    for text in files:
        try:
            compile(text, "settings", "exec", dont_inherit=True)
            refused.append("")
        except (SyntaxError, ValueError) as e:
            refused.append(str(e))
    if any(refused):
        return {"refused": refused}
    out = {"refused": refused, "spans": [spans(f) for f in files]}
    try:
        names = execute(files)
    except (Exception, SystemExit) as e:
        return dict(out, raised=type(e).__name__ + ": " + str(e))
    return dict(out, values={n: shown(v) for n, v in names.items() if n != "__builtins__"})


answers, sys.stdout = sys.stdout, open(os.devnull, "w")
for line in sys.stdin:
    print(json.dumps(answer(json.loads(line)["files"])), file=answers)
