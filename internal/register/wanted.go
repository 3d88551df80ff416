package register

import (
	"fmt"
	"net/url"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/spec"
)

// Want is a client that a description speaks of, and where its secret is.
type Want struct {
	Registration
	At     finding.Range
	Source spec.Secret // of its secret; not given: the client has none
}

// Wanted gives the clients that have to be registered at an identity provider: the
// relying party, probe's client, and those under register.clients, in this order.
// file gives the place of a path of the description's. An error is a key that cannot be read.
func Wanted(fed *spec.Federation, idp *spec.IdentityProvider, file func(string) string) ([]Want, error) {
	d := deployment{fed, idp}
	var all []Want
	if !fed.Service() {
		all = append(all, d.relyingParty()) // a cloud's identity service has no httpd that people come to
	}
	for _, c := range idp.Register.Clients {
		all = append(all, d.commandLine(c.ID, c.Name, c.Secret, d.probeGrants(c.ID, c.Grants)))
	}
	if p := idp.Probe; p != nil && p.Client.ID.Given() && p.Client.ID.Value != idp.Client.ID.Value {
		return d.withProbe(all, p, file)
	}
	return all, nil
}

type deployment struct {
	fed *spec.Federation
	idp *spec.IdentityProvider
}

func (d deployment) relyingParty() Want {
	w := Want{At: d.idp.Client.ID.At, Source: d.idp.Client.Secret, Registration: Registration{
		ID: d.idp.Client.ID.Value, Name: "Keystone at " + d.host(), Kind: RelyingParty, AuthMethod: Basic,
		RedirectURIs: []string{d.fed.Keystone.URL.Value + spec.RedirectPath}, PostLogoutURIs: d.logoutReturns(),
		Grants: []string{Code, RefreshToken}, PKCE: "S256", GroupClaim: d.groupClaim(),
	}}
	if d.idp.Without.PKCE.Given() {
		w.PKCE = ""
	}
	return d.finish(w)
}

// commandLine is a native program's client (RFC 8252): where it has the code grant
// it comes back to any port of the loopback address, which is what section 7.3 asks
// providers to allow.
func (d deployment) commandLine(id, name spec.Text, from spec.Secret, grants []spec.Text) Want {
	w := Want{At: id.At, Source: from, Registration: Registration{ID: id.Value, Name: name.Value, Kind: CommandLine, AuthMethod: None, GroupClaim: d.groupClaim()}}
	if w.Name == "" {
		w.Name = "OpenStack command line at " + d.host()
	}
	if from.Given() {
		w.AuthMethod = Basic
	}
	for _, g := range grants {
		w.Grants = append(w.Grants, grantNames()[g.Value])
	}
	if slices.Contains(w.Grants, Code) {
		w.PKCE, w.RedirectURIs = "S256", []string{"http://127.0.0.1/callback", "http://[::1]/callback"}
	}
	return d.finish(w)
}

// grantNames are the grants as federation.yaml spells them.
func grantNames() map[string]string {
	return map[string]string{"client_credentials": ClientCredentials, "password": Password, "device": Device, "code": Code, "refresh": RefreshToken}
}

// withProbe adds probe's client, or what probe says of one that is there.
func (d deployment) withProbe(all []Want, p *spec.Probe, file func(string) string) ([]Want, error) {
	i := slices.IndexFunc(all, func(w Want) bool { return w.ID == p.Client.ID.Value })
	if i < 0 {
		grants := d.probeGrants(p.Client.ID, nil)
		if len(grants) == 0 {
			return all, nil // its tokens come from elsewhere: how, nobody said
		}
		all, i = append(all, d.commandLine(p.Client.ID, spec.Text{}, p.Client.Secret, grants)), len(all)
	}
	w := &all[i]
	if p.Client.Secret.Given() && !w.Source.Given() {
		w.Source, w.AuthMethod = p.Client.Secret, Basic
	}
	if port := p.RedirectPort.Value; port != 0 && len(w.RedirectURIs) > 0 {
		w.RedirectURIs = []string{fmt.Sprintf("http://127.0.0.1:%d/callback", port)} // the one that token listens at
	}
	if p.Client.AuthMethod.Given() {
		w.AuthMethod = p.Client.AuthMethod.Value
	}
	return all, d.withKey(w, p.Client.Key, file)
}

// probeGrants are the given ones and, for probe's client, the one that probe uses; of
// refresh it does not follow how the first token is got.
func (d deployment) probeGrants(id spec.Text, given []spec.Text) []spec.Text {
	p := d.idp.Probe
	if p == nil || p.Client.ID.Value != id.Value || grantNames()[p.Grant.Value] == "" || p.Grant.Value == "refresh" {
		return given
	}
	if slices.ContainsFunc(given, func(t spec.Text) bool { return t.Value == p.Grant.Value }) {
		return given
	}
	return append(slices.Clone(given), p.Grant)
}

// withKey gives a client that shows itself by a key the public half.
func (d deployment) withKey(w *Want, path spec.Text, file func(string) string) error {
	if !path.Given() {
		return nil
	}
	key, err := oidc.LoadSigningKey(file(path.Value))
	if err != nil {
		return fmt.Errorf("client %s: %w", w.ID, err)
	}
	w.AuthMethod = Key
	w.KeySet, err = key.PublicSet()
	return err
}

// finish is what all clients have: the mark, and the audience of those whose access
// tokens Keystone takes.
func (d deployment) finish(w Want) Want {
	w.Description = sign(d.fed.Keystone.Owner.Value)
	held := slices.ContainsFunc(d.idp.Bearer.Clients, func(t spec.Text) bool { return t.Value == w.ID })
	if held && d.idp.Bearer.Token.Value != "id" && d.idp.Register.MakesMapper(spec.AudienceMapper) {
		w.Audience = d.idp.Bearer.Audience.Value
	}
	return w
}

// groupClaim is the claim whose names of groups the rules take; "" where there is
// none, or none is to be made.
func (d deployment) groupClaim() string {
	if !d.idp.Register.MakesMapper(spec.GroupsMapper) {
		return ""
	}
	for _, r := range d.idp.Rules {
		if claims := spec.Claims(r.GroupsBy.Value); len(claims) == 1 {
			return claims[0]
		}
	}
	return ""
}

// logoutReturns are the pages of Horizon that the issuer sends people back to; none
// where it never sees that they leave.
func (d deployment) logoutReturns() []string {
	if d.fed.Browser.Logout.Value != spec.LogoutEverywhere {
		return nil
	}
	var all []string
	for _, dashboard := range d.fed.Keystone.Dashboards {
		all = append(all, d.fed.Browser.LogoutReturn(dashboard.Value))
	}
	return all
}

func (d deployment) host() string {
	u, err := url.Parse(d.fed.Keystone.URL.Value)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
