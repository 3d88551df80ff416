"""Has Keystone's own handle_unscoped_token log users in whose mapping has been evaluated already.

A JSON object a line in, one a line out. argv: the folder of modules that holds the release of Keystone to ask.
The backends are this program's: they hold what the question says, and whatever else is asked for when it says
"everything".
"""
import json
import logging
import os
import sys
import types

folder = sys.argv[1]
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)
sys.path[:] = [folder] + [entry for entry in sys.path if entry not in ("", folder)]

import flask  # noqa: E402
import keystone.conf  # noqa: E402
from keystone import exception  # noqa: E402
from keystone.auth.plugins import mapped  # noqa: E402
from keystone.common import provider_api  # noqa: E402
from keystone.identity import core  # noqa: E402
from keystone.identity.backends import sql_model  # noqa: E402
from keystone.identity.id_generators import sha256  # noqa: E402
from keystone.resource.backends import sql_model as resource_model  # noqa: E402

logging.disable(logging.CRITICAL)
keystone.conf.configure()
keystone.conf.CONF([], project="keystone", default_config_files=[])
for name in ("send_saml_audit_notification", "build_audit_initiator", "_send_audit_notification"):
    setattr(mapped.notifications, name, lambda *args, **options: types.SimpleNamespace())
app = flask.Flask(__name__)


def pair(name, domain_id):
    return json.dumps([name, domain_id], ensure_ascii=False)


class Cloud:
    """Every API of a Keystone that a login asks."""

    def __init__(self, question):
        self.question = question
        self.everything = question.get("everything", False)
        self.domains = dict(question.get("domains") or {})
        self.seen = {"groups": [], "projects": {}, "swept": False, "revoked": []}

    # federation_api
    def get_idp(self, idp):
        return {"id": idp, "enabled": True, "remote_ids": [], "domain_id": self.question["domain_id"]}

    def get_protocol(self, idp, protocol):
        return {"id": protocol, "remote_id_attribute": "unused"}

    def evaluate(self, idp, protocol, assertion):
        result = json.loads(json.dumps(self.question["mapped"]))
        result["schema_version"] = self.question["schema"]
        return result, "m"

    # resource_api
    def get_domain_by_name(self, name):
        if name in self.domains:
            return self.get_domain(self.domains[name])
        if self.everything and name:
            return self.get_domain("id of " + name)
        raise exception.DomainNotFound(domain_id=name)

    def get_domain(self, domain_id):
        return {"id": domain_id, "enabled": True}

    def assert_domain_enabled(self, domain_id, domain=None):
        pass

    def get_project_by_name(self, name, domain_id):
        raise exception.ProjectNotFound(project_id=name)

    def create_project(self, project_id, project):
        resource_model.Project(id=project_id, name=project["name"].strip())
        project_id = pair(project["name"], project["domain_id"])
        self.seen["projects"].setdefault(project_id, [])
        return {"id": project_id}

    # identity_api
    def get_group(self, group_id):
        if group_id in (self.question.get("groups") or []) or (self.everything and group_id):
            return {"id": group_id}
        raise exception.GroupNotFound(group_id=group_id)

    def get_group_by_name(self, name, domain_id):
        if self.everything:
            return {"id": pair(name, domain_id)}
        raise exception.GroupNotFound(group_id=name)

    def get_user(self, user_id):
        if not self.everything:
            raise exception.UserNotFound(user_id=user_id)
        return {"id": user_id, "domain_id": "its own"}

    def get_user_by_name(self, name, domain_id):
        return self.get_user(pair(name, domain_id))

    def assert_user_enabled(self, user_id, user=None):
        pass

    def update_user(self, user_id, user):
        self.seen["email"] = user["email"]

    # shadow_users_api
    def update_federated_user_display_name(self, *args):
        pass

    def get_federated_user(self, idp, protocol, unique_id):
        raise exception.UserNotFound(user_id=unique_id)

    def create_federated_user(self, domain_id, federated, email=None):
        if self.question.get("taken"):
            raise exception.Conflict(type="federated_user", details="Duplicate entry")
        sql_model.FederatedUser.from_dict(federated)
        user_id = sha256.Generator().generate_public_ID(
            {"domain_id": domain_id, "local_id": federated["unique_id"], "entity_type": "user"})
        self.seen.update(id=user_id, name=federated["display_name"], unique_id=federated["unique_id"], domain=domain_id)
        if email:
            self.seen["email"] = email
        return {"id": user_id}

    def set_last_active_at(self, user_id):
        pass

    def add_user_to_group_expires(self, user_id, group_id):
        return True

    def cleanup_stale_group_memberships(self, user_id, idp, groups):
        self.seen["swept"] = True
        return []

    # assignment_api and role_api
    def create_grant(self, role_id, user_id=None, project_id=None):
        self.seen["projects"][project_id].append(role_id)

    def delete_grant(self, role_id, user_id=None, project_id=None):
        self.seen["revoked"].append(project_id)

    def list_role_assignments(self, user_id=None):
        return [{"project_id": "by hand", "role_id": "admin"}]

    def list_roles(self):
        roles = [{"id": name, "name": name, "domain_id": domain} for name, domain in (self.question.get("roles") or {}).items()]
        if self.everything:
            named = [r["name"] for p in self.question["mapped"]["projects"] for r in p["roles"]]
            roles += [{"id": name, "name": name, "domain_id": None} for name in named if name]
        return roles


def with_real_shadowing(cloud):
    """The identity manager's own shadowing of users, without its cache."""
    method = core.Manager._shadow_federated_user
    original = getattr(method, "original", method)  # until 2023.2 it is cached
    cloud._shadow_federated_user = types.MethodType(original, cloud)
    cloud.shadow_federated_user = types.MethodType(core.Manager.shadow_federated_user, cloud)
    return cloud


def register(cloud):
    provider_api.ProviderAPIs._clear_registry_instances()
    for name in ("federation_api", "resource_api", "identity_api", "shadow_users_api", "assignment_api", "role_api"):
        provider_api.ProviderAPIs._register_provider_api(name=name, obj=cloud)


def status(error):
    if isinstance(error, exception.Error):
        return error.code
    return 400 if isinstance(error, TypeError) else 500


def answer(question):
    cloud = with_real_shadowing(Cloud(question))
    register(cloud)
    environ = {"REMOTE_USER": question["remote_user"]} if question.get("remote_user") else {}
    with app.test_request_context(environ_base=environ):
        try:
            got = mapped.handle_unscoped_token({"identity_provider": "idp", "protocol": "openid"}, *[cloud] * 5)
        except Exception as error:
            return {"status": status(error), "class": type(error).__name__}
    cloud.seen.update(status=201, groups=sorted(got.get("group_ids", [])), id=got["user_id"])
    return cloud.seen


for line in sys.stdin:
    answers.write(json.dumps(answer(json.loads(line))) + "\n")
answers.flush()
