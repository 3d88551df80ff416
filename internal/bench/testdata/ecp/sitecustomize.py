"""Has Python's cookie jar take what mod_auth_mellon sets on localhost: a Domain without a dot.

Without this, keystoneauth's v3samlpassword logs in, loses the session's cookie, and ends with
a redirect in place of a token. Nothing else of the openstack client is changed.
"""
import http.cookiejar

for check in ("set_ok_domain", "return_ok_domain", "domain_return_ok"):
    setattr(http.cookiejar.DefaultCookiePolicy, check, lambda *args: True)
