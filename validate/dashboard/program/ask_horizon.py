"""What Horizon does with settings: the files of local settings as arguments, in their
order; what a browser sees, as JSON, out."""
import json
import sys
import types

local = types.ModuleType("local.local_settings")
local.SECRET_KEY = "of this test"
for name in sys.argv[1:]:
    with open(name, encoding="utf-8") as f:
        exec(compile(f.read(), name, "exec"), local.__dict__)
local.ALLOWED_HOSTS = ["dashboard.example.org"]
sys.modules["local"] = types.ModuleType("local")
sys.modules["local.local_settings"] = local

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "openstack_dashboard.settings"

import django
from django.conf import settings

django.setup()

from django.contrib import auth
from django.test import RequestFactory
from openstack_auth import forms, urls, views

HOST = "dashboard.example.org"


def request(method, path, **data):
    r = getattr(RequestFactory(HTTP_HOST=HOST, **{"wsgi.url_scheme": "https"}), method)(path, data)
    r.session, r.user, r._dont_enforce_csrf_checks = {}, types.SimpleNamespace(is_authenticated=False), True
    return r


def seen(call):
    """Where a browser is sent, or what is raised."""
    try:
        answer = call()
    except Exception as e:
        return "500 " + type(e).__name__
    return "%d %s" % (answer.status_code, answer.get("Location", ""))


def choices():
    field = forms.Login(request("get", "/auth/login/")).fields.get("auth_type")
    if field is None:
        return []
    str(forms.Login(request("get", "/auth/login/"))["auth_type"])
    return [str(key) for key, _ in field.choices]


def shown():
    try:
        return choices()
    except Exception as e:
        return ["500 " + type(e).__name__]


def back():
    """The address at which Horizon asks for the user behind a login."""
    asked = []
    auth.authenticate = lambda r, auth_url=None, token=None: asked.append(auth_url)
    r = request("post", "/auth/websso/", token="t")
    r.META["HTTP_REFERER"] = "https://keystone.example.org:5000/v3/auth/OS-FEDERATION/websso/openid"
    try:
        views.websso(r)
    except Exception:
        pass
    return asked[0] if asked else ""


first = forms.Login(request("get", "/auth/login/")).fields["auth_type"].initial if settings.WEBSSO_ENABLED else None
keys = shown()
json.dump({
    "choices": keys,
    "several": bool(settings.WEBSSO_ENABLED and len(settings.WEBSSO_CHOICES) > 1),
    "initial": first,
    "chosen": {key: seen(lambda: views.login(request("post", "/auth/login/", auth_type=key, region="default"))) for key in keys if key != "credentials"},
    "login": seen(lambda: views.login(request("get", "/auth/login/"))) if settings.WEBSSO_DEFAULT_REDIRECT else "",
    "takes": any(getattr(p, "name", "") == "websso" for p in urls.urlpatterns),
    "back": back(),
    "verify": __import__("openstack_auth.utils", fromlist=["x"]).get_session().verify,
    "error": str(settings.LOGIN_ERROR),
}, sys.__stdout__)
