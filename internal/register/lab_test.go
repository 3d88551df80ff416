package register_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/fedstone/fedstone/internal/lab"
	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/secret"
)

// realm is one of the lab's Keycloak realms, and an account there that may register.
type realm struct {
	issuer  string
	peer    register.Peer
	account register.Keycloak
}

func openRealm(t *testing.T, l *lab.Lab, name string) realm {
	t.Helper()
	web, err := oidc.NewHTTPClient(l.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	r := realm{issuer: labtest.IssuerURL(t, l, name), peer: register.Peer{Web: web}}
	client := oidc.Client{ID: "lab-registrar", Secret: secret.New(labtest.Secret(t, l, name+"-registrar"))}
	r.account = register.Keycloak{Peer: r.peer, Endpoint: register.KeycloakEndpoint(r.issuer), Account: register.AccountOf(web, r.issuer, client)}
	return r
}

// initial has Keycloak issue an initial access token, as its administrator would.
func (r realm) initial(t *testing.T, count int) secret.Value {
	t.Helper()
	bearer, err := r.account.Account(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	answer, err := r.peer.Ask(t.Context(), register.Question{Method: http.MethodPost, Bearer: bearer,
		Address: strings.Replace(r.issuer, "/realms/", "/admin/realms/", 1) + "/clients-initial-access", Body: map[string]int{"count": count, "expiration": 600}})
	if err != nil {
		t.Fatal(err)
	}
	token, err := answer.Text("token")
	if err != nil {
		t.Fatal(err)
	}
	return secret.New(token)
}

// full is a registration with a word in every field.
func full(id string) register.Registration {
	return register.Registration{ID: id, Name: "Full", Description: "made by fedstone for a test", AuthMethod: register.Basic,
		RedirectURIs: []string{"https://rp.example.org/callback"}, PostLogoutURIs: []string{"https://rp.example.org/a", "https://rp.example.org/b"},
		Grants: []string{register.Code, register.Password, register.ClientCredentials, register.Device}, PKCE: "S256", Audience: "keystone", GroupClaim: "groups",
		Secret: secret.New("a-secret-of-this-test-alone")}
}

// expectSame holds a registration against what was wanted, its lists as sets.
func expectSame(t *testing.T, want, got register.Registration) {
	t.Helper()
	sets := cmpopts.SortSlices(func(a, b string) bool { return a < b })
	if diff := cmp.Diff(want, got, sets, cmpopts.EquateEmpty(), cmp.Comparer(func(a, b secret.Value) bool { return a.Reveal() == b.Reveal() })); diff != "" {
		t.Errorf("wanted (-) and read (+):\n%s", diff)
	}
}

// life goes through create, read, update, delete.
func life(t *testing.T, k register.Keycloak, want register.Registration) {
	t.Helper()
	got, way, err := k.Create(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	expectSame(t, want, got)
	got, way, err = k.Read(t.Context(), want.ID, way)
	if err != nil {
		t.Fatal(err)
	}
	expectSame(t, want, got)
	want.RedirectURIs, want.PostLogoutURIs, want.Grants, want.PKCE, want.Audience = []string{}, nil, []string{register.ClientCredentials}, "", "other"
	want.Secret = secret.New("another-secret-of-this-test")
	got, way, err = k.Update(t.Context(), want, way)
	if err != nil {
		t.Fatal(err)
	}
	expectSame(t, want, got)
	if err := k.Delete(t.Context(), want.ID, way); err != nil {
		t.Fatal(err)
	}
	if _, _, err := k.Read(t.Context(), want.ID, way); !errors.Is(err, register.ErrNotFound) && !errors.As(err, new(*register.Gone)) {
		t.Errorf("read after it was deleted: %v", err)
	}
}

// TestKeycloakOnLab: by an account, and by an initial access token.
func TestKeycloakOnLab(t *testing.T) {
	l := labtest.Open(t)
	corp := openRealm(t, l, "corp")
	t.Run("a key", func(t *testing.T) { keyLogsIn(t, corp, l.SecretFile("corp-keystone-cli-key")) })
	t.Run("account", func(t *testing.T) { life(t, corp.account, full("life-by-account")) })
	t.Run("one that is there", func(t *testing.T) {
		if _, _, err := corp.account.Create(t.Context(), full("keystone")); !errors.Is(err, register.ErrExists) {
			t.Errorf("got %v", err)
		}
	})
	t.Run("initial access token", func(t *testing.T) {
		k := corp.account
		k.Account, k.Initial = nil, corp.initial(t, 1)
		life(t, k, full("life-by-token"))
		_, _, err := k.Create(t.Context(), full("one-too-many"))
		if err == nil || !strings.Contains(err.Error(), "as many clients as it may") {
			t.Errorf("a used-up token: %v", err)
		}
	})
	t.Run("public", func(t *testing.T) {
		want := full("life-public")
		want.AuthMethod, want.Secret, want.Grants = register.None, secret.Value{}, []string{register.Code, register.Device}
		got, way, err := corp.account.Create(t.Context(), want)
		if err != nil {
			t.Fatal(err)
		}
		expectSame(t, want, got)
		if err := corp.account.Delete(t.Context(), want.ID, way); err != nil {
			t.Error(err)
		}
	})
}

// keyLogsIn registers the public half of a key, and gets a token with the private one.
func keyLogsIn(t *testing.T, r realm, path string) {
	t.Helper()
	key, err := oidc.LoadSigningKey(path)
	if err != nil {
		t.Fatal(err)
	}
	want := full("life-by-key")
	want.AuthMethod, want.Secret = register.Key, secret.Value{}
	if want.KeySet, err = key.PublicSet(); err != nil {
		t.Fatal(err)
	}
	got, way, err := r.account.Create(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := r.account.Delete(t.Context(), want.ID, way); err != nil {
			t.Error(err)
		}
	}()
	got.Secret = secret.Value{} // Keycloak makes one all the same
	expectSame(t, want, got)
	doc, err := oidc.Discover(t.Context(), r.peer.Web, r.issuer)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := oidc.ClientCredentials(t.Context(), r.peer.Web, doc, oidc.Client{ID: want.ID, Key: key}, nil); err != nil {
		t.Error(err)
	}
}

// TestKeycloakPolicies: a realm as Keycloak makes it refuses the mappers, and says so.
func TestKeycloakPolicies(t *testing.T) {
	l := labtest.Open(t)
	partner := openRealm(t, l, "partner")
	_, _, err := partner.account.Create(t.Context(), full("refused"))
	if err == nil || !strings.Contains(err.Error(), "add oidc-audience-mapper and oidc-group-membership-mapper") {
		t.Errorf("got %v", err)
	}
	nobody := partner.account
	nobody.Account = nil
	plain := full("life-without-mappers")
	plain.Audience, plain.GroupClaim = "", ""
	_, _, err = nobody.Create(t.Context(), plain)
	if err == nil || !strings.Contains(err.Error(), "no initial access token of this realm's") {
		t.Errorf("got %v", err)
	}
	got, way, err := partner.account.Create(t.Context(), plain)
	if err != nil {
		t.Fatal(err)
	}
	expectSame(t, plain, got)
	if err := partner.account.Delete(t.Context(), plain.ID, way); err != nil {
		t.Error(err)
	}
}

// TestDynamicOnLab: RFC 7591 and RFC 7592 at Keycloak and at the light provider.
func TestDynamicOnLab(t *testing.T) {
	l := labtest.Open(t)
	corp := openRealm(t, l, "corp")
	for name, d := range map[string]register.Dynamic{
		"corp":   {Peer: corp.peer, Endpoint: corp.issuer + "/clients-registrations/openid-connect", Initial: corp.initial(t, 1), Logout: true},
		"campus": {Peer: corp.peer, Endpoint: labtest.IssuerURL(t, l, "campus") + "/reg", Initial: secret.New(labtest.Secret(t, l, "campus-registrar")), Logout: true},
	} {
		t.Run(name, func(t *testing.T) { dynamicLife(t, d) })
	}
}

func dynamicLife(t *testing.T, d register.Dynamic) {
	t.Helper()
	want := d.Fit(full(""))
	want.Grants = []string{register.Code, register.RefreshToken, register.ClientCredentials}
	got, way, err := d.Create(t.Context(), want)
	if err != nil {
		t.Fatal(err)
	}
	want.ID, want.Secret = got.ID, got.Secret
	if got.ID == "" || got.Secret.Empty() || way.URI == "" {
		t.Fatalf("no id, secret or way back: %+v", got)
	}
	expectSame(t, want, got)
	want.Name, want.RedirectURIs, want.PostLogoutURIs = "Other", []string{"https://rp.example.org/other"}, nil
	if _, way, err = d.Update(t.Context(), want, way); err != nil {
		t.Fatal(err)
	}
	got, way, err = d.Read(t.Context(), want.ID, way)
	if err != nil {
		t.Fatal(err)
	}
	expectSame(t, want, got)
	old := way
	if err := d.Delete(t.Context(), want.ID, way); err != nil {
		t.Fatal(err)
	}
	if _, _, err := d.Read(t.Context(), want.ID, old); !errors.As(err, new(*register.Gone)) {
		t.Errorf("read after it was deleted: %v", err)
	}
	if _, _, err := (register.Dynamic{Peer: d.Peer, Endpoint: d.Endpoint}).Create(t.Context(), want); !slices.Contains([]int{400, 401, 403}, statusOf(err)) {
		t.Errorf("without an initial access token: %v", err)
	}
}

func statusOf(err error) int {
	var no *register.Refused
	if !errors.As(err, &no) {
		return 0
	}
	return no.Status
}
