package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/register"
	"github.com/fedstone/fedstone/internal/register/adapter"
	"github.com/fedstone/fedstone/internal/secret"
)

// TestAdapterOnLab puts the adapter in front of Keycloak: a client that is registered
// there logs in at Keycloak, and validate judges what Keycloak exports of it.
func TestAdapterOnLab(t *testing.T) {
	r := newRegistered(t)
	t.Setenv("CORP_REGISTRAR_SECRET", labtest.Secret(t, r.Lab, "corp-registrar"))
	dir := adapterFolder(t)
	s := serveAt(t, dir, "--idp", "corp", "-f", r.File, "--ca-file", r.Lab.CAFile)
	web, err := oidc.NewHTTPClient(filepath.Join(dir, "ca.pem"))
	if err != nil {
		t.Fatal(err)
	}
	a := adapter.New(web, register.Endpoint{URL: s.url, ID: "zync", Secret: secret.New("account-canary")})
	k := r.keycloak(t)
	want := register.Registration{ID: "by-adapter", Name: "By an adapter", Secret: secret.New("by-adapter-canary"), Grants: []string{register.ClientCredentials}, RedirectURIs: []string{"https://wiki.example.org/back"}}
	t.Cleanup(func() { _ = k.Delete(context.Background(), want.ID, register.Handle{}) })
	if _, _, err := a.Create(t.Context(), want); err != nil {
		t.Fatal(err)
	}
	if err := r.clientToken(t, want); err != nil {
		t.Error("with the secret that was registered:", err)
	}
	want.Name, want.Secret = "Renamed", secret.New("another-canary")
	if _, _, err := a.Update(t.Context(), want, register.Handle{}); err != nil {
		t.Fatal(err)
	}
	if got, _, err := a.Read(t.Context(), want.ID, register.Handle{}); err != nil || got.Name != "Renamed" || r.clientToken(t, want) != nil {
		t.Errorf("%+v, %v", got, err)
	}
	if _, _, err := a.Update(t.Context(), register.Registration{ID: "lab-registrar"}, register.Handle{}); err == nil || !strings.Contains(err.Error(), "not made by this adapter") {
		t.Error("a client of somebody else's:", err)
	}
	r.exports(t, k, want.ID)
	if err := a.Delete(t.Context(), want.ID, register.Handle{}); err != nil || r.clientToken(t, want) == nil {
		t.Error("deleted, and it still gets a token:", err)
	}
	if log := s.end(); strings.Contains(log, "canary") {
		t.Error(log)
	}
}

// clientToken asks Keycloak for a token by client credentials.
func (r registered) clientToken(t *testing.T, c register.Registration) error {
	t.Helper()
	doc, err := oidc.Discover(t.Context(), r.web(t), labtest.IssuerURL(t, r.Lab, "corp"))
	if err != nil {
		t.Fatal(err)
	}
	_, err = oidc.ClientCredentials(t.Context(), r.web(t), doc, oidc.Client{ID: c.ID, Secret: c.Secret}, nil)
	return err
}

// exports holds validate against what Keycloak itself gives of a client: as it was
// registered, and as somebody has spoilt it.
func (r registered) exports(t *testing.T, k register.Keycloak, id string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "client.json")
	validated := func() string {
		writeIn(t, filepath.Dir(file), "client.json", r.exported(t, k, id))
		var out bytes.Buffer
		run(t.Context(), []string{"fedstone", "validate", file}, nil, &out, &out)
		return out.String()
	}
	if out := validated(); !strings.Contains(out, "nothing found in 1 file") {
		t.Error("as it was registered:", out)
	}
	have, _, err := k.Read(t.Context(), id, register.Handle{})
	if err != nil {
		t.Fatal(err)
	}
	have.Grants, have.RedirectURIs = append(have.Grants, register.Code, "implicit"), []string{"https://wiki.example.org/*", "http://wiki.example.org/"}
	if _, _, err := k.Update(t.Context(), have, register.Handle{}); err != nil {
		t.Fatal(err)
	}
	out := validated()
	for _, slug := range []string{"redirect-uri-wildcard", "client-redirect-not-https", "implicit-flow-on", "service-account-on-relying-party"} {
		if !strings.Contains(out, "["+slug+"]") {
			t.Errorf("no %s in\n%s", slug, out)
		}
	}
	if strings.Contains(out, "canary") {
		t.Error("a secret is shown:", out)
	}
}

// exported is a client as Keycloak writes it.
func (r registered) exported(t *testing.T, k register.Keycloak, id string) string {
	t.Helper()
	token, err := k.Account(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, k.Endpoint+"/"+id, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+token.Reveal())
	resp, err := r.web(t).Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	text, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		t.Fatal(resp.Status, err)
	}
	return string(text)
}
