OPENSTACK_KEYSTONE_URL = "https://keystone.example.org:5000/v3"
WEBSSO_ENABLED = True
WEBSSO_KEYSTONE_URL = "https://keystone.example.org:5000/v3"
WEBSSO_CHOICES = (
    ("credentials", "Keystone Credentials"),
    ("keycloak_openid", "Keycloak"),
)
WEBSSO_IDP_MAPPING = {
    "keycloak_openid": ("keycloak", "openid"),
}
