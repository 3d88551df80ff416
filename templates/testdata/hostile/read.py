"""Reads texts as the programs do that they are for: one JSON object a line comes in,
{"how", "text"}, and one goes out, {"value"} or {"error"}."""
import json
import os
import sys
import tempfile

import jinja2
import yaml
from oslo_config import cfg

jinja = jinja2.Environment(keep_trailing_newline=True)
folder = tempfile.mkdtemp()


def settings(text):
    module = {}
    exec(compile(text, "settings.py", "exec"), module)
    return {name: value for name, value in module.items() if name != "__builtins__"}


def strings(value):
    """What Jinja2 makes of every string in a value."""
    if isinstance(value, str):
        return jinja.from_string(value).render()
    if isinstance(value, dict):
        return {strings(k): strings(v) for k, v in value.items()}
    if isinstance(value, list):
        return [strings(v) for v in value]
    return value


def oslo(text):
    """Every option that the text sets, as a service is given it."""
    path = os.path.join(folder, "keystone.conf")
    with open(path, "w", encoding="utf-8") as f:
        f.write(text)
    sections = {}
    cfg.ConfigParser(path, sections).parse()
    kinds = {"methods": cfg.ListOpt, "trusted_dashboard": cfg.MultiStrOpt}
    conf = cfg.ConfigOpts()
    for section, keys in sections.items():
        for key in keys:
            conf.register_opt(kinds.get(key, cfg.StrOpt)(key), group=None if section == "DEFAULT" else section)
    conf(["--config-file", path], project="keystone", default_config_files=[])
    return {section: {key: conf[key] if section == "DEFAULT" else conf[section][key] for key in keys}
            for section, keys in sections.items()}


READERS = {"json": json.loads, "yaml": yaml.safe_load, "python": settings, "oslo": oslo,
           "jinja": lambda text: jinja.from_string(text).render(),
           "ansible": lambda text: strings(yaml.safe_load(text))}

for line in sys.stdin:
    question = json.loads(line)
    try:
        said = {"value": READERS[question["how"]](question["text"])}
    except Exception as e:
        said = {"error": "%s: %s" % (type(e).__name__, e)}
    print(json.dumps(said, default=str))
