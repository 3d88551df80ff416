# Written by fedstone from federation.yaml. What is changed here is lost at its next run.

WEBSSO_ENABLED = True
WEBSSO_INITIAL_CHOICE = "credentials"
WEBSSO_CHOICES = (
    ("credentials", "Keystone credentials"),
    ("corp", "The corp"),
    ("partner", "The partner"),
)
WEBSSO_IDP_MAPPING = {
    "corp": ("corp", "openid"),
    "partner": ("partner", "mapped"),
}

# Where browsers reach Keystone; never taken from the address they come from.
WEBSSO_KEYSTONE_URL = "https://keystone.example.org:5000/v3"
WEBSSO_USE_HTTP_REFERER = False

# Ends the session at Keystone's httpd, then the issuer's, and comes back here.
LOGOUT_URL = "https://keystone.example.org:5000/v3/OS-FEDERATION/redirect_uri?logout=https%3A%2F%2Fdashboard.example.org%2Fdashboard%2Fauth%2Flogout%2F"
