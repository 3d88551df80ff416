package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// What the steps of a SAML login find out about an answer.
const (
	SAMLDoor              Fact = "the path is one of SAML"
	SAMLUnreadable        Fact = "the metadata cannot be read, or is another's"
	SAMLNoSOAP            Fact = "the metadata names no SingleSignOnService with the SOAP binding"
	SAMLNoKeys            Fact = "the metadata names no signing key"
	SAMLOutdate           Fact = "validUntil of the metadata is over"
	SAMLOdd               Fact = "an envelope that is not as SAML has it"
	SAMLPage              Fact = "a page in an envelope's place"
	SAMLConsumerElsewhere Fact = "the service provider wants the assertion at another address than Keystone's"
	SAMLFault             Fact = "a SOAP fault of the identity provider"
	SAMLNotLoggedIn       Fact = "200 with a status that is no success"
	SAMLOtherConsumer     Fact = "the identity provider's consumer is not the service provider's"
	SAMLNoAssertion       Fact = "a success without an assertion"
	SAMLNoCookie          Fact = "the assertion is taken, and no cookie comes"
	SAMLEarly             Fact = "the assertion's NotBefore is in the future of the service provider"
	SAMLBehind            Fact = "the assertion's NotOnOrAfter is over at the service provider, as soon as it is made"
	SAMLExpired           Fact = "the assertion's NotOnOrAfter is over"
	SAMLReplayed          Fact = "the assertion answers another request"
	SAMLOtherIssuer       Fact = "the assertion's Issuer is another entity"
	SAMLUnsigned          Fact = "neither the assertion nor the response is signed"
	SAMLOtherKey          Fact = "the signature names a key that the metadata lacks"
	SAMLOtherAudience     Fact = "the assertion's Audience is another service provider"
	SAMLOtherRecipient    Fact = "the assertion's Recipient is another consumer"
	SAMLRefused           Fact = "400 for an assertion in which nothing wrong is seen"
	SAMLAttributes        Fact = "the assertion lacks attributes that the rules want"
)

// The steps of a SAML login that a symptom can be about.
const (
	samlControl = "no-session"
	samlRequest = "ecp-request"
	samlLogin   = "ecp-login"
	samlConsume = "ecp-consume"
	samlInside  = "ecp-exchange"
	samlAtHTTPD = "no-session ecp-request ecp-consume ecp-exchange"
)

const samlRender = "`fedstone render` writes the section whole; put it in place and reload httpd"

// samlSymptoms: a login by SAML, from the metadata to Keystone's token.
func samlSymptoms() []Symptom {
	all := append(samlMetadataSymptoms(), samlWebssoSymptoms()...)
	all = append(all, samlRequestSymptoms()...)
	all = append(all, samlLoginSymptoms()...)
	all = append(all, samlAssertionSymptoms()...)
	all = append(all, samlConsumeSymptoms()...)
	return append(append(all, samlInsideSymptoms()...), samlServerSymptoms()...)
}

// ofSAML is a symptom that the step itself has told.
func ofSAML(slug, steps string, known Fact, cause, mend string) Symptom {
	return Symptom{Slug: slug, Steps: steps, Known: []Fact{known}, Sight: string(known), Cause: cause, Mend: mend}
}

func samlMetadataSymptoms() []Symptom {
	return []Symptom{
		ofSAML("saml-metadata-unreadable", "metadata", SAMLUnreadable, "{metadata}: {seen}",
			"have the identity provider's owner send its metadata anew (Keycloak: …/protocol/saml/descriptor), and see that `saml: {entity_id: …}` of identity_providers.{idp} is the entityID in it"),
		ofSAML("saml-no-keys", "metadata", SAMLNoKeys, "the metadata of {entity} has no KeyDescriptor for signing: no assertion of it can be verified", "ask the identity provider's owner for metadata with its signing certificate"),
		ofSAML("saml-metadata-expired", "metadata", SAMLOutdate, "the metadata of {entity} was valid until {seen}: Shibboleth's SP takes nothing of it any more", "fetch the metadata anew, `fedstone render`, reload httpd"),
		ofSAML("saml-no-soap-endpoint", "metadata", SAMLNoSOAP, "the identity provider's metadata names no endpoint for clients without a browser, which `probe:` of identity_providers.{idp} asks for",
			"switch ECP on at the identity provider and fetch the metadata anew; or take `probe:` away: the browser's way needs none"),
	}
}

// samlRequestSymptoms: the service provider in httpd, before anybody has logged in.
func samlRequestSymptoms() []Symptom {
	door := func(s Symptom) Symptom { s.Known = []Fact{SAMLDoor}; return s }
	return []Symptom{
		door(Symptom{Slug: "saml-path-open", Steps: samlControl + " " + samlRequest, Status: []int{201},
			Sight: "201 without a login", Cause: "CRITICAL: {path} gives out Keystone tokens to whoever asks", Mend: "close the path in httpd now; " + samlRender}),
		door(Symptom{Slug: "saml-path-uncovered", Steps: samlControl + " " + samlRequest, By: keystone.ByItself,
			Sight: "Keystone itself answers without a login", Cause: "no section of httpd's configuration covers {path}: a caller without a session comes through to Keystone", Mend: samlRender}),
		door(Symptom{Slug: "saml-path-of-openid", Steps: samlAtHTTPD, By: keystone.ByOpenIDC,
			Sight: "mod_auth_openidc answers at a path of SAML", Cause: "{path} is guarded for OpenID Connect, and {idp} speaks SAML", Mend: "one section for one identity provider: " + samlRender}),
		door(Symptom{Slug: "ecp-not-heard", Steps: samlRequest, Status: []int{302, 303, 307},
			Sight: "302 or 303 to the login of browsers, though ECP was asked for",
			Cause: "{module} takes the caller for a browser: neither header of ECP arrives, or ECP is off at the service provider",
			Mend:  "let the proxy in front pass PAOS and Accept; for mod_shib write `<SSO ECP=\"true\">` into shibboleth2.xml"}),
		door(Symptom{Slug: "ecp-headers-changed", Steps: samlRequest, Status: []int{400}, By: keystone.ByHTTPD, Truly: keystone.ByMellon,
			Sight: "400 page of httpd to a request for ECP",
			Cause: "one of the two headers of ECP does not arrive as it was sent: beside PAOS, mod_auth_mellon wants application/vnd.paos+xml in Accept as a media type of its own, after a comma; after a semicolon (\"text/html; application/vnd.paos+xml\") it is a parameter",
			Mend:  "send `Accept: text/html, application/vnd.paos+xml` and PAOS; see what a proxy in front makes of either"}),
		door(Symptom{Slug: "saml-sp-broken", Steps: samlRequest, Status: []int{500},
			Sight: "500 to a request for ECP", Cause: "{module} cannot make its request: its own key or metadata, or the identity provider's, cannot be used; or its metadata names no consumer for ECP (binding PAOS)",
			Mend: "httpd's error log has the reason (auth_mellon:error); " + samlRender}),
		ofSAML("ecp-request-odd", samlRequest, SAMLOdd, "what {module} answers is no request of ECP: {seen}", "see what stands between here and httpd; its answer must come through unchanged"),
		ofSAML("ecp-consumer-elsewhere", samlRequest, SAMLConsumerElsewhere, "the service provider wants the assertion at {seen}; expected {want}: nothing is sent there, and no session would count at {keystone}",
			"httpd builds the address of its ServerName: set `ServerName https://HOST:PORT` as the public address is, also where a proxy in front ends TLS; "+samlRender),
		door(Symptom{Slug: "ecp-request-page", Steps: samlRequest, Status: []int{200},
			Sight: "200 with something else than an envelope", Cause: "somebody in front of httpd answers in its place: {seen}", Mend: "see what answers at {keystone}"}),
	}
}

// samlLoginSymptoms: the identity provider's SOAP endpoint. The faults are
// Keycloak's words (services/messages, org.keycloak.services.messages.Messages).
func samlLoginSymptoms() []Symptom {
	fault := func(slug, seen, cause, mend string) Symptom {
		return Symptom{Slug: slug, Steps: samlLogin, Known: []Fact{SAMLFault}, Seen: seen, Sight: "a SOAP fault: " + seen, Cause: cause, Mend: mend}
	}
	introduce := "hand the service provider's metadata to the identity provider's owner again"
	return []Symptom{
		{Slug: "saml-password", Steps: samlLogin, Status: []int{200}, Known: []Fact{SAMLNotLoggedIn}, Seen: "status:NoPassive",
			Sight: "200 with the status Responder, NoPassive", Cause: "the identity provider does not take the password of probe's user: 200 says nothing here, the status in it does ({seen})",
			Mend: "correct `password` of `probe:` in identity_providers.{idp}; see that the account may log in without a second factor"},
		{Slug: "saml-password", Steps: samlLogin, Status: []int{200}, Known: []Fact{SAMLNotLoggedIn}, Seen: "status:AuthnFailed",
			Sight: "200 with the status AuthnFailed", Cause: "the identity provider does not take the password of probe's user: 200 says nothing here, the status in it does ({seen})",
			Mend: "correct `password` of `probe:` in identity_providers.{idp}; see that the account may log in without a second factor"},
		ofSAML("saml-login-refused", samlLogin, SAMLNotLoggedIn, "the identity provider answers with a status that is no success: {seen}",
			"a wrong password shows like this, too; the identity provider's log tells which it was"),
		{Slug: "saml-password", Steps: samlLogin, Status: []int{401}, Sight: "401 of the identity provider", Cause: "the identity provider does not take name and password of probe's user", Mend: "correct `username` and `password` of `probe:` in identity_providers.{idp}"},
		fault("saml-ecp-not-allowed", "not allowed to use ECP", "the identity provider does not let the client {sp} use ECP", "Keycloak: client {sp}, `saml.allow.ecp.flow` = true (Allow ECP flow)"),
		fault("saml-request-signature", "invalidRequesterMessage", "the identity provider cannot verify the request's signature: it knows another certificate of {sp} than the one that httpd signs with", introduce+", and see that httpd has the same key on every controller"),
		fault("saml-sp-unknown", "invalidRequestMessage", "the identity provider knows no service provider {sp}", introduce),
		fault("saml-sp-disabled", "loginRequesterNotEnabledMessage", "the identity provider has {sp} switched off", "have the client {sp} enabled at the identity provider"),
		fault("saml-consumer-unknown", "invalidRedirectUriMessage", "the identity provider does not know the consumer of ECP: it is not among those of {sp}", introduce+": it names the consumer with the binding PAOS"),
		ofSAML("saml-idp-fault", samlLogin, SAMLFault, "the identity provider answers with a SOAP fault: {seen}", "the identity provider's log tells more; "+introduce),
		{Slug: "saml-user-unknown", Steps: samlLogin, Status: []int{400}, Known: []Fact{SAMLPage}, Sight: "400 with a page to log in, at the SOAP endpoint",
			Cause: "the identity provider asks who it is: it does not know the name, or the header Authorization does not arrive", Mend: "correct `username` of `probe:` in identity_providers.{idp}; let the proxy in front of the identity provider pass Authorization"},
		{Slug: "saml-endpoint-wrong", Steps: samlLogin, Status: []int{404, 405}, Known: []Fact{SAMLPage}, Sight: "404 or 405 at the SOAP endpoint",
			Cause: "nothing takes a login at {place}, which the metadata names", Mend: "fetch the identity provider's metadata anew"},
		{Slug: "saml-idp-down", Steps: samlLogin, Status: []int{500, 502, 503, 504}, Known: []Fact{SAMLPage}, Sight: "500, 502, 503 or 504 at the SOAP endpoint", Cause: "the identity provider fails: {status} at {place}", Mend: "the identity provider's log tells why"},
		ofSAML("saml-endpoint-page", samlLogin, SAMLPage, "{place} answers with something else than an envelope ({status}): it is no endpoint of ECP, or something stands in front of it",
			"see that the SOAP endpoint in the metadata is the identity provider's for ECP: {entity}"),
		ofSAML("saml-answer-odd", samlLogin, SAMLOdd, "the identity provider's envelope cannot be read: {seen}", "see what changes its answers on the way"),
		ofSAML("saml-other-consumer", samlLogin, SAMLOtherConsumer, "the identity provider would have the assertion brought to {seen}, and the service provider takes it at {want}: it goes to neither, and the service provider is told",
			"compare the consumers of the service provider's metadata at the identity provider with {want}: scheme, host, port and path; hand the metadata over again"),
		ofSAML("saml-no-assertion", samlLogin, SAMLNoAssertion, "the identity provider says Success, and nothing of anybody", "the identity provider's log tells why"),
	}
}
