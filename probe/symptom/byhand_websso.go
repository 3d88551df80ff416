package symptom

import "github.com/fedstone/fedstone/internal/keystone"

// webssoByHand: the paths that a dashboard sends browsers to.
func webssoByHand() []Symptom {
	by, module := keystone.ByItself, keystone.ByOpenIDC
	const nobody = "Keystone itself answered, and nobody has logged in: no section of httpd's configuration covers "
	door := "add <Location {websso}> with `AuthType openid-connect` (`fedstone render` writes it)"
	uncovered := byHand("websso-uncovered", askedWebsso, []int{401}, by, "", "401 JSON of Keystone at a provider's websso path, also for a browser", nobody+"{websso}", door, "federation-path-unprotected", "provider-without-door", "location-mistyped")
	uncovered.Second = []Second{{"websso", Want{By: by}}}
	global := byHand("websso-global-uncovered", askedGlobal, []int{401}, by, "", "401 JSON of Keystone at the websso path that names no provider, also for a browser", nobody+"{global}",
		"ask a provider's own path: GET {websso}?origin={dashboard}; and close this one: <Location {global}> with `Require all denied` (`fedstone render` writes both)", "federation-path-unprotected", "federation-paths-not-closed")
	global.Second = []Second{{"websso-global", Want{By: by}}}
	return []Symptom{
		byHand("websso-begins", askedBrowser, []int{302, 303}, module, "", "302 to the issuer's login page at a websso path",
			"nothing is wrong: the path is for browsers, and the module sends them to {host} to log in", "open it in a browser; a script sends its token to POST {path}"),
		byHand("websso-choice", askedGlobal, []int{200}, module, "Provider Discovery", "200, a page that lists identity providers, at the websso path that names none",
			"nothing is wrong with the module: this path names no provider, and there are several", "ask a provider's own path: GET {websso}?origin={dashboard}; in Horizon WEBSSO_IDP_MAPPING names it", "global-websso-shows-list"),
		byHand("websso-page", askedBrowser, []int{200}, "", `name="sso"`, "200, a page whose form posts a token to the dashboard",
			"nothing is wrong: the login has worked, and this page hands the dashboard its Keystone token", "see that its form goes to {dashboard}; a script asks POST {path}, and gets its token in X-Subject-Token"),
		byHand("websso-without-origin", askedBrowser, []int{400}, by, "origin query parameter", "400 \"Request must have an origin query parameter\"",
			"the request has no origin, so Keystone does not know to which dashboard the token goes; and unless you were logged in, no section of httpd's configuration covers the path", "GET {websso}?origin={dashboard}; "+door),
		uncovered, global,
		byHand("websso-login-refused", askedBrowser, []int{401}, by, "", "401 JSON of Keystone at a websso path that httpd guards",
			"Keystone refuses after the login, and does not say why: {dashboard} is not among its trusted_dashboard, or no rule of the mapping fits",
			trusted+"; if it stands there, Keystone's log says which claim is missing", "trusted-dashboard-missing", "trusted-dashboard-differs", "trusted-dashboard-malformed"),
	}
}
