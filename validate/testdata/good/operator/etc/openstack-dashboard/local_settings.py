from django.utils.translation import gettext_lazy as _

OPENSTACK_KEYSTONE_URL = "https://keystone.example.org/v3"
WEBSSO_ENABLED = True
WEBSSO_CHOICES = (
    ("credentials", _("Keystone Credentials")),
    ("openid", _("Single sign-on")),
)
