package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// OAuth2Path is where Keystone issues access tokens.
const OAuth2Path = keystone.OAuth2Path

// The steps about Keystone's own OAuth 2.0 tokens.
const (
	oauth2Token   = "oauth2-token"
	oauth2Asked   = oauth2Token + " oauth2-no-client"
	oauth2Service = "oauth2-service"
)

// What a walk has found out besides the answer.
const (
	TakenInBody    Fact = "the same id and secret are taken in the request's body"
	RefusedInBody  Fact = "the same id and secret are refused in the request's body, too"
	NotAsked       Fact = "the server asked for no certificate"
	Shown          Fact = "the certificate was shown"
	OtherCA        Fact = "the certificate's issuer is not among oauth2.mtls.issuers"
	SubjectLacks   Fact = "the certificate's subject lacks a part that oauth2.mtls.user names"
	WithoutClient  Fact = "a token was given to nobody"
	OddGrant       Fact = "the answer is not one of RFC 6749"
	OtherThumb     Fact = "the token is not bound to the certificate"
	ServiceOpen    Fact = "the service answers without a token"
	ServiceUnbound Fact = "the service takes the token without its certificate"
	TakesXAuth     Fact = "the service takes the token as X-Auth-Token"
)

// oauth2Symptoms: the answers of keystone/api/os_oauth2.py, and of what stands before it.
func oauth2Symptoms() []Symptom {
	return append(append(certificateSymptoms(), clientSymptoms()...), grantSymptoms()...)
}

// refusedClient is an answer of Keystone about the client.
func refusedClient(slug string, status int, seen string, known []Fact, sight, cause, mend string) Symptom {
	return Symptom{Slug: slug, Steps: oauth2Asked, Status: []int{status}, By: keystone.ByItself, Seen: seen, Known: known, Sight: sight, Cause: cause, Mend: mend}
}

const (
	passHeader = "in the virtual host of Keystone:\n<Location " + OAuth2Path + ">\n    WSGIPassAuthorization On\n</Location>"
	failed     = "Client authentication failed"
)

// clientSymptoms: who asks is not taken for who it says.
func clientSymptoms() []Symptom {
	const lost = "the Authorization header does not come to Keystone: mod_wsgi keeps it back unless it is told otherwise (or it is not one of Basic)"
	return []Symptom{
		refusedClient("oauth2-header-lost", 401, "client authorization is required", nil,
			"401 \"OAuth2.0 client authorization is required.\" though the client sent its secret (zed)", lost, passHeader),
		refusedClient("oauth2-header-lost", 401, failed, []Fact{TakenInBody},
			"401 \"Client authentication failed.\" for the header, and a token for the same secret in the body (2023.1 and later)", lost, passHeader),
		refusedClient("oauth2-method-off", 401, failed, []Fact{RefusedInBody},
			"401 \"Client authentication failed.\" for the header and for the body",
			"Keystone takes no secrets of clients: oauth2_authn_methods does not name client_secret_basic",
			"in keystone.conf:\n[oauth2]\noauth2_authn_methods = client_secret_basic"),
		refusedClient("oauth2-client-unshown", 401, failed, nil,
			"401 \"Client authentication failed.\", and no more is known",
			"Keystone found no client in the request: the Authorization header did not reach it, or oauth2_authn_methods lacks the way in which the client shows who it is", passHeader),
		refusedClient("oauth2-scheme-refused", 401, "client authorization type", nil,
			"401 \"OAuth2.0 client authorization type … is not supported.\"",
			"the Authorization header has another scheme than Basic", "send the id and the secret of the application credential: curl -u ID:SECRET"),
		refusedClient("oauth2-client-empty", 401, "client authorization is invalid", nil,
			"401 \"OAuth2.0 client authorization is invalid.\"",
			"the id or the secret of the client is empty", "see both lines of the secret file, and that the client reads them"),
		refusedClient("oauth2-client-refused", 401, "requires authentication", nil,
			"401 \"The request you have made requires authentication.\"",
			"Keystone has the application credential, and does not take it: the secret is another one's, it has expired, or its user is disabled or has lost a role of it",
			"openstack application credential show ID, as its user; a new one: fedstone apply --rotate NAME"),
		refusedClient("oauth2-client-unknown", 404, "An unknown error occurred", nil,
			"404 JSON \"An unknown error occurred and failed to get an OAuth2.0 access token.\"",
			"Keystone has no application credential of this id: it was deleted, or is another Keystone's", "fedstone apply makes a new one"),
		{Slug: "oauth2-open", Steps: "oauth2-no-client", Known: []Fact{WithoutClient},
			Sight: "200 for a request that shows no client", Cause: "somebody adds credentials to requests on their way: whoever reaches the path gets a token",
			Mend: "look for `RequestHeader set Authorization`, or a certificate of the proxy's own, on the way to {keystone}"},
	}
}

// grantSymptoms: the request is not one that Keystone takes.
func grantSymptoms() []Symptom {
	return []Symptom{
		refusedClient("oauth2-grant-unsupported", 400, "unsupported_grant_type", nil,
			"400 \"unsupported_grant_type\"", "Keystone knows one grant, client_credentials", "send grant_type=client_credentials; people log in by an identity provider"),
		refusedClient("oauth2-grant-missing", 400, "grant_type is required", nil,
			"400 \"The parameter grant_type is required.\"", "no grant_type came: the body is empty, or JSON, or its Content-Type is not that of a form",
			"send the body as application/x-www-form-urlencoded: curl -d grant_type=client_credentials; see that no redirect and no proxy drops it"),
		{Slug: "oauth2-no-endpoint", Steps: oauth2Asked, Status: []int{404}, By: keystone.ByItself, Seen: "<!doctype html>",
			Sight: "404 page of Keystone's own", Cause: "this Keystone has no token endpoint: zed was the first to", Mend: "upgrade Keystone, or delete oauth2 from federation.yaml"},
		refusedClient("oauth2-method-not-allowed", 405, "not allowed", nil,
			"405 JSON \"The method is not allowed for the requested URL.\"", "the request came as another one than POST: a 301 or 302 on the way turns POST into GET",
			"ask POST "+OAuth2Path+" itself, without a redirect"),
		{Slug: "oauth2-plain-http", Steps: oauth2Asked, Status: []int{400}, By: keystone.ByHTTPD, Seen: "speaking plain HTTP",
			Sight: "400 page of httpd, \"You're speaking plain HTTP to an SSL-enabled server port\"", Cause: "the request went over plain http, and the secret with it", Mend: "use https://, and a new secret: fedstone apply --rotate NAME"},
		{Slug: "oauth2-plain-http", Steps: oauth2Asked, Status: []int{403}, By: keystone.ByHTTPD,
			Sight: "403 page of httpd", Cause: "httpd closes the path: SSLRequireSSL does where the request came over plain http, and so does a deny rule", Mend: "use https://; error log of httpd, AH01797 or \"SSL connection required\""},
		refusedClient("oauth2-keystone-failed", 500, "", nil,
			"500 JSON \"other_error\"", "Keystone failed at the request: {message}", "the reason stands in Keystone's log; after a certificate was shown, mostly the mapping's rules"),
		{Slug: "oauth2-answer-odd", Steps: oauth2Token, Known: []Fact{OddGrant},
			Sight: "200, and no access_token of type Bearer", Cause: "something else than Keystone answers at the token endpoint, or changes its answer: {seen}", Mend: "see what stands in front: curl -si -X POST {keystone}" + OAuth2Path},
	}
}
