WEBSSO_ENABLED = True
WEBSSO_CHOICES = [("credentials", "Keystone credentials")]
