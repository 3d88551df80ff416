package symptom

import (
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc"
)

// certificateSymptoms: a client that shows a certificate. Keystone says of every
// refusal the same.
func certificateSymptoms() []Symptom {
	refused := func(slug string, known Fact, sight, cause, mend string) Symptom {
		return refusedClient(slug, 401, failed, []Fact{known}, "401 \"Client authentication failed.\", and "+sight, cause, mend)
	}
	handshake := func(slug, seen, cause, mend string) Symptom {
		return Symptom{Slug: slug, Steps: oauth2Token, Fault: oidc.TLS, Seen: seen, Sight: "TLS alert \"" + seen + "\"", Cause: cause, Mend: mend}
	}
	return []Symptom{
		handshake("oauth2-certificate-untrusted", "unknown certificate authority", "httpd does not trust who issued the certificate: {got}", "add the CA to oauth2.mtls.client_ca, or use a certificate of a CA in it"),
		handshake("oauth2-certificate-expired", "expired certificate", "the client's certificate has expired, by httpd's clock", "renew it; compare the clocks"),
		handshake("oauth2-certificate-bad", "certificate", "httpd does not take the certificate: {got}", "openssl verify -CAfile CLIENT_CA CERTIFICATE; its extended key usage must allow clientAuth"),
		{Slug: "oauth2-certificate-late", Steps: oauth2Asked, Status: []int{403}, By: keystone.ByHTTPD, Seen: "Post-Handshake",
			Sight: "403 page of httpd, \"Cannot perform Post-Handshake Authentication\"",
			Cause: "httpd asks for a certificate at this path alone, after the handshake: by TLS 1.3 only few clients can be asked then, and all others are refused, also those with a secret",
			Mend:  "move SSLVerifyClient optional from the Location into the virtual host"},
		refused("oauth2-certificate-not-asked", NotAsked, "the server asked for no certificate", "httpd asks for no certificate at the token path, or TLS ends before it",
			"in the virtual host of Keystone:\nSSLVerifyClient optional\nSSLCACertificateFile CLIENT_CA\n<Location "+OAuth2Path+">\n    SSLOptions +StdEnvVars +ExportCertData\n</Location>"),
		refused("oauth2-certificate-issuer", OtherCA, "the certificate is of another CA than described", "the mapping takes certificates of {wanted} alone, and this one is of {seen}", "use a certificate of one of them, or name the CA: oauth2: {mtls: {issuers: [{seen}]}}, then fedstone apply"),
		refused("oauth2-certificate-subject", SubjectLacks, "the certificate's subject has not what the mapping reads", "the mapping reads {wanted} of the subject, and it is {seen}", "issue a certificate with it, or change oauth2.mtls.user, then fedstone apply"),
		refused("oauth2-certificate-refused", Shown, "the certificate was shown",
			"the user of the client's id is not whom the certificate names, or has no default project; or Keystone has no mapping of the id in oauth2_cert_dn_mapping_id; or oauth2_authn_methods lacks tls_client_auth; or SSLOptions lacks ExportCertData",
			"Keystone's log says which (level INFO, \"Get OAuth2.0 Access Token API\"); openstack user show ID (name, domain, default_project_id); openstack mapping show MAPPING"),
		{Slug: "oauth2-certificate-unbound", Steps: "oauth2-check", Known: []Fact{OtherThumb},
			Sight: "the token's x5t#S256 is not the certificate's", Cause: "the token is not bound to the certificate that was shown: {seen}", Mend: "see what stands between: a proxy that shows a certificate of its own gets tokens for all of its clients"},
	}
}

// resourceSymptoms: a service behind keystonemiddleware.
func resourceSymptoms() []Symptom {
	service := func(slug string, known []Fact, status []int, sight, cause, mend string) Symptom {
		return Symptom{Slug: slug, Steps: oauth2Service, Status: status, Known: known, Truly: keystone.ByNobody, Sight: sight, Cause: cause, Mend: mend}
	}
	const filter = "in the service's paste file:\n[filter:authtoken]\npaste.filter_factory = keystonemiddleware.oauth2_token:filter_factory"
	return []Symptom{
		service("oauth2-service-open", []Fact{ServiceOpen}, nil, "the service answers 2xx without a token", "nothing guards {endpoint}: the filter is not in its pipeline", filter),
		service("oauth2-service-unbound", []Fact{ServiceUnbound}, nil, "the service answers 2xx to the token without its certificate", "the service's filter is oauth2_token, which does not look at the certificate: a stolen token is good there",
			"in the service's paste file:\n[filter:authtoken]\npaste.filter_factory = keystonemiddleware.oauth2_mtls_token:filter_factory"),
		service("oauth2-service-header", []Fact{TakesXAuth}, []int{401}, "401 for Authorization: Bearer, 2xx for X-Auth-Token", "the service's filter is auth_token, which knows X-Auth-Token alone", filter),
		service("oauth2-service-refused", nil, []int{401}, "401 for a token that Keystone calls valid",
			"the service's filter does not take the token: it cannot ask Keystone (www_authenticate_uri, auth_url and its own credentials), is behind a mod_wsgi that keeps the header back, or, for mTLS, is not run by a server that knows the certificate (oauth2_mtls_token needs eventlet's)",
			"read the service's log; WSGIPassAuthorization On where httpd runs it"),
		service("oauth2-service-forbidden", nil, []int{403}, "403 of the service", "the service took the token; its policy wants another role", "openstack application credential show ID: its roles"),
		service("oauth2-service-odd", nil, nil, "another status of the service", "the service answers {status}", "read the service's log"),
	}
}
