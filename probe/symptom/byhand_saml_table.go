package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// What a person asks of SAML's paths.
const (
	askedDoor        = "asked-saml-auth"     // the /auth path, without a session
	askedSession     = "asked-saml-session"  // the same with one
	askedClaims      = "asked-saml-claims"   // the same, and the assertion may lack something
	askedConsumer    = "asked-saml-consumer" // paosResponse, postResponse
	askedSAMLLogin   = "asked-saml-login"    // the module's own login
	askedSAMLBrowser = "asked-saml-websso"   // a provider's websso path
	askedProvider    = "asked-saml-provider" // the identity provider's SOAP endpoint
)

// What an answer of SAML's calls, and the headers of the request, show to a person.
const (
	ECPGiven         Fact = "the service provider's request is in the envelope"
	ECPLoggedIn      Fact = "the identity provider's envelope has an assertion"
	ECPNotSaid       Fact = "as far as is known no header PAOS was sent"
	ECPHeaderNotSent Fact = "the request has no header PAOS"
	ECPSemicolon     Fact = "Accept of the request names application/vnd.paos+xml only behind a semicolon, or not at all"
	SAMLByGet        Fact = "the consumer was asked with GET"
)

// samlByHand: a login by ECP, call by call, and the paths for browsers beside it.
func samlByHand() []Symptom {
	return append(ecpByHand(), samlBrowserByHand()...)
}

// toSend is how ECP is asked for.
const toSend = "curl -si -H 'Accept: text/html, application/vnd.paos+xml' -H 'PAOS: ver=\"urn:liberty:paos:2003-08\";\"urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp\"' '{keystone}{path}'"

func ecpByHand() []Symptom {
	const fine = "nothing is wrong: "
	known := func(fact Fact, s Symptom) Symptom { s.Known = []Fact{fact}; return s }
	with := func(slug, steps string, status []int, sight, cause, mend string) Symptom {
		return byHand(slug, steps, status, "", "", sight, cause, mend)
	}
	refused := func(slug string, fact Fact, sight, cause string) Symptom {
		s := byHand(slug, askedDoor, []int{400}, keystone.ByHTTPD, "", "400 page of httpd; "+sight, cause, toSend)
		s.Known, s.Truly = []Fact{fact}, keystone.ByMellon
		return s
	}
	return []Symptom{
		known(ECPGiven, with("ecp-request-given", askedDoor, []int{200}, "200 application/vnd.paos+xml with the service provider's request",
			fine+"{module} has heard the headers of ECP and gives its request; the answer is to be brought to {consumer}",
			"the next call: POST the envelope without its S:Header to the identity provider's SOAP endpoint, as Content-Type: text/xml, with name and password (Basic); `fedstone token --idp {idp}` makes all calls")),
		refused("ecp-accept-semicolon", ECPSemicolon, "the request's Accept does not name the type of ECP after a comma",
			"the request was sent with `Accept: {accept}`: mod_auth_mellon wants application/vnd.paos+xml there as a media type of its own, after a comma; behind a semicolon it is a parameter of the type before it"),
		refused("ecp-header-not-sent", ECPHeaderNotSent, "the request asks for ECP in Accept and has no header PAOS",
			"the request has no header PAOS, which says with which version and service ECP is spoken; Accept alone is not enough"),
		known(ECPNotSaid, with("ecp-not-asked", askedDoor, []int{302, 303}, "303 to …/login?ReturnTo= for a request without the header PAOS",
			"{module} takes the caller for a browser and sends it to log in: the request had no header PAOS, or lost it and Accept on its way", toSend)),
		byHand("saml-token-given", askedSession, []int{201}, keystone.ByItself, "", "201 with X-Subject-Token, with a session of httpd",
			fine+"Keystone took the user, and gives an unscoped token of its own", "send what stands in X-Subject-Token as X-Auth-Token; for one of a project: `fedstone token --idp {idp} --project PROJECT`"),
		byHand("saml-attribute-missing", askedClaims, []int{401}, keystone.ByItself, "", "401 JSON of Keystone with a session of httpd, and nobody has seen the assertion",
			"the identity provider does not send an attribute that the rules of {idp} want, so none fits",
			"`fedstone probe --idp {idp}` tells which; have the identity provider add it (Keycloak: client scopes, mappers of {sp}); or correct the rules of identity_providers.{idp} and `fedstone apply`"),
		known(ECPLoggedIn, with("ecp-logged-in", askedProvider, []int{200}, "200 with the status Success and an assertion",
			fine+"the identity provider took name and password, and wants its answer brought to {consumer}",
			"the next call: see that this is the responseConsumerURL of the service provider's request, put the RelayState of that request into S:Header in place of ecp:Response, and POST the envelope there as Content-Type: application/vnd.paos+xml")),
	}
}

// samlBrowserByHand: the consumers, the module's login and the paths of a dashboard.
func samlBrowserByHand() []Symptom {
	const fine = "nothing is wrong: "
	byGet := byHand("saml-consumer-by-get", askedConsumer, []int{405}, "", "", "405 at the consumer, for GET",
		"the consumer takes the identity provider's answer by POST alone, and was asked with GET", "nobody opens it by hand: an envelope or a form is sent there; ask the /auth path for a login")
	byGet.Known = []Fact{SAMLByGet}
	noCookie := byHand("saml-no-cookie", askedConsumer, []int{302, 303}, "", "", "a redirect from the consumer without Set-Cookie",
		"the service provider has taken the assertion, and no cookie of a session came: something on the way takes Set-Cookie out", "let the proxy in front pass Set-Cookie from {endpoints}")
	noCookie.Known = []Fact{SAMLNoCookie}
	return []Symptom{
		byGet, noCookie,
		byHand("saml-assertion-taken", askedConsumer, []int{302, 303}, "", "", "303 with a cookie from the consumer",
			fine+"{module} took the assertion and opened a session", "the next call: GET the /auth path with that cookie; Keystone answers 201 and a token"),
		byHand("saml-login-begins", askedSAMLLogin, []int{302, 303}, "", "", "303 from …/login to the identity provider",
			fine+"this is {module}'s login for browsers, which sends them to {host}", "open it in a browser; a script asks for ECP: "+toSend),
		byHand("saml-login-return", askedSAMLLogin, []int{400}, "", "", "400 at …/login",
			"{module} wants to know where the browser goes after its login: ReturnTo is missing, or points at a host that is not among MellonRedirectDomains",
			"nobody opens this path by hand: ask the websso path in a browser, which gives ReturnTo"),
		byHand("saml-browser-begins", askedSAMLBrowser, []int{302, 303}, "", "", "303 to the login of SAML at a websso path",
			fine+"the path is for browsers, and {module} sends them to log in", "open it in a browser; a script asks for ECP: "+toSend),
		byHand("saml-websso-refused", askedSAMLBrowser, []int{401}, keystone.ByItself, "", "401 JSON of Keystone at a websso path of SAML",
			"Keystone itself refuses: without a login no section of httpd's configuration covers {websso}; after one {dashboard} is not among its trusted_dashboard, or no rule of the mapping fits",
			samlRender+"; "+trusted),
	}
}
