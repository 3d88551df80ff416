"""Answers questions (one JSON object a line) with what oslo.config makes of files."""
import base64
import json
import locale
import os
import sys
import tempfile
import warnings

warnings.simplefilter("ignore")
from oslo_config import cfg, iniparser

KINDS = {"string": cfg.StrOpt, "integer": cfg.IntOpt, "boolean": cfg.BoolOpt,
         "list": cfg.ListOpt, "multi": cfg.MultiStrOpt}
folder = tempfile.mkdtemp()


def write(files):
    paths = []
    for i, text in enumerate(files):
        paths.append(os.path.join(folder, "%03d.conf" % i))
        with open(paths[-1], "wb") as f:
            f.write(base64.b64decode(text))
    return paths


def parse(path):
    sections, folded = {}, {}
    parser = cfg.ConfigParser(path, sections)
    parser._add_normalized(folded)
    try:
        parser.parse()
    except iniparser.ParseError as e:
        return {"reason": e.msg, "line": e.lineno}
    except UnicodeDecodeError:
        with open(path, "rb") as f:
            try:
                f.read().decode(locale.getpreferredencoding())
            except UnicodeDecodeError as e:
                return {"reason": "codec can't decode byte", "line": 0, "byte": e.start}
    return {"sections": sections, "folded": folded}


def register(conf, options):
    for o in options:
        group = None if o["section"] == "DEFAULT" else o["section"]
        conf.register_opt(KINDS[o["kind"]](o["key"], default=o.get("default")), group=group)


def read(conf, name):
    try:
        group, key = name
        value = conf[key] if group == "DEFAULT" else conf[group][key]
    except Exception as e:
        return {"error": type(e).__name__}
    return {"value": value}


def service(question):
    conf = cfg.ConfigOpts()
    register(conf, question["options"])
    try:
        conf([], project="fedstone", default_config_files=write(question["files"]), default_config_dirs=[])
    except cfg.ConfigFileParseError as e:
        return {"reason": str(e)}
    return {"values": [read(conf, name) for name in question["read"]]}


for line in sys.stdin:
    question = json.loads(line)
    if "options" in question:
        answer = service(question)
    else:
        answer = parse(write(question["files"])[0])
    print(json.dumps(answer))
for name in os.listdir(folder):
    os.unlink(os.path.join(folder, name))
os.rmdir(folder)
