package access

import "github.com/fedstone/fedstone/validate/subject"

// hint gives Require lines that fit a door, to be filled in.
func hint(d *subject.Door) string {
	switch d.Kind {
	case subject.Auth:
		return "<RequireAll>\n    Require claim iss:ISSUER\n    Require claim aud:AUDIENCE\n</RequireAll>"
	case subject.WebSSO:
		return "Require claim iss:ISSUER"
	}
	return "Require valid-user"
}
