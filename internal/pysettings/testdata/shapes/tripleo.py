import os

from django.utils.translation import ugettext_lazy as _

from horizon.utils import secret_key

DEBUG = False
TEMPLATE_DEBUG = DEBUG
WEBROOT = '/dashboard/'
LOGIN_URL = '/dashboard/auth/login/'
ALLOWED_HOSTS = ['*', ]

OPENSTACK_API_VERSIONS = {
    'identity': 3,
}
OPENSTACK_KEYSTONE_MULTIDOMAIN_SUPPORT = True

LOCAL_PATH = os.path.dirname(os.path.abspath(__file__))
if os.path.exists('/etc/openstack-dashboard/secret'):
    with open('/etc/openstack-dashboard/secret') as f:
        SECRET_KEY = f.read()
else:
    SECRET_KEY = 'generated'

OPENSTACK_KEYSTONE_URL = "http://172.17.0.20:5000/v3"

# Enables keystone web single-sign-on if set to True.
WEBSSO_ENABLED = True

# Determines which authentication choice to show as default.
WEBSSO_INITIAL_CHOICE = "idp_1_openid"

WEBSSO_CHOICES = (
    ("credentials", _("Keystone Credentials")),
    ("idp_1_openid", _("IdP 1")), ("idp_2_openid", _("IdP 2")),
)

WEBSSO_IDP_MAPPING = {
    "idp_1_openid": ("idp_1", "openid"),
    "idp_2_openid": ("idp_2", "openid"),
}

try:
    from local_overrides import TIME_ZONE
except ImportError:
    TIME_ZONE = "UTC"

SESSION_TIMEOUT = 60 * 60
