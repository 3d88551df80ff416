package symptom

import (
	"errors"

	"github.com/fedstone/fedstone/internal/oidc"
)

// FaultOf gives the fault of a request to a URL that got no answer.
func FaultOf(at string, err error) Fault {
	var typed *oidc.Error
	if !errors.As(oidc.TransportError(at, err), &typed) {
		return Fault{Kind: oidc.Network, At: at, Got: err.Error()}
	}
	return Fault{Kind: typed.Kind, At: typed.At, Got: typed.Got, Mend: typed.Mend}
}

// TokenOf gives what checking a bearer has shown.
func TokenOf(raw string, report oidc.Report) Token {
	t := Token{Checked: true, Size: len(raw)}
	for _, v := range report.Failed() {
		t.Problems = append(t.Problems, Problem{Check: v.Name, Seen: v.Seen, Expected: v.Expected, Mend: v.Mend})
	}
	return t
}
