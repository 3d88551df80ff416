from django.utils.translation import gettext_lazy as _

WEBROOT = "/dashboard/"
OPENSTACK_HOST = "keystone.example.org"
OPENSTACK_KEYSTONE_URL = "https://%s:5000/v3" % OPENSTACK_HOST

WEBSSO_ENABLED = True
WEBSSO_INITIAL_CHOICE = "credentials"
WEBSSO_CHOICES = (
    ("credentials", _("Keystone credentials")),
    ("corp", _("Our portal")),
)
WEBSSO_IDP_MAPPING = {
    "corp": ("op1", "openid"),
}
WEBSSO_USE_HTTP_REFERER = False
WEBSSO_DEFAULT_REDIRECT = True
WEBSSO_DEFAULT_REDIRECT_PROTOCOL = "openid"
WEBSSO_DEFAULT_REDIRECT_REGION = OPENSTACK_KEYSTONE_URL
