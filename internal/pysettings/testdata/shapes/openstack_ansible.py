import os
from django.utils.translation import gettext_lazy as _
from openstack_dashboard import exceptions

OPENSTACK_HOST = "%s" % 'internal.example.org'
KEYSTONE_SCHEME = 'http'
OPENSTACK_KEYSTONE_URL = KEYSTONE_SCHEME + "://" + OPENSTACK_HOST + ":5000/v3"
WEBSSO_KEYSTONE_URL = 'https://{}:5000/v3'.format('cloud.example.org')

if DEBUG_MODE if 'DEBUG_MODE' == '' else False:
    DEBUG = True
else:
    DEBUG = False

WEBSSO_ENABLED = not DEBUG
WEBSSO_CHOICES = (
    ("credentials", _("Keystone Credentials")),
)
WEBSSO_CHOICES += (
    ("keycloak_oidc", _(
        "Keycloak"
        " (corporate)")),
)
WEBSSO_IDP_MAPPING = {}
WEBSSO_IDP_MAPPING["keycloak_oidc"] = ("keycloak", "openid")
WEBSSO_INITIAL_CHOICE = WEBSSO_CHOICES[1][0]

CACHES = {
    'default': {
        'BACKEND': 'django.core.cache.backends.memcached.PyMemcacheCache',
        'LOCATION': [
            '10.0.0.1:11211', '10.0.0.2:11211',
        ],
        'KEY_PREFIX': os.environ.get('PREFIX', 'horizon'),
    },
}
LANGUAGES = [(code, name) for code, name in (('en', 'English'),)]
REST_API_REQUIRED_SETTINGS = ['OPENSTACK_HYPERVISOR_FEATURES']
REST_API_REQUIRED_SETTINGS.append('LAUNCH_INSTANCE_DEFAULTS')
