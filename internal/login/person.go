package login

import "time"

// Person is who agrees to a login. Nothing that it is shown is a result: it goes
// to standard error, or to a browser.
type Person interface {
	// ShowDevice shows where to type which code. Complete, where the issuer has
	// one, is the URI that holds the code already.
	ShowDevice(d Device)
	// OpenBrowser opens the issuer's page, or shows its URL where it cannot. The
	// URL is for this person alone.
	OpenBrowser(issuer, url string)
	// Tell says why it takes longer.
	Tell(text string)
}

// Device is a login on another device (RFC 8628 section 3.3).
type Device struct {
	Issuer   string
	Code     string
	URI      string
	Complete string // "" where the issuer has none
	Expires  time.Time
}
