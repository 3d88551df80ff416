package probe

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/probe/symptom"
)

// issueToken asks for a token as the client.
func issueToken(ctx context.Context, v *visit) outcome {
	shows, err := v.opts.Credentials(v.issuance.client)
	if err != nil {
		return outcome{verdict: Fail, by: keystone.ByNobody, cause: err.Error(), mend: "fedstone apply makes the secret file; the certificate and its key are yours"}
	}
	v.issuance.shows = shows
	v.opts.Mask.Add(shows.Secret)
	a, err := v.askToken(ctx, v.shown(), keystone.TokenRequest{ID: shows.ID, Secret: shows.Secret})
	switch {
	case err != nil:
		return v.unreachableFor(ctx, "oauth2-token", v.url+keystone.OAuth2Path, err)
	case a.Status != http.StatusOK:
		return v.refusedClient(ctx, a)
	}
	return v.takeIssued(ctx, a)
}

// takeIssued takes charge of the token. RFC 6749, section 5.1.
func (v *visit) takeIssued(ctx context.Context, a keystone.Answer) outcome {
	issued, err := keystone.IssuedBy(a)
	if err != nil {
		return v.explainIssuing(ctx, "oauth2-token", a, map[string]string{"seen": err.Error()}, symptom.OddGrant)
	}
	v.scoped = v.hold(issued.Token)
	v.issuance.issued, v.facts[haveScoped] = issued, true
	if !strings.EqualFold(issued.Type, "Bearer") {
		return v.explainIssuing(ctx, "oauth2-token", a, map[string]string{"seen": fmt.Sprintf("token_type is %q", issued.Type)}, symptom.OddGrant)
	}
	return passed(a, lasts(issued))
}

// refusedClient finds out what Keystone does not say: it answers every refusal of a
// client alike since 2023.1.
func (v *visit) refusedClient(ctx context.Context, a keystone.Answer) outcome {
	if v.issuance.shows.Certified != nil {
		words, mark := v.judgeCertificate()
		return v.explainIssuing(ctx, "oauth2-token", a, words, mark)
	}
	if a.Status != http.StatusUnauthorized || !strings.Contains(string(a.Body), "Client authentication failed") {
		return v.explainIssuing(ctx, "oauth2-token", a, nil)
	}
	second, err := v.askToken(because(ctx, "whether the header or the client is refused"), v.web,
		keystone.TokenRequest{ID: v.issuance.shows.ID, Secret: v.issuance.shows.Secret, InBody: true})
	mark := symptom.RefusedInBody
	if issued, odd := keystone.IssuedBy(second); err == nil && odd == nil {
		v.hold(issued.Token)
		mark = symptom.TakenInBody
	}
	return v.explainIssuing(ctx, "oauth2-token", a, nil, mark)
}

// judgeCertificate holds the certificate against the description.
func (v *visit) judgeCertificate() (map[string]string, symptom.Fact) {
	shown, m := v.issuance.shows.Shown, v.issuance.mtls
	leaf := shown.Leaf()
	switch lacking := lackingParts(leaf.Subject, m.User); {
	case !shown.Asked():
		return nil, symptom.NotAsked
	case !slices.Contains(texts(m.Issuers), leaf.Issuer.CommonName):
		return map[string]string{"seen": leaf.Issuer.CommonName, "wanted": strings.Join(texts(m.Issuers), ", ")}, symptom.OtherCA
	case lacking != "":
		return map[string]string{"seen": leaf.Subject.String(), "wanted": lacking}, symptom.SubjectLacks
	}
	return nil, symptom.Shown
}

// checkIssued asks Keystone about the token: it counts, and is bound to the certificate
// where one was shown.
func checkIssued(ctx context.Context, v *visit) outcome {
	a, err := v.scoped.Validate(ctx)
	if err != nil {
		return v.unreachable(v.url, err)
	}
	if a.Status != http.StatusOK {
		return v.explainIssuing(ctx, "oauth2-check", a, nil)
	}
	var body struct {
		Token struct {
			User, Project struct{ Name string }
			Roles         []struct{ Name string }
			Credential    struct {
				Thumbprint string `json:"x5t#S256"`
			} `json:"oauth2_credential"`
		}
	}
	if err := json.Unmarshal(a.Body, &body); err != nil {
		return failed(a, "what Keystone says of the token cannot be read: "+err.Error(), "see what stands in front of Keystone")
	}
	t := body.Token
	v.found.User, v.found.Projects = t.User.Name, []string{t.Project.Name}
	var roles []string
	for _, r := range t.Roles {
		roles = append(roles, r.Name)
	}
	slices.Sort(roles)
	if shown := v.issuance.shows.Shown; shown != nil && t.Credential.Thumbprint != thumbprint(shown.Leaf().Raw) {
		seen := "no x5t#S256 in it"
		if t.Credential.Thumbprint != "" {
			seen = "x5t#S256 is another certificate's"
		}
		return v.explainIssuing(ctx, "oauth2-check", a, map[string]string{"seen": seen}, symptom.OtherThumb)
	}
	return passed(a, "roles "+strings.Join(roles, ", "))
}

// thumbprint is Keystone's: of the certificate's PEM text with its line breaks, where
// RFC 8705, section 3.1, has it of the DER bytes (keystone/common/utils.py,
// get_certificate_thumbprint).
func thumbprint(der []byte) string {
	sum := sha256.Sum256(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return base64.URLEncoding.EncodeToString(sum[:])
}
