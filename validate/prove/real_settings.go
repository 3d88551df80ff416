package prove

import (
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"regexp"
	"strings"
)

var (
	redirectLine = regexp.MustCompile(`(?mi)^[ \t]*OIDCRedirectURI[ \t]+"?(https://[^\s"]+)`)
	clientLine   = regexp.MustCompile(`(?mi)^[ \t]*OIDCClient(ID|Secret)[ \t]+"?([^\s"]+)`)
)

// writeReal writes the provider's settings, key and certificate where they are seen inside only.
func (s *Site) writeReal(l *layout, file, issuer string, port int) error {
	cert, key, err := s.ca.pair(strings.TrimPrefix(issuer, "https://"))
	if err != nil {
		return err
	}
	text, err := json.Marshal(map[string]any{"issuer": issuer, "port": port, "key": file + ".key", "cert": file + ".crt",
		"admin": Password, "clients": l.realClients(issuer), "people": realPeople()})
	if err != nil {
		return err
	}
	return s.world.do(func() error {
		return errors.Join(os.WriteFile(file, text, 0o600), os.WriteFile(file+".key", key, 0o600), os.WriteFile(file+".crt", cert, 0o600))
	})
}

func realPeople() []map[string]any {
	var people []map[string]any
	for _, name := range []string{"alice", "bob"} {
		people = append(people, map[string]any{"name": name, "given": name, "family": "Example", "groups": []string{"readers", "members"}, "password": Password})
	}
	return people
}

// realClients are the relying party, as the fixture has it, and the one that bearer tokens are issued to.
func (l *layout) realClients(issuer string) []map[string]any {
	id, secret := l.client(issuer)
	redirects := []string{}
	for _, m := range redirectLine.FindAllStringSubmatch(l.conf(), -1) {
		redirects = append(redirects, m[1])
	}
	clients := []map[string]any{
		{"id": id, "secret": secret, "grants": []string{"authorization_code", "refresh_token"}, "redirects": redirects},
		{"id": bearerClient, "secret": Password, "grants": []string{"password"}, "redirects": []string{}, "audience": "keystone"},
	}
	for _, c := range clients {
		c["method"], c["named"], c["seconds"], c["groups"] = "client_secret_basic", c["id"], 300, []string{}
	}
	return clients
}

// client is the id and the secret that the fixture has for an issuer.
func (l *layout) client(issuer string) (id, secret string) {
	for _, m := range clientLine.FindAllStringSubmatch(l.conf(), -1) {
		if strings.EqualFold(m[1], "ID") {
			id = m[2]
		} else {
			secret = m[2]
		}
	}
	file := struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}{id, secret}
	text := l.files["/etc/httpd/oidc/"+url.QueryEscape(strings.TrimPrefix(issuer, "https://"))+".client"]
	if err := json.Unmarshal(text, &file); err != nil {
		return id, secret // what is no client metadata the provider need not know
	}
	return file.ID, file.Secret
}
