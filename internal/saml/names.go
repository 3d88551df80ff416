package saml

// The namespaces (SAML 2.0 Core, Metadata and Profiles; PAOS 1.1; SOAP 1.1;
// XML Signature).
const (
	nsSOAP      = "http://schemas.xmlsoap.org/soap/envelope/"
	nsPAOS      = "urn:liberty:paos:2003-08"
	nsECP       = "urn:oasis:names:tc:SAML:2.0:profiles:SSO:ecp"
	nsProtocol  = "urn:oasis:names:tc:SAML:2.0:protocol"
	nsAssertion = "urn:oasis:names:tc:SAML:2.0:assertion"
	nsMetadata  = "urn:oasis:names:tc:SAML:2.0:metadata"
	nsSignature = "http://www.w3.org/2000/09/xmldsig#"
)

// The bindings (SAML 2.0 Bindings, section 3).
const (
	Redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect"
	POST     = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST"
	SOAP     = "urn:oasis:names:tc:SAML:2.0:bindings:SOAP"
	PAOS     = "urn:oasis:names:tc:SAML:2.0:bindings:PAOS"
)

// What an enhanced client says of itself (SAML 2.0 Profiles, section 4.2.3.1).
const (
	// PAOSHeader is the value of the header PAOS.
	PAOSHeader = `ver="` + nsPAOS + `";"` + nsECP + `"`
	// PAOSType is the media type of its envelopes.
	PAOSType = "application/vnd.paos+xml"
)

// StatusSuccess is the one status code of a login (SAML 2.0 Core, section 3.2.2.2).
const StatusSuccess = "urn:oasis:names:tc:SAML:2.0:status:Success"
