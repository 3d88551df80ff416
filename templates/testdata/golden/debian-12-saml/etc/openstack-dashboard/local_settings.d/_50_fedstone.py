# Written by fedstone from federation.yaml. What is changed here is lost at its next run.

WEBSSO_ENABLED = True
WEBSSO_INITIAL_CHOICE = "credentials"
WEBSSO_CHOICES = (
    ("credentials", "Keystone credentials"),
    ("corp", "The corp"),
    ("corp-saml", "corp-saml"),
    ("adfs", "adfs"),
)
WEBSSO_IDP_MAPPING = {
    "corp": ("corp", "openid"),
    "corp-saml": ("corp-saml", "saml2"),
    "adfs": ("adfs", "saml2"),
}

# Where browsers reach Keystone; never taken from the address they come from.
WEBSSO_KEYSTONE_URL = "https://keystone.example.org:5000/v3"
WEBSSO_USE_HTTP_REFERER = False
