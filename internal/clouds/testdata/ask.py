"""What openstacksdk loads: a clouds.yaml per line in (JSON of its text), its clouds
out. Where it cannot load one, what it raises."""
import json
import os
import sys
import tempfile

import openstack.config


def load(text):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "clouds.yaml")
        with open(path, "w", newline="", encoding="utf-8") as f:
            f.write(text)
        config = openstack.config.OpenStackConfig(config_files=[path], secure_files=[], vendor_files=[], load_envvars=False, load_yaml_config=True)
        return {str(name): one(config, name) for name in config.get_cloud_names()}


def one(config, name):
    c = config.get_one(name, validate=False).config
    keys = ("auth_type", "region_name", "verify", "insecure", "cacert", "auth", "interface", "identity_api_version")
    return json.loads(json.dumps({k: c.get(k) for k in keys}, default=str))


answers, sys.stdout = sys.stdout, sys.stderr
for line in sys.stdin:
    try:
        answer = {"clouds": load(json.loads(line))}
    except Exception as e:
        answer = {"raised": type(e).__name__ + ": " + str(e)}
    print(json.dumps(answer), file=answers)
