# Written by fedstone from federation.yaml. What is changed here is lost at its next run.

WEBSSO_ENABLED = True
WEBSSO_INITIAL_CHOICE = "partner"
WEBSSO_CHOICES = (
    ("credentials", "Keystone credentials"),
    ("corp", "The corp"),
    ("partner", "The partner"),
)
WEBSSO_IDP_MAPPING = {
    "corp": ("corp", "openid"),
    "partner": ("partner", "openid"),
}

# Where browsers reach Keystone; never taken from the address they come from.
WEBSSO_KEYSTONE_URL = "https://keystone.example.org/v3"
WEBSSO_USE_HTTP_REFERER = False

# Who is not logged in goes on to the issuer at once.
WEBSSO_DEFAULT_REDIRECT = True
WEBSSO_DEFAULT_REDIRECT_PROTOCOL = "openid"
WEBSSO_DEFAULT_REDIRECT_REGION = "https://keystone.example.org/v3"

# Ends the session at Keystone's httpd, then the issuer's, and comes back here.
WEBSSO_DEFAULT_REDIRECT_LOGOUT = "https://keystone.example.org/v3/OS-FEDERATION/redirect_uri?logout=https%3A%2F%2Fdashboard.example.org%2Fdashboard%2Fauth%2Flogin%2F"
