"""What openstacksdk and keystoneauth do with a clouds.yaml, given as the argument: how the
one cloud in it logs in, as JSON, out. All addresses answer here."""
import json
import sys

import openstack.config
import requests
from keystoneauth1 import session

DOCUMENT = "https://op1.example.org/.well-known/openid-configuration"
TOKEN = {"token": {"methods": ["openid"], "user": {"id": "u", "name": "u", "domain": {"id": "d", "name": "d"}}, "audit_ids": ["a"], "expires_at": "2099-01-01T00:00:00Z", "issued_at": "2024-01-01T00:00:00Z"}}
asked = []


def response(status, body):
    r = requests.Response()
    r.status_code, r._content, r.encoding = status, body.encode(), "utf-8"
    r.headers["Content-Type"] = "application/json"
    r.headers["X-Subject-Token"] = "of-this-test"
    return r


class Everybody:
    """An issuer and Keystone, for the one identity provider op1."""

    def request(self, method, url, **more):
        asked.append({"url": url, "body": str(more.get("data") or "")})
        path = url.split("://", 1)[1].split("/", 1)[1]
        if url.replace("http:", "https:") == DOCUMENT:
            return response(200, json.dumps({"token_endpoint": "https://op1.example.org/token", "grant_types_supported": ["client_credentials", "password"]}))
        if path == "token":
            return response(200, json.dumps({"access_token": "of-this-test", "token_type": "Bearer"}))
        if path == "v3/OS-FEDERATION/identity_providers/op1/protocols/openid/auth" or path == "v3/auth/tokens":
            return response(201, json.dumps(TOKEN))
        if "OS-FEDERATION" in path:
            return response(404, json.dumps({"error": {"message": "not found", "code": 404, "title": "Not Found"}}))
        return response(200, "<html>")


def login():
    config = openstack.config.OpenStackConfig(config_files=sys.argv[1:], secure_files=[], vendor_files=[], load_envvars=False)
    name = list(config.get_cloud_names())[0]
    given = {"access_token": "of-this-test"} if "token" in str(config.get_one(name, validate=False).config["auth_type"]) else {"client_secret": "of this test"}
    if "password" in str(config.get_one(name, validate=False).config["auth_type"]):
        given = {"username": "u", "password": "of this test", "client_secret": "of this test"}
    cloud = config.get_one(name, auth=given)
    auth = cloud.get_auth()
    auth.get_access(session.Session(auth=auth, session=Everybody()))
    return cloud


answer = {"error": "", "verify": None}
try:
    cloud = login()
    answer["verify"] = cloud.get_requests_verify_args()[0]
except Exception as e:
    answer["error"] = type(e).__name__ + ": " + str(e)
answer["asked"] = asked
json.dump(answer, sys.stdout)
