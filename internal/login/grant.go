package login

import (
	"context"
	"time"

	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

// patience is how long a person may take in the browser. The issuer says how
// long on another device.
const patience = 5 * time.Minute

// grace is how long a request that may bring a token goes on after an interrupt.
const grace = 10 * time.Second

// grant logs in anew, as the description says.
func (l *Logins) grant(ctx context.Context, at Place, client oidc.Client) (oidc.Tokens, error) {
	if l.Unattended && byPerson(at.IDP.Probe.Grant.Value) {
		return oidc.Tokens{}, nobodyThere(at)
	}
	doc, err := at.Document(ctx)
	if err != nil {
		return oidc.Tokens{}, err
	}
	p := at.IDP.Probe
	switch p.Grant.Value {
	case "device":
		return l.device(ctx, at, doc, client)
	case "code":
		return l.code(ctx, at, doc, client)
	case "password":
		return l.password(ctx, at, doc, client)
	case "refresh":
		return l.first(ctx, at, doc, client)
	}
	own, cancel := finishing(ctx)
	defer cancel()
	return oidc.ClientCredentials(own, at.Web, doc, client, values(p.Scopes))
}

func (l *Logins) password(ctx context.Context, at Place, doc *oidc.Document, client oidc.Client) (oidc.Tokens, error) {
	p := at.IDP.Probe
	password, err := l.Resolve(p.Password)
	if err != nil {
		return oidc.Tokens{}, err
	}
	l.Mask.Add(password)
	own, cancel := finishing(ctx)
	defer cancel()
	return oidc.Password(own, at.Web, doc, client, p.Username.Value, password, values(p.Scopes))
}

// first uses the refresh token of the description.
func (l *Logins) first(ctx context.Context, at Place, doc *oidc.Document, client oidc.Client) (oidc.Tokens, error) {
	refresh, err := l.Resolve(at.IDP.Probe.RefreshToken)
	if err != nil {
		return oidc.Tokens{}, err
	}
	l.Mask.Add(refresh)
	own, cancel := finishing(ctx)
	defer cancel()
	return oidc.Refresh(own, at.Web, doc, client, refresh, nil)
}

func (l *Logins) device(ctx context.Context, at Place, doc *oidc.Document, client oidc.Client) (oidc.Tokens, error) {
	l.person.Lock()
	defer l.person.Unlock()
	started, err := oidc.DeviceStart(ctx, at.Web, doc, client, values(at.IDP.Probe.Scopes))
	if err != nil {
		return oidc.Tokens{}, err
	}
	l.Person.ShowDevice(Device{
		Issuer: doc.Issuer, Code: started.UserCode, URI: started.VerificationURI,
		Complete: started.VerificationURIComplete, Expires: started.Expires,
	})
	return started.Wait(ctx)
}

func (l *Logins) code(ctx context.Context, at Place, doc *oidc.Document, client oidc.Client) (oidc.Tokens, error) {
	l.person.Lock()
	defer l.person.Unlock()
	p := at.IDP.Probe
	started, err := oidc.CodeStart(ctx, at.Web, doc, client, values(p.Scopes), oidc.CodeOptions{ListenPort: p.RedirectPort.Value, LoginHint: p.Username.Value})
	if err != nil {
		return oidc.Tokens{}, err
	}
	l.Person.OpenBrowser(doc.Issuer, started.URL())
	own, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	return started.Wait(own)
}

func values(list []spec.Text) []string {
	var out []string
	for _, t := range list {
		out = append(out, t.Value)
	}
	return out
}

// finishing gives a context that outlives an interrupt by grace: were a request
// cut off at once, the issuer might have changed the refresh token already.
func finishing(ctx context.Context) (context.Context, context.CancelFunc) {
	own, cancel := context.WithCancel(context.WithoutCancel(ctx))
	stop := context.AfterFunc(ctx, func() {
		select {
		case <-own.Done():
		case <-time.After(grace):
			cancel()
		}
	})
	return own, func() { stop(); cancel() }
}
