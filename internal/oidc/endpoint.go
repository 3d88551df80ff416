package oidc

// CheckEndpoint refuses an endpoint that a document names and no request may go to:
// what is no plain https URL, and what lies inside this machine or network where the
// one who names it does not. name is the endpoint's in messages. The error is an
// *Error without a place.
func CheckEndpoint(name, endpoint, from string) error { return checkEndpoint(name, endpoint, from) }
