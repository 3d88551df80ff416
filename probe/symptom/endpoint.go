package symptom

// What comparing the catalog with the world has shown.
const (
	NoIdentity    Fact = "the catalog has no public identity endpoint"
	OtherEndpoint Fact = "the catalog's public identity endpoint is another address"
	PlainEndpoint Fact = "the catalog's public identity endpoint is plain http"
	PlainLinks    Fact = "Keystone's links are plain http"
	OtherLinks    Fact = "Keystone's links name another address"
)

// endpointSymptoms: a login works, and its clients are sent to the wrong place.
func endpointSymptoms() []Symptom {
	return []Symptom{
		catalogued("catalog-without-identity", NoIdentity, "the catalog has no public endpoint of type identity",
			"the catalog has no public endpoint of type identity: clients that have logged in do not find Keystone again",
			"openstack endpoint create --region REGION identity public {keystone}/v3"),
		catalogued("catalog-plain-http", PlainEndpoint, "the catalog's public identity endpoint begins with http://",
			"the catalog sends clients to {seen}: their tokens go over the network in clear text, and {keystone} is https",
			"openstack endpoint set --url {keystone}/v3 {endpoint}"),
		catalogued("catalog-other-address", OtherEndpoint, "the catalog's public identity endpoint is not keystone.url",
			"the catalog sends clients to {seen}, which is not {keystone}{because}",
			"openstack endpoint set --url {keystone}/v3 {endpoint}; or, if the catalog is right, correct `keystone: {url: …}`"),
		catalogued("links-plain-http", PlainLinks, "/v3 names itself with http:// behind https",
			"Keystone calls itself {seen} and is asked at {keystone}: it does not know that TLS ends in front of it",
			"keystone.conf: [DEFAULT] public_endpoint = {keystone}; or [oslo_middleware] enable_proxy_headers_parsing = true, with `X-Forwarded-Proto: https` set by what ends TLS"),
		catalogued("links-other-address", OtherLinks, "/v3 names itself with another host, port or prefix",
			"Keystone calls itself {seen} and is asked at {keystone}{because}: clients that follow its links go there",
			"keystone.conf: [DEFAULT] public_endpoint = {keystone}"),
	}
}

func catalogued(slug string, known Fact, sight, cause, mend string) Symptom {
	return Symptom{Slug: slug, Steps: "catalog", Known: []Fact{known}, Sight: sight, Cause: cause, Mend: mend}
}
