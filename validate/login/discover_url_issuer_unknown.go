package login

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func discoverURLIssuerUnknown(w *view) rule.Rule {
	return rule.Rule{
		Slug:     "discover-url-issuer-unknown",
		Severity: finding.Error,
		Title:    "OIDCDiscoverURL names an issuer that the metadata directory does not have",
		Why: "The module looks for a file that is named after the issuer, and compares the `issuer` in it with the one that was asked for; scheme, port and path count, one final slash does not. " +
			"Without the file it asks that host for its metadata itself and fails for want of a client id; with another issuer in it the login ends in an error page. " +
			"No login through this path works.",
		Mend:   "Write the issuer exactly as its discovery document has it, percent-encoded, and see that its `.provider` and `.client` are in the directory.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_provider_get and oidc_metadata_provider_is_valid",
		After:  []string{"discover-url-issuer-malformed", "metadata-dir-empty", "metadata-name-wrong", "metadata-issuer-differs"},
		Check: func(p *rule.Pass) {
			compared := 0
			for _, d := range w.discoveries(p) {
				if what, hint := d.unknown(&compared); what != "" {
					p.On(d.Command, finding.Finding{Message: what, Hint: hint}, d.Door)
				}
			}
		},
	}
}

// unknown says why the metadata directory cannot serve the issuer; "" where it can,
// or where it is not at hand. compared counts the names that were compared, see
// nearIssuer.
func (d discovery) unknown(compared *int) (what, hint string) {
	f := d.Folder()
	if f == nil || f.Err != nil || d.Issuer == "" || !d.ours() {
		return "", ""
	}
	provider, client := f.Entry(d.Issuer, "provider"), f.Entry(d.Issuer, "client")
	if provider == nil && client == nil {
		return fmt.Sprintf("%s has no files of the issuer %s", f.Show, d.Issuer), d.nearIssuer(f, compared)
	}
	if provider == nil || provider.Doc == nil {
		return "", ""
	}
	if own := provider.Doc.Get("issuer").Text(); own != "" && !sameIssuer(own, d.Issuer) {
		return fmt.Sprintf("the issuer is %s here, but %s in %s: the module refuses it", d.Issuer, own, provider.Show), d.discoverLine(own)
	}
	return "", ""
}

// mostCompared is how many names are compared to find the one that was meant: with
// thousands of issuers on both sides it would take minutes.
const mostCompared = 100_000

// nearIssuer is the line with an issuer of the directory that was most likely meant.
func (d discovery) nearIssuer(f *subject.Folder, compared *int) string {
	var known []string
	if *compared += len(f.Entries); *compared > mostCompared {
		return d.files()
	}
	for _, e := range f.With("provider") {
		if e.Issuer != "" {
			known = append(known, e.Issuer)
		}
	}
	if near := finding.Nearest(d.Issuer, known); near != "" {
		return d.discoverLine(near)
	}
	return d.files()
}

func (d discovery) files() string {
	return fmt.Sprintf("put %s.provider and %s.client there", platform.MetadataName(d.Issuer), platform.MetadataName(d.Issuer))
}
