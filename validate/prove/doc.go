// Package prove runs configurations on the real programs, so that a rule's fixtures show what the rule promises: the
// firing one its symptom, the silent one (the mend) that it is gone. Only tests import it. It may import internal/lab
// and labtest, and nothing of validate.
//
// It promises that the programs are the installed ones and read the fixture as it is, but for what is listed below;
// that tests may run side by side and on any port; and that with a test all ends that it started. Where a program, or
// root, is missing, the test is skipped with a reason, and fails under FEDSTONE_REQUIRE_LAB=1 (labtest.Require).
//
// # A rule about httpd
//
//	func TestProof(t *testing.T) {
//		t.Parallel()
//		forged := prove.Ask{Path: "/v3/OS-FEDERATION/identity_providers/op1/protocols/openid/auth",
//			Header: map[string]string{"OIDC-iss": "https://op1.example.org"}}
//		fires := prove.Start(t, "testdata/path-open/fires").Ask(t, forged)
//		if fires.Status != 201 || fires.Env["HTTP_OIDC_ISS"] == "" {
//			t.Errorf("%d, want 201 and the client's own claim\n%s", fires.Status, fires.Body)
//		}
//		if mended := prove.Start(t, "testdata/path-open/silent").Ask(t, forged); mended.Status != 401 {
//			t.Errorf("mended: %d, want 401", mended.Status)
//		}
//	}
//
// A token is site.Token(t, issuer, prove.Claims{"aud": "wiki"}), a browser site.Login(t, path, issuer, "alice"), a
// server that does not come up prove.Refuses(t, fixture).
//
// # A rule about Keystone
//
//	func TestProof(t *testing.T) {
//		t.Parallel()
//		login := prove.Call{Env: map[string]string{"OIDC-iss": "https://op1.example.org", "OIDC-sub": "alice"}}
//		for folder, want := range map[string]int{"fires": 401, "silent": 201} {
//			keystone := prove.StartKeystone(t, "testdata/method-missing/"+folder, prove.Objects{})
//			if got := keystone.Ask(t, login); got.Status != want {
//				t.Errorf("%s: %d, want %d (%s)", folder, got.Status, want, got.Reason)
//			}
//		}
//	}
//
// Objects{} makes of the fixture's mapping.json the identity provider op1 with the protocol openid. What httpd gives
// to its application, Answer.Env, may be a Call's Env: the two rooms in one proof.
//
// # Where a fixture lies when it runs
//
//	httpd.conf         /etc/httpd/conf.d/10-keystone_wsgi.conf, in a main configuration like EL's
//	oidc/              /etc/httpd/oidc and /etc/apache2/oidc
//	keystone.conf      /etc/keystone/keystone.conf
//	keystone.conf.d/   /etc/keystone/keystone.conf.d
//	etc/ usr/ var/ opt/ srv/ openstack/   the same folder of the root
//
// With etc/httpd/conf/httpd.conf or etc/apache2/apache2.conf the fixture is a whole tree, which brings its own main
// configuration. Beside a fixture there are, unless it has them: Keystone's WSGI program (applications), which answers
// 201 below …/auth and else 200 with its environment; the CA bundle (bundles); httpd's certificate for
// keystone.example.org (serverCertificates); the users apache, keystone and www-data. Behind a ProxyPass to HTTP or
// uwsgi on 127.0.0.1 the same application answers.
//
// Each test has network, mount and host names of its own. keystone.example.org and every ServerName is httpd, at
// 127.0.0.1 or the address that it listens on. Every other name of example.org, .com or .net that httpd's files have
// in a URL is an issuer's host, and so are op1.example.org and op2.example.org: each path there is an issuer, with
// discovery, /jwks, /authorize, /token, /introspect, /userinfo and Keycloak's names for them. All other names do not
// exist, and no other address answers.
//
// Two things are changed in httpd's files, line for line: LoadModule of what Debian's httpd has built in (or of
// mod_systemd) is commented out, and Listen 443 becomes Listen 127.0.0.1:443, since issuers answer at that port too.
package prove
