package cabundle

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
)

// namesakes bounds how many certificates of one name are tried.
const namesakes = 8

// root: the chain of a CA ends in one that signs itself. OpenSSL's own programs and
// older libcurls take no other end; Go, and libcurl since 7.68, take any.
func (j *judge) root(c Certificate) {
	if ownName(c.Certificate) {
		return
	}
	candidates := j.bySubject[string(c.RawIssuer)]
	switch {
	case len(candidates) == 0:
		j.tell(c, finding.Warning, "ca-root-missing", fmt.Sprintf("is an intermediate CA, and the bundle does not hold %.200q, which signed it: some programs take it for a root, others do not", c.Issuer.String()), "")
	case !signedByOne(c, candidates):
		j.list = append(j.list, finding.Finding{Slug: "ca-other-key", Severity: finding.Warning, At: c.At,
			Message: fmt.Sprintf("%s was signed by another key than that of %.200q in the bundle", Name(c.Certificate), c.Issuer.String()),
			Hint:    hintOf("ca-other-key", ""),
			Related: []finding.Related{{Message: "the CA of that name", At: candidates[0].At}}})
	}
}

func signedByOne(c Certificate, by []Certificate) bool {
	for _, ca := range by[:min(len(by), namesakes)] {
		if ca.CheckSignature(c.SignatureAlgorithm, c.RawTBSCertificate, c.Signature) == nil {
			return true
		}
	}
	return len(by) > namesakes // not all were tried
}
