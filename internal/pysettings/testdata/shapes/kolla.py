# -*- coding: utf-8 -*-

import os

from django.utils.translation import gettext_lazy as _

from horizon.utils import secret_key

from openstack_dashboard.settings import HORIZON_CONFIG

DEBUG = False
COMPRESS_OFFLINE = True
WEBROOT = '/'
ALLOWED_HOSTS = ['*']

if os.environ.get('FORCE_INTERNAL'):
    SESSION_ENGINE = 'django.contrib.sessions.backends.cache'

LOCAL_PATH = '/tmp'
SECRET_KEY = secret_key.generate_or_read_from_file('/var/lib/openstack-dashboard/.secret')

OPENSTACK_HOST = "10.0.0.10"
# TODO(fprzewozn): URL /v3 suffix is required until bug #2073639 is resolved
OPENSTACK_KEYSTONE_URL = "https://10.0.0.10:5000/v3"
OPENSTACK_KEYSTONE_DEFAULT_ROLE = "member"

WEBSSO_ENABLED = True
WEBSSO_KEYSTONE_URL = "https://cloud.example.org:5000/v3"
WEBSSO_CHOICES = (
    ("credentials", _("Keystone Credentials")),
    ("corp_openid", _("Corporate login")),
)
WEBSSO_IDP_MAPPING = {
    "corp_openid": ("corp", "openid"),
}

OPENSTACK_KEYSTONE_BACKEND = {
    'name': 'native',
    'can_edit_user': True,
}
HORIZON_CONFIG["password_autocomplete"] = "off"
