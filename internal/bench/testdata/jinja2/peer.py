"""Renders with Jinja2 what fedstone renders, once for every line on standard input.

The first line is the data (JSON). Every other line asks for one rendering; the
answer is one line of JSON: the seconds it took, and how many bytes and files came
of it. Templates are compiled before the first answer.
"""

import json
import os
import sys
import time

import jinja2

METADATA = "/etc/apache2/oidc/"


def environment():
    here = os.path.dirname(os.path.abspath(__file__))
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(here), autoescape=False,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)


def renderer(env, data):
    whole = {
        "/etc/apache2/sites-enabled/10-keystone_wsgi.conf": env.get_template("vhost.conf.j2"),
        "/etc/keystone/keystone.conf.d/50-fedstone.conf": env.get_template("keystone.conf.j2"),
        "/etc/openstack-dashboard/local_settings.d/_50_fedstone.py": env.get_template("horizon.py.j2"),
        "/var/lib/fedstone/clouds.yaml": env.get_template("clouds.yaml.j2"),
        "/var/lib/fedstone/manifest.json": env.get_template("manifest.json.j2"),
    }
    provider, client, conf, mapping = (env.get_template(n + ".json.j2") for n in ("provider", "client", "conf", "mapping"))

    def render():
        files = {path: template.render(data) for path, template in whole.items()}
        for idp in data["idps"]:
            base = METADATA + idp["metadata_name"]
            files[base + ".provider"] = provider.render(idp=idp)
            files[base + ".client"] = client.render(idp=idp)
            files[base + ".conf"] = conf.render(idp=idp)
            files["/etc/keystone/mappings/" + idp["id"] + ".json"] = mapping.render(idp=idp)
        return files

    return render


def main():
    render = renderer(environment(), json.loads(sys.stdin.readline()))
    for _ in sys.stdin:
        start = time.perf_counter()
        files = render()
        seconds = time.perf_counter() - start
        size = sum(len(text.encode()) for text in files.values())
        print(json.dumps({"seconds": seconds, "bytes": size, "files": len(files)}), flush=True)


if __name__ == "__main__":
    main()
