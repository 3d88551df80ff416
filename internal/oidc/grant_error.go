package oidc

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"strings"

	"golang.org/x/oauth2"
)

// refusal are the two members of an error answer that RFC 6749 sections 5.2 and
// 4.1.2.1 define, and nothing else: the rest may echo the request.
type refusal struct {
	grant, code, description string
	// status is the HTTP status; 0 for an answer that came by the browser.
	status int
}

// grantError turns an error of x/oauth2 into an *Error.
func grantError(at, grant string, err error) error {
	var refused *oauth2.RetrieveError
	if !errors.As(err, &refused) {
		return tokenAnswerError(at, err)
	}
	if status := refused.Response.StatusCode; status >= 300 && status < 400 {
		return answerError(at, refused.Response)
	}
	return refusal{grant, refused.ErrorCode, refused.ErrorDescription, refused.Response.StatusCode}.at(at)
}

func (r refusal) at(place string) *Error {
	got := "the provider refused"
	if r.status != 0 {
		got += fmt.Sprintf(" (%d)", r.status)
	}
	if r.code != "" {
		got += fmt.Sprintf(": %s %s", Excerpt(r.code, 60), Excerpt(r.description, 200))
	}
	return &Error{Kind: GrantRefused, Code: r.code, At: place, Got: strings.TrimSpace(got), Want: "an access token", Mend: r.mend()}
}

// tokenAnswerError tells transport errors from answers that x/oauth2 could not
// read, whose own text may quote the answer and is dropped.
func tokenAnswerError(at string, err error) error {
	var transport *url.Error
	if errors.As(err, &transport) || KindOf(err) != "" || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return TransportError(at, err)
	}
	return malformed(at, "the answer of the token endpoint is not what RFC 6749 section 5.1 says", "JSON with access_token and token_type")
}
