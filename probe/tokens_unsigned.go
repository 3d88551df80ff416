package probe

import "github.com/fedstone/fedstone/probe/symptom"

// unsigned: tokens that say that nobody has signed them (RFC 8725 section 2.1), in
// the spellings and forms that verifiers have been taken in by.
func unsigned() []forgery {
	var out []forgery
	for _, algorithm := range []string{"none", "None"} {
		for _, form := range []struct {
			name string
			tail func(*forger) string
		}{
			{"", func(*forger) string { return "." }},
			{"-bare", func(*forger) string { return "" }},
			{"-signed", func(f *forger) string { return "." + f.parts[2] }},
		} {
			out = append(out, forgery{"alg-" + algorithm + form.name, symptom.AlgNone, func(f *forger) (string, error) {
				return f.header(members{"alg": algorithm}) + "." + f.parts[1] + form.tail(f), nil
			}})
		}
	}
	return out
}
