"""A resource server: it says as whom it was asked, behind a filter of keystonemiddleware.

service.py PASTE_FILE PORT CERTIFICATE KEY CLIENT_CA ("" = no certificates)"""

import json
import logging
import ssl
import sys

import eventlet
from eventlet import wsgi
from paste.deploy import loadapp


def factory(global_conf, **local_conf):
    def application(environ, start_response):
        said = {name: environ.get("HTTP_X_" + name.upper(), "") for name in ("user_name", "project_name", "roles")}
        body = json.dumps(said).encode()
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(len(body)))])
        return [body]

    return application


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    sys.modules["service"] = sys.modules["__main__"]
    paste, port, certificate, key, clients = sys.argv[1:]
    listening = eventlet.wrap_ssl(eventlet.listen(("127.0.0.1", int(port))), certfile=certificate, keyfile=key, server_side=True)
    if clients:
        # wrap_ssl takes cert_reqs, and nothing comes of it (green/ssl.py, _wrap_socket).
        listening._context.load_verify_locations(clients)
        listening._context.verify_mode = ssl.CERT_OPTIONAL
    wsgi.server(listening, loadapp("config:" + paste), log_output=True)
