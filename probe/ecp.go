package probe

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/ecp"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/saml"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/probe/symptom"
)

// noSession asks without a session and without the headers of ECP: httpd has to send
// the caller to log in, or refuse.
func noSession(ctx context.Context, v *visit) outcome {
	a, err := v.present(ctx, secret.Value{})
	if err != nil {
		return v.unreachable(v.url, err)
	}
	if a.Status == http.StatusCreated {
		_, _ = v.keep(a)
	}
	if a.Status != http.StatusCreated && a.AnsweredBy != keystone.ByItself && a.Status < http.StatusNotFound && a.Status != http.StatusForbidden {
		return passed(a)
	}
	return v.marked(ctx, "no-session", a, symptom.SAMLDoor)
}

// ecpRequest asks the service provider for its request.
func ecpRequest(ctx context.Context, v *visit) outcome {
	v.saml.client = &ecp.Client{Web: v.web, URL: v.url + keystone.AuthPath(v.found.ID, v.found.Protocol), Mask: v.opts.Mask}
	a, err := v.saml.client.Ask(ctx)
	if a.Status == http.StatusCreated {
		_, _ = v.keep(a)
	}
	if err != nil {
		return v.stopped(ctx, "ecp-request", a, err)
	}
	v.facts[haveRequest] = true
	asked := v.saml.client.Asked
	notes := []string{"the request of " + asked.Authn.Issuer + ", to be answered at " + asked.ConsumerURL}
	if kind := a.Header.Get("Content-Type"); kind != saml.PAOSType {
		notes = append(notes, "Content-Type is "+kind+": keystoneauth's v3samlpassword takes "+saml.PAOSType+" alone, to the letter")
	}
	if want := v.fed.ServiceProvider(v.idp); asked.Authn.Issuer != want {
		notes = append(notes, "the service provider calls itself "+asked.Authn.Issuer+", and in what is rendered it is "+want)
	}
	a.AnsweredBy = v.samlModule()
	return passed(a, notes...)
}

// ecpLogin logs in at the identity provider.
func ecpLogin(ctx context.Context, v *visit) outcome {
	endpoint := v.saml.idp.At(saml.SOAP)
	user, password, why := v.person()
	switch {
	case endpoint == "":
		return skipped("needs a SOAP endpoint of the identity provider, which its metadata does not name (metadata)")
	case why != "":
		return failed(keystone.Answer{}, why, "add `probe: {username: …, password: {env: …}}` to identity_providers."+v.found.ID)
	}
	own, cancel := finishing(ctx)
	defer cancel()
	a, err := v.saml.client.LogIn(own, endpoint, user, password)
	v.saml.idpAt, _ = http.ParseTime(a.Header.Get("Date"))
	if err != nil {
		return v.stopped(ctx, "ecp-login", a, err)
	}
	v.facts[haveLogin] = true
	return passed(a, assertionNotes(v.saml.client.Answered)...)
}

// assertionNotes tell what the assertion holds, less its values.
func assertionNotes(r *saml.Response) []string {
	if len(r.Assertions) == 0 {
		return []string{"the assertion is encrypted: what it says is seen by the service provider alone"}
	}
	notes := []string{}
	a := r.Assertions[0]
	if !a.NotBefore.IsZero() && !a.Ends.IsZero() {
		notes = append(notes, "it holds for "+a.Ends.Sub(a.NotBefore).Round(time.Second).String())
	}
	names := slices.Clone(a.Attributes)
	slices.Sort(names)
	return append(notes, "attributes: "+textOr(strings.Join(slices.Compact(names), ", "), "none"))
}

// ecpConsume hands the assertion to the service provider.
func ecpConsume(ctx context.Context, v *visit) outcome {
	own, cancel := finishing(ctx)
	defer cancel()
	a, err := v.saml.client.Consume(own)
	if err != nil {
		return v.stopped(ctx, "ecp-consume", a, err)
	}
	v.facts[haveInside] = true
	return passed(a)
}

// ecpExchange asks Keystone for a token with the session.
func ecpExchange(ctx context.Context, v *visit) outcome {
	own, cancel := finishing(ctx)
	defer cancel()
	a, err := v.saml.client.Exchange(own)
	if err != nil {
		return v.unreachable(v.url, err)
	}
	if a.Status != http.StatusCreated {
		return v.marked(ctx, "ecp-exchange", a, v.refusedInside(), "missing", strings.Join(v.missing(), ", "))
	}
	return v.exchanged(ctx, "ecp-exchange", a)
}

// refusedInside: the assertion lacks what the rules want, as far as can be seen.
func (v *visit) refusedInside() symptom.Fact {
	if len(v.missing()) > 0 {
		return symptom.SAMLAttributes
	}
	return symptom.SAMLDoor
}

// stopped is the failed outcome where the way ended: with an answer, or without one.
func (v *visit) stopped(ctx context.Context, stepName string, a keystone.Answer, err error) outcome {
	var stop *ecp.Stop
	if !errors.As(err, &stop) {
		at := v.url
		if stepName == "ecp-login" {
			at = v.samlPlace()
		}
		return v.unreachable(at, err)
	}
	o := v.marked(ctx, stepName, telling(a), v.markOf(stepName, stop, a), append([]string{"seen", stop.Got, "want", stop.Want}, v.judged(a)...)...)
	o.notes = append(o.notes, v.clockNotes(a)...)
	return o
}

// toldEnough is how much of an answer is looked through for words, in bytes.
const toldEnough = 64 << 10

// telling gives the beginning of an answer, as a person would see it: each symptom looks
// it through.
func telling(a keystone.Answer) keystone.Answer {
	a = readable(a)
	a.Body = a.Body[:min(len(a.Body), toldEnough)]
	return a
}
