package probe

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
	"github.com/fedstone/fedstone/probe/symptom"
)

// ClientPrefix stands before the name of an OAuth 2.0 client among identity providers,
// whose ids hold no slash.
const ClientPrefix = "oauth2/"

// Credentials are what a client shows: an id with a secret, or with a certificate.
type Credentials struct {
	ID     string
	Secret secret.Value
	// Certified is the client whose connections show Shown's certificate; nil where
	// there is a secret.
	Certified *http.Client
	Shown     *Certificates
}

// issuance is the walk of one client of Keystone's own tokens.
type issuance struct {
	client spec.OAuth2Client
	mtls   *spec.MTLS
	shows  Credentials
	issued keystone.Issued
}

// clientSteps are those of an OAuth 2.0 client.
func clientSteps() []step {
	return []step{
		{name: "oauth2-no-client", run: noClient},
		{name: "oauth2-token", run: issueToken},
		{name: "oauth2-check", needs: []fact{haveScoped}, run: checkIssued},
		{name: "oauth2-service", when: func(v *visit) bool { return v.issuance.client.Service.Given() }, needs: []fact{haveScoped}, run: useService},
		{name: "revoke", always: true, run: revoke},
	}
}

// clientIDs names the clients that can be probed: those of which this machine has what
// they show.
func clientIDs(fed *spec.Federation) (ids []string) {
	if fed.OAuth2 == nil {
		return nil
	}
	for _, c := range fed.OAuth2.Clients {
		if c.SecretFile.Given() || c.Certificate.Given() {
			ids = append(ids, ClientPrefix+c.Name.Value)
		}
	}
	return ids
}

// planClients gives the visits of the clients, of those named where any are.
func planClients(fed *spec.Federation, opts Options) (visits []*visit) {
	if opts.Credentials == nil {
		return nil
	}
	for _, id := range clientIDs(fed) {
		if len(opts.Names) > 0 && !slices.Contains(opts.Names, id) {
			continue
		}
		visits = append(visits, clientVisit(fed, id, opts))
	}
	return visits
}

// clientVisit is the walk of a client. It is drawn as an identity provider whose issuer
// Keystone itself is.
func clientVisit(fed *spec.Federation, id string, opts Options) *visit {
	v := newVisit(fed, &spec.IdentityProvider{ID: spec.Text{Value: id}, Issuer: fed.Keystone.URL, Protocol: spec.Text{Value: "oauth2"}}, opts)
	name := strings.TrimPrefix(id, ClientPrefix)
	i := slices.IndexFunc(fed.OAuth2.Clients, func(c spec.OAuth2Client) bool { return c.Name.Value == name })
	v.issuance = &issuance{client: fed.OAuth2.Clients[i], mtls: fed.OAuth2.MTLS}
	return v
}

// explainIssuing is explain for a client's walk, with what the step has found out.
func (v *visit) explainIssuing(ctx context.Context, stepName string, a keystone.Answer, words map[string]string, marks ...symptom.Fact) outcome {
	f := v.known(stepName)
	f.Answer, f.Asked, f.Words = a, keystone.OAuth2Path, words
	f.Marks = append(f.Marks, marks...)
	return v.outcome(a, v.diagnose(ctx, f, nil))
}

// unreachableFor is unreachable for a step whose faults have symptoms of their own.
func (v *visit) unreachableFor(ctx context.Context, stepName, at string, err error) outcome {
	f := v.known(stepName)
	f.Fault = symptom.FaultOf(at, err)
	o := v.outcome(keystone.Answer{}, v.diagnose(ctx, f, nil))
	o.by = keystone.ByNobody
	return o
}

// noClient asks for a token and shows nobody: there must be none.
func noClient(ctx context.Context, v *visit) outcome {
	a, err := v.askToken(ctx, v.web, keystone.TokenRequest{})
	if err != nil {
		return v.unreachable(v.url, err)
	}
	v.facts[keystoneUp] = true
	if issued, err := keystone.IssuedBy(a); err == nil && a.Status == http.StatusOK {
		v.hold(issued.Token)
		return v.explainIssuing(ctx, "oauth2-no-client", a, nil, symptom.WithoutClient)
	}
	if a.Status == http.StatusUnauthorized && a.AnsweredBy == keystone.ByItself {
		return passed(a)
	}
	return v.explainIssuing(ctx, "oauth2-no-client", a, nil)
}

// askToken goes on for a while after an interrupt: the answer may bring a token.
func (v *visit) askToken(ctx context.Context, web *http.Client, r keystone.TokenRequest) (keystone.Answer, error) {
	own, cancel := finishing(ctx)
	defer cancel()
	return keystone.IssueToken(own, web, v.url, r)
}

// lasts says how long the token holds.
func lasts(i keystone.Issued) string {
	return "token for " + (time.Duration(i.Expires) * time.Second).String()
}

// shown gives the client for requests that show the certificate, which log what they
// ask; without one it is the visit's own.
func (v *visit) shown() *http.Client {
	if v.issuance.shows.Certified == nil {
		return v.web
	}
	own := *v.issuance.shows.Certified
	own.Transport = v.log.through(own.Transport)
	return &own
}
