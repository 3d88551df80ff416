import os

DEBUG = False
OPENSTACK_HOST = "keystone.example.org"
OPENSTACK_KEYSTONE_URL = "https://%s:5000/v3" % OPENSTACK_HOST
OPENSTACK_API_VERSIONS = {"identity": 3}
WEBSSO_ENABLED = True
WEBSSO_INITIAL_CHOICE = "credentials"
WEBSSO_CHOICES = (
    ("credentials", "Keystone Credentials"),
    ("staff", "Staff"),
)
WEBSSO_IDP_MAPPING = {
    "staff": ("staff", "openid"),
}
