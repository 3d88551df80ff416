package symptom

import "github.com/fedstone/fedstone/internal/oidc"

// waySymptoms: no answer came, from Keystone or the issuer.
func waySymptoms() []Symptom {
	return []Symptom{
		fault("name-not-resolved", oidc.DNS, "", "the host name does not resolve", "correct the host name in the URL, or this machine's resolver (`getent hosts NAME`)"),
		fault("connection-refused", oidc.Refused, "", "nothing listens at the address", "start the service, or correct the port; `ss -ltn` on the controller shows who listens"),
		fault("certificate-name", oidc.Untrusted, "another host name", "the certificate is for another host name", "use the name in the certificate, or issue one for this name"),
		fault("certificate-expired", oidc.Untrusted, "not valid now", "the certificate has expired, or does not hold yet", "renew it, or set this machine's clock"),
		fault("certificate-untrusted", oidc.Untrusted, "", "the certificate is signed by an authority that is not trusted here", "name the CA's PEM file with --ca-file or `keystone: {ca_file: …}`"),
		fault("no-tls", oidc.TLS, "", "the TLS handshake fails", "TLS 1.2 or newer is needed; check that the port speaks TLS, and not plain http"),
		fault("http-proxy", oidc.Proxy, "", "the proxy of the environment does not lead there", "correct HTTPS_PROXY, or except the host: NO_PROXY=HOST"),
		fault("no-answer-in-time", oidc.Timeout, "", "no complete answer in time", "check routes and firewalls, or raise --timeout"),
		fault("network-unreachable", oidc.Network, "unreachable", "no way leads there from this machine", "see this machine's network: `ip route get ADDRESS`; a VPN that is not up, a firewall that rejects"),
		fault("network-unreachable", oidc.Network, "no route to host", "a host on the way says that none leads there", "see this machine's network: `ip route get ADDRESS`; a VPN that is not up, a firewall that rejects"),
		fault("connection-broken", oidc.Network, "", "the connection breaks", "read the log of what listens there: it closes the connection without an answer"),
	}
}

func fault(slug string, kind oidc.Kind, seen, sight, mend string) Symptom {
	return Symptom{Slug: slug, Fault: kind, Seen: seen, Sight: sight, Cause: "{at}: {got}", Mend: mend}
}
