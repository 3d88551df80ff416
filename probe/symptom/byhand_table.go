package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// What a person asks, of which the probe asks only some.
const (
	askedAuth     = "asked-auth"     // the path of the exchange, with a bearer
	askedBare     = "asked-bare"     // the same without
	askedRedirect = "asked-redirect" // the redirect URI
	askedWebsso   = "asked-websso"   // a provider's websso path
	askedGlobal   = "asked-global"   // the websso path that names none
	askedResource = "asked-resource" // another path of Keystone
	askedSecure   = "asked-secure"   // the placeholder of Keystone's documentation
	askedBrowser  = askedWebsso + " " + askedGlobal
)

// byHand is a symptom of what somebody asked with curl.
func byHand(slug, steps string, status []int, by keystone.AnsweredBy, seen, sight, cause, mend string, rules ...string) Symptom {
	return Symptom{Slug: slug, Steps: steps, Status: status, By: by, Seen: seen, Sight: sight, Cause: cause, Mend: mend, Rules: rules}
}

// byHandSymptoms: what `fedstone explain -` is asked about, and the probe never sees.
func byHandSymptoms() []Symptom {
	all := append(exchangeByHand(), redirectByHand()...)
	all = append(append(all, webssoByHand()...), keystoneByHand()...)
	return append(all, samlByHand()...)
}

// exchangeByHand: the path of the exchange.
func exchangeByHand() []Symptom {
	const fine = "nothing is wrong: "
	followed := byHand("redirect-followed", askedAuth, nil, "", "",
		"a page of another host, to which curl -L went on",
		"curl -L has followed a redirect to {followed}: this page is the issuer's, for a person to log in, and says nothing about Keystone",
		"ask without -L, and hand on that answer; a bearer never goes where a redirect points")
	followed.Known, followed.Truly = []Fact{RedirectFollowed}, keystone.ByIDP
	const send = "printf 'Authorization: Bearer %s' \"$TOKEN\" | curl -si -X POST -H @- -H 'Accept: application/json' '{keystone}{path}'"
	bare := fine + "httpd asks for a bearer, as it has to, and none was sent"
	unverified := "httpd could not verify the token: it has expired, or is of another issuer or audience, or httpd lacks the keys of {issuer}"
	judge := "`fedstone probe --idp {idp} --token {idp}=TOKENFILE` judges the token and tells which of these it is"
	return []Symptom{
		followed,
		byHand("token-given", askedAuth, []int{201}, keystone.ByItself, "", "201 with X-Subject-Token, for a bearer",
			fine+"Keystone took the bearer, and gives an unscoped token of its own", "send what stands in X-Subject-Token as X-Auth-Token; for one of a project: `fedstone token --idp {idp} --project PROJECT`"),
		byHand("bearer-not-sent", askedBare, []int{401}, keystone.ByOpenIDC, "", "401 with a Bearer challenge of mod_auth_openidc, for a request without a bearer", bare, send),
		byHand("bearer-not-sent", askedBare, []int{401}, keystone.ByOAuth2, "", "401 with a Bearer challenge of mod_oauth2, for a request without a bearer", bare, send),
		byHand("bearer-unverified", askedAuth, []int{401}, keystone.ByOpenIDC, "could not be validated", "401 \"JWT token could not be validated\", and nobody has judged the token", unverified, judge, "keys-of-another-issuer", "bearer-without-verification"),
		byHand("bearer-unverified", askedAuth, []int{401}, keystone.ByOAuth2, "could not be verified", "401 \"Token could not be verified.\", and nobody has judged the token", unverified, judge, "oauth2-keys-of-several-issuers"),
	}
}

// redirectByHand: the redirect URI, which is for browsers on their way back.
func redirectByHand() []Symptom {
	by := keystone.ByOpenIDC
	const bare = "the redirect URI was asked without an answer of the issuer: the module's page hands on what stands behind # in a browser's address, and there is nothing"
	const instead = "a login begins at {websso} in a browser; a script sends its token to POST {path}"
	return []Symptom{
		byHand("redirect-uri-bare", askedRedirect, []int{200}, "", "submitting", "200, a page \"Submitting…\" at the redirect URI", bare, instead),
		byHand("redirect-uri-bare", askedRedirect, []int{200}, by, "", "200 with an empty body at the redirect URI", bare, instead),
		{Slug: "redirect-uri-by-hand", Steps: askedRedirect + " " + askedBrowser, Status: []int{400}, By: keystone.ByHTTPD, Truly: by,
			Sight: "400 page of httpd for an ID token, or a code, with a state",
			Cause: "the module's handler takes an answer of the issuer only from the browser that it has sent there: the state belongs to a cookie, which a request made by hand does not have",
			Mend:  "do not send tokens to the redirect URI: " + instead, Rules: []string{"redirect-uri-is-keystone-path"}},
	}
}

// keystoneByHand: Keystone's resources, and the placeholder of its documentation.
func keystoneByHand() []Symptom {
	bearer := byHand("resource-with-bearer", askedResource, []int{401}, keystone.ByItself, "", "401 JSON of Keystone for GET /v3/projects and the like with the issuer's token",
		"Keystone reads X-Auth-Token alone, and no token of an issuer: a bearer counts on the path of the exchange only",
		"exchange it first: POST {path} with `Authorization: Bearer`, then send what comes in X-Subject-Token as X-Auth-Token")
	bearer.Known = []Fact{BearerGiven}
	return []Symptom{
		bearer,
		byHand("placeholder-path", askedSecure, []int{404}, "", "", "404 for GET /secure",
			"/secure is the placeholder of Keystone's own documentation for a path that httpd guards: nothing is there", "ask POST {path}"),
	}
}
