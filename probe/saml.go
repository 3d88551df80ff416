package probe

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/ecp"
	"github.com/fedstone/fedstone/internal/input"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/probe/symptom"
)

// What the steps of a SAML identity provider bring.
const (
	haveMetadata fact = "the identity provider's metadata (metadata)"
	haveRequest  fact = "the service provider's request (ecp-request)"
	haveLogin    fact = "the identity provider's answer (ecp-login)"
	haveInside   fact = "a session of httpd (ecp-consume)"
)

// samlLook is what those steps share.
type samlLook struct {
	idp    *saml.IdP // nil until it was read
	err    error     // why it could not be
	read   bool      // whether that was tried
	client *ecp.Client
	idpAt  time.Time // the identity provider's clock at the login; zero: not told
}

// samlBefore gives the steps before a login.
func samlBefore() []step {
	return []step{
		{name: "reach", run: reach},
		{name: "metadata", run: metadata},
		{name: "no-session", needs: []fact{keystoneUp}, run: noSession},
		{name: "websso", run: samlWebsso},
	}
}

// samlLogin gives the steps of a login by ECP (SAML 2.0 Profiles, section 4.2).
func samlLogin() []step {
	return []step{
		{name: "ecp-request", needs: []fact{keystoneUp}, run: ecpRequest},
		{name: "ecp-login", needs: []fact{haveMetadata, haveRequest}, run: ecpLogin},
		{name: "ecp-consume", needs: []fact{haveLogin}, run: ecpConsume},
		{name: "ecp-exchange", needs: []fact{haveInside}, run: ecpExchange},
	}
}

// largestMetadata bounds what is fetched of an identity provider's metadata, in bytes.
const largestMetadata = 4 << 20

// look reads the metadata once: from the description's file or URL.
func (v *visit) look(ctx context.Context) (*saml.IdP, error) {
	s := &v.saml
	if s.read {
		return s.idp, s.err
	}
	s.read = true
	var text []byte
	if text, s.err = v.metadataText(ctx); s.err == nil {
		s.idp, s.err = saml.ReadIdP(text, v.idp.SAML.EntityID.Value)
	}
	return s.idp, s.err
}

func (v *visit) metadataText(ctx context.Context) ([]byte, error) {
	from := v.idp.SAML.Metadata.Value
	if !isAddress(from) {
		return input.File(v.opts.Local(from), largestMetadata)
	}
	a, err := keystone.Ask(ctx, v.web, keystone.Request{Method: http.MethodGet, URL: from, Header: http.Header{"Accept": {"application/samlmetadata+xml, application/xml, text/xml, */*;q=0.1"}}})
	if err == nil && a.Status != http.StatusOK {
		err = &saml.Error{Got: fmt.Sprintf("%s answers %d", from, a.Status), Want: "200 with metadata"}
	}
	return a.Body, err
}

// samlPlace is where the identity provider is logged in at, or else where its
// metadata is; "" where neither is known.
func (v *visit) samlPlace() string {
	if v.saml.idp != nil {
		for _, binding := range []string{saml.SOAP, saml.Redirect, saml.POST} {
			if at := v.saml.idp.At(binding); at != "" {
				return at
			}
		}
	}
	if from := v.idp.SAML.Metadata.Value; isAddress(from) {
		return from
	}
	return ""
}

// isAddress tells a URL from the name of a file.
func isAddress(from string) bool { return strings.Contains(from, "://") }

// metadata reads what the identity provider says of itself, and judges what a login
// needs of it.
func metadata(ctx context.Context, v *visit) outcome {
	idp, err := v.look(ctx)
	if err != nil {
		return v.noMetadata(ctx, err)
	}
	v.facts[haveMetadata] = true
	marks := map[symptom.Fact]bool{
		symptom.SAMLNoSOAP:  idp.At(saml.SOAP) == "" && v.idp.Probe != nil,
		symptom.SAMLNoKeys:  len(idp.Signing) == 0,
		symptom.SAMLOutdate: !idp.ValidUntil.IsZero() && idp.ValidUntil.Before(v.now()),
	}
	for _, mark := range []symptom.Fact{symptom.SAMLNoKeys, symptom.SAMLOutdate, symptom.SAMLNoSOAP} {
		if marks[mark] {
			return v.marked(ctx, "metadata", keystone.Answer{AnsweredBy: keystone.ByIDP}, mark, "seen", idp.ValidUntil.UTC().Format(time.DateOnly))
		}
	}
	return outcome{verdict: Pass, by: keystone.ByIDP, notes: v.keyNotes(idp)}
}

// noMetadata parts a host that does not answer from metadata that cannot be read.
func (v *visit) noMetadata(ctx context.Context, err error) outcome {
	if isAddress(v.idp.SAML.Metadata.Value) && !isXML(err) {
		return v.unreachable(v.idp.SAML.Metadata.Value, err)
	}
	return v.marked(ctx, "metadata", keystone.Answer{}, symptom.SAMLUnreadable, "seen", err.Error(), "metadata", v.idp.SAML.Metadata.Value)
}

// keyNotes tell of the signing keys. That a certificate has ended does not matter to
// every service provider: they take it for the holder of a key.
func (v *visit) keyNotes(idp *saml.IdP) []string {
	var notes []string
	for _, c := range idp.Signing {
		text := fmt.Sprintf("signs with the key of %s, until %s", c.Subject, c.NotAfter.UTC().Format(time.DateOnly))
		if c.NotAfter.Before(v.now()) {
			text += ", which is over: Shibboleth and mod_auth_mellon do not mind, others do"
		}
		notes = append(notes, text)
	}
	return notes
}

// marked is the failed outcome for what a step has found out itself; pairs are words
// and what stands for them.
func (v *visit) marked(ctx context.Context, stepName string, a keystone.Answer, mark symptom.Fact, pairs ...string) outcome {
	f := v.known(stepName)
	f.Answer, f.Marks, f.Words = a, append(f.Marks, mark), v.samlWords()
	for i := 0; i+1 < len(pairs); i += 2 {
		f.Words[pairs[i]] = pairs[i+1]
	}
	return v.outcome(a, v.diagnose(ctx, f, nil))
}

// samlWords are names of this way that the symptoms' texts may use.
func (v *visit) samlWords() map[string]string {
	return map[string]string{
		"sp": v.fed.ServiceProvider(v.idp), "module": string(v.samlModule()), "endpoints": v.idp.Endpoints(), "entity": v.idp.SAML.EntityID.Value,
		"metadata": v.idp.SAML.Metadata.Value, "seen": "", "want": "", "place": v.samlPlace(),
	}
}

// samlModule is httpd's service provider.
func (v *visit) samlModule() keystone.AnsweredBy {
	if v.idp.ByShibboleth() {
		return keystone.ByShib
	}
	return keystone.ByMellon
}

// enterBySAML brings an unscoped token without looking at anything that a login does
// not need.
func (v *visit) enterBySAML(ctx context.Context, out *Brought) error {
	for _, s := range append([]step{{name: "metadata", run: metadata}}, samlLogin()...) {
		s.needs = nil // each step before it has passed
		if err := v.must(ctx, s); err != nil {
			return err
		}
	}
	issued, err := issuedBy(v.answer, v.session.Token)
	out.Unscoped, out.Scoped = issued, issued
	return err
}
