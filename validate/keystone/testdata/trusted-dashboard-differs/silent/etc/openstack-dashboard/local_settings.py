import os
WEBROOT = "/horizon/"
OPENSTACK_KEYSTONE_URL = "https://keystone.example.org:5000/v3"
WEBSSO_ENABLED = True
WEBSSO_CHOICES = (("credentials", "Keystone credentials"), ("op1", "Our portal"))
WEBSSO_IDP_MAPPING = {"op1": ("op1", "openid")}
WEBSSO_USE_HTTP_REFERER = False
