WEBSSO_ENABLED = True
WEBSSO_INITIAL_CHOICE = "corp"
WEBSSO_CHOICES = (
    ("credentials", _("Keystone Credentials")),
    ("corp", _("Corporate account")),
)
WEBSSO_IDP_MAPPING = {
    "corp": ("op1", "openid"),
}
OPENSTACK_KEYSTONE_URL = "https://keystone.example.org:5000/v3"
