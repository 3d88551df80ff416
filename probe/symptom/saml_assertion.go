package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// samlAssertionSymptoms: the service provider does not take an assertion, and it is
// seen in it why. mod_auth_mellon answers each of them with the same 400
// (auth_mellon_handler.c, am_validate_conditions and am_handle_reply_common).
func samlAssertionSymptoms() []Symptom {
	refused := func(slug string, known Fact, cause, mend string) Symptom {
		s := ofSAML(slug, samlConsume, known, cause, mend)
		s.Sight = "400 at the consumer; " + s.Sight
		return s
	}
	const clocks = "compare the clocks: chronyc tracking on the controllers and at the identity provider; mod_auth_mellon forgives one minute"
	return []Symptom{
		refused("saml-clock-ahead", SAMLEarly, "the assertion holds from {seen}, and the service provider's clock says otherwise ({want}): the identity provider's clock is ahead, or the controller's behind", clocks),
		refused("saml-clock-behind", SAMLBehind, "the assertion holds until {seen}, and was over when it was made ({want}): the identity provider's clock is behind, or the controller's ahead", clocks),
		refused("saml-assertion-expired", SAMLExpired, "the assertion held until {seen}; expected {want}: it holds for too short a time, or took too long on its way", "have the identity provider give assertions a life of a minute at least"),
		refused("saml-assertion-replayed", SAMLReplayed, "the assertion answers the request {seen}, and the one that was sent is {want}: it was used before, and a service provider takes each once", "see what answers in the identity provider's place: a cache in front of its SOAP endpoint"),
		refused("saml-issuer-other", SAMLOtherIssuer, "the assertion is of {seen}; expected {want}", "set `saml: {entity_id: …}` of identity_providers.{idp} to what the identity provider calls itself, fetch its metadata, `fedstone render`"),
		refused("saml-unsigned", SAMLUnsigned, "nothing in the identity provider's answer is signed, so anybody could have made it", "have the identity provider sign assertions (Keycloak: client {sp}, `saml.assertion.signature` = true)"),
		refused("saml-key-changed", SAMLOtherKey, "the assertion is signed by {seen}; {want}: the identity provider has a new certificate, or somebody else has signed", "ask the identity provider's owner whether its certificate was rolled over; if so, fetch its metadata, `fedstone render`, reload httpd; if not, find out who answers at {place}"),
		refused("saml-audience-other", SAMLOtherAudience, "the assertion is for {seen}, and the service provider is {want}", "have the identity provider's client for {sp} name that as its audience"),
		refused("saml-recipient-other", SAMLOtherRecipient, "the assertion is to be brought to {seen}, and the service provider takes it at {want}", "hand the service provider's metadata to the identity provider's owner again"),
		refused("saml-assertion-refused", SAMLRefused, "{module} does not take the assertion, in which nothing wrong is seen from here: its copy of the identity provider's metadata is an older one (a certificate that was rolled over, another entity id), the signature does not hold, or the same assertion came before",
			"httpd's error log has the reason (auth_mellon:error, \"Failed to verify signature\", \"identifier of a provider is unknown\", \"replay\"); `fedstone render` with fresh metadata and reload httpd"),
	}
}

// samlConsumeSymptoms: other answers at the consumer.
func samlConsumeSymptoms() []Symptom {
	return []Symptom{
		ofSAML("saml-no-cookie", samlConsume, SAMLNoCookie, "the service provider has taken the assertion, and no cookie of a session came: something on the way takes Set-Cookie out", "let the proxy in front pass Set-Cookie from {endpoints}"),
		{Slug: "saml-consumer-uncovered", Steps: samlConsume, Status: []int{404, 405}, Known: []Fact{SAMLDoor}, Sight: "404 or 405 at the consumer",
			Cause: "nothing takes assertions below {endpoints}: the path is not {module}'s on the controller that answers", Mend: samlRender + "; with several controllers, on each of them"},
		{Slug: "saml-too-large", Steps: samlConsume, Status: []int{413}, Known: []Fact{SAMLDoor}, Sight: "413 at the consumer",
			Cause: "the assertion is larger than what stands in front of {module} takes: a user with very many groups", Mend: "have the identity provider send the groups that Keystone needs alone; or raise client_max_body_size (nginx), LimitRequestBody and MellonPostSize (httpd)"},
		{Slug: "saml-condition-refused", Steps: samlConsume, Status: []int{401, 403}, Known: []Fact{SAMLDoor}, Sight: "401 or 403 at the consumer",
			Cause: "{module} took the assertion, and its own conditions refuse the user", Mend: "see MellonCond, MellonRequire or the attribute filter; a firewall in front of httpd answers so, too"},
	}
}

// samlInsideSymptoms: the session is there, and Keystone is asked.
func samlInsideSymptoms() []Symptom {
	return []Symptom{
		{Slug: "saml-session-lost", Steps: samlInside, Status: []int{302, 303, 307}, Known: []Fact{SAMLDoor}, Sight: "a redirect to the login, right after the assertion was taken",
			Cause: "httpd does not know the session that it has just opened: another controller answers, which keeps sessions of its own, or the cookie is for another path or scheme",
			Mend:  "mod_auth_mellon keeps its sessions in the memory of one httpd: have the load balancer send a client to one controller (cookie or source)"},
		{Slug: "saml-attribute-missing", Steps: samlInside, Status: []int{401}, By: keystone.ByItself, Known: []Fact{SAMLAttributes}, Sight: "401 JSON of Keystone; the assertion lacks attributes that every rule wants",
			Cause: "the identity provider does not send what the rules of {idp} want: {missing}", Mend: "have it add the attributes (Keycloak: client scopes, mappers of {sp}); or correct the rules of identity_providers.{idp} and `fedstone apply`"},
		{Slug: "saml-claims-refused", Steps: samlInside, Status: []int{401}, By: keystone.ByItself, Known: []Fact{SAMLDoor}, Sight: "401 JSON of Keystone with a session of httpd",
			Cause: "httpd let the user in and Keystone did not: no rule fits the attributes, or its remote_id_attribute for {protocol} is not what {module} sets",
			Mend:  "see `attributes:` at ecp-login, and try them: `fedstone map`; in keystone.conf [{protocol}] remote_id_attribute is MELLON_IDP, or Shib-Identity-Provider"},
		{Slug: "saml-idp-unknown-to-keystone", Steps: samlInside, Status: []int{403}, By: keystone.ByItself, Known: []Fact{SAMLDoor}, Sight: "403 JSON of Keystone with a session of httpd",
			Cause: "{entity} is not among the remote ids of {idp} in Keystone, or the identity provider is disabled there", Mend: "`fedstone apply`; openstack identity provider show {idp}"},
		{Slug: "saml-objects-missing", Steps: samlInside, Status: []int{404}, By: keystone.ByItself, Known: []Fact{SAMLDoor}, Sight: "404 JSON of Keystone with a session of httpd",
			Cause: "Keystone has no identity provider {idp}, no protocol {protocol} of it, or no mapping", Mend: "`fedstone apply`"},
		{Slug: "saml-condition-refused", Steps: samlInside, Status: []int{401, 403}, Known: []Fact{SAMLDoor}, Sight: "401 or 403 of httpd with a session",
			Cause: "a `Require` or `MellonCond` line of {path} refuses the user", Mend: "see the lines of <Location {path}>; " + samlRender},
	}
}

// samlServerSymptoms: httpd's own answers at any step of this way.
func samlServerSymptoms() []Symptom {
	return []Symptom{
		{Slug: "saml-path-denied", Steps: samlControl + " " + samlRequest, Status: []int{403}, Known: []Fact{SAMLDoor}, Sight: "403 page of httpd without a login",
			Cause: "httpd denies {path}: the rule that closes federation paths which are not opened, or an address that is not let in", Mend: samlRender + "; the ids must be those of Keystone, case included"},
		{Slug: "saml-path-refused", Steps: samlControl + " " + samlRequest, Status: []int{401}, Known: []Fact{SAMLDoor}, Sight: "401 of httpd in place of a way to log in",
			Cause: "httpd refuses at {path} without a word of where to log in: its AuthType is not {module}'s, or a `Require` is met by nobody", Mend: samlRender},
		{Slug: "saml-path-missing", Steps: samlControl + " " + samlRequest + " " + samlInside, Status: []int{404}, Known: []Fact{SAMLDoor}, Sight: "404 page of httpd",
			Cause: "httpd knows no {path}: Keystone is mounted elsewhere, or not in the vhost that answers", Mend: "set `keystone: {url: …}` to the URL of which /v3 answers; `httpd -S` tells which vhost answers"},
		{Slug: "saml-method-refused", Steps: samlControl + " " + samlRequest + " " + samlInside, Status: []int{405}, Known: []Fact{SAMLDoor}, Sight: "405 at the path",
			Cause: "{path} does not take the methods of a login: a filter, or another program answers there", Mend: "let GET and POST pass at {path} and below {endpoints}"},
		{Slug: "saml-request-too-large", Steps: samlRequest + " " + samlInside, Status: []int{413, 431}, Known: []Fact{SAMLDoor}, Sight: "413 or 431 at the path", Cause: "something in front of httpd finds the request too large", Mend: "see the limits of the proxy in front for headers and bodies"},
		{Slug: "saml-session-refused", Steps: samlInside, Status: []int{400}, Known: []Fact{SAMLDoor}, Sight: "400 with a session of httpd",
			Cause: "Keystone or httpd does not understand the request of a session: an attribute that the mapping cannot read ({message})", Mend: "Keystone's log has the reason; evaluate the rules: `fedstone map`"},
		{Slug: "saml-server-failed", Steps: samlAtHTTPD, Status: []int{500}, Known: []Fact{SAMLDoor}, Sight: "500", Cause: "httpd, {module} or Keystone ended with an error of its own", Mend: "httpd's error log and Keystone's have the reason; at the consumer see that MellonLockFile can be written by httpd's user, and that shibd runs"},
		{Slug: "saml-server-away", Steps: samlAtHTTPD, Status: []int{502, 503, 504}, Known: []Fact{SAMLDoor}, Sight: "502, 503 or 504", Cause: "httpd does not reach Keystone's process or shibd, or a proxy does not reach httpd", Mend: "systemctl status httpd shibd keystone; the reason stands in httpd's error log"},
	}
}
