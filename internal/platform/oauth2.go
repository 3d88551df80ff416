package platform

import "slices"

// OAuth2 is mod_oauth2 as a distribution ships it, with its library. The zero
// OAuth2 is none: the distribution has no package of it.
type OAuth2 struct {
	Module  string // mod_oauth2's version: 3.3.1
	Library string // liboauth2's version: 1.4.5.4
}

// Shipped reports whether there is such a module.
func (o OAuth2) Shipped() bool { return o != OAuth2{} }

// Isolates reports whether a run of every token at every path has shown that the
// pair keeps issuers apart. What no run has shown is not taken to hold: pairs
// differ in what they check of a token and in what they remember of it.
func (o OAuth2) Isolates() bool { return slices.Contains(isolating(), o) }

// isolating are the pairs of such runs (docs/compatibility.md, internal/compat,
// TestRefusedAsRecorded; templates, TestStrategies).
func isolating() []OAuth2 {
	return []OAuth2{
		{Module: "3.3.1", Library: "1.4.5.4"}, // Debian 12
		{Module: "4.0.0", Library: "2.1.0"},   // Debian 13
		{Module: "4.2.0", Library: "2.4.0"},   // Debian testing
	}
}
