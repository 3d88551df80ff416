from django.utils.translation import gettext_lazy as _

WEBROOT = "/dashboard/"
OPENSTACK_HOST = "10.0.0.5"
OPENSTACK_KEYSTONE_URL = "http://%s:5000/v3" % OPENSTACK_HOST

WEBSSO_ENABLED = True
WEBSSO_INITIAL_CHOICE = "credentials"
WEBSSO_CHOICES = (
    ("credentials", _("Keystone credentials")),
    ("corp", _("Our portal")),
)
WEBSSO_IDP_MAPPING = {
    "corp": ("op1", "openid"),
}
WEBSSO_KEYSTONE_URL = "https://keystone.example.org:5000/v3"
