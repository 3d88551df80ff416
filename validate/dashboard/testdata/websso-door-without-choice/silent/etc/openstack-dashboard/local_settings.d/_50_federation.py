WEBSSO_ENABLED = True
WEBSSO_CHOICES = [("credentials", "Keystone credentials"), ["op1", "Portal"]]
WEBSSO_IDP_MAPPING = dict([("op1", ("op1", "openid"))])
WEBSSO_IDP_MAPPING = {"op1": ["op1", "openid"]}
WEBSSO_USE_HTTP_REFERER = False
