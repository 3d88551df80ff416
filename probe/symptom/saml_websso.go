package symptom

// What the redirect of a SAML login in a browser shows.
const (
	SAMLNoRequest       Fact = "the redirect to the identity provider carries no request that can be read"
	SAMLRequestIssuer   Fact = "the request is of another service provider"
	SAMLRequestPlace    Fact = "the request's Destination is another place than the one it goes to"
	SAMLRequestConsumer Fact = "the request's consumer is not Keystone's host, or not https"
	SAMLRequestUnsigned Fact = "the request is not signed, and the identity provider wants it so"
	SAMLNoWayBack       Fact = "the request has no RelayState"
)

// samlWebssoSymptoms: from the dashboard to the identity provider's login page.
func samlWebssoSymptoms() []Symptom {
	const hand = "hand the service provider's metadata to the identity provider's owner again"
	return []Symptom{
		onTheWay("websso-saml-odd", SAMLNoRequest, "{hop} sends the browser on without a request: {seen}", "see that the websso path of {idp} is the SAML module's: `fedstone render` writes the section"),
		onTheWay("websso-saml-issuer", SAMLRequestIssuer, "the service provider calls itself {seen}; expected {want}: the identity provider knows the one that was handed to it", "put the rendered metadata of the service provider in place, reload httpd; or "+hand),
		onTheWay("websso-saml-destination", SAMLRequestPlace, "the request says that it goes to {seen}, and goes to {want}", "fetch the identity provider's metadata anew, `fedstone render`, reload httpd"),
		onTheWay("websso-saml-consumer", SAMLRequestConsumer, "the assertion would be brought to {seen}; expected a place at {want}", "httpd builds the address of its ServerName: set `ServerName https://HOST:PORT` as the public address is, also where a proxy in front ends TLS"),
		onTheWay("websso-saml-unsigned", SAMLRequestUnsigned, "the identity provider wants signed requests (WantAuthnRequestsSigned), and this one has no signature", "give the service provider its key: `fedstone render` writes MellonSPPrivateKeyFile, or signing=\"true\" for Shibboleth"),
		onTheWay("websso-saml-no-way-back", SAMLNoWayBack, "nothing in the request says where the browser is to go after the login", "see what stands in front of httpd: its redirect must come through unchanged"),
	}
}
