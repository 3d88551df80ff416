package login_test

import "github.com/fedstone/fedstone/validate/prove"

func unauthProofs() map[string]proof {
	return map[string]proof{
		"unauth-action-by-expression":    answers(program("application/json"), 302, 401),
		"unauth-action-refuses-browsers": loginEnds(401, websso, "Unauthorized"),
		"websso-redirects-programs":      answers(program("*/*"), 302, 401),
	}
}

// program asks as a program does that takes answers of a kind.
func program(accept string) prove.Ask {
	return prove.Ask{Path: websso, Header: map[string]string{"Accept": accept}}
}
