package keystone

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"github.com/fedstone/fedstone/internal/secret"
)

// Session is a Keystone token and where it counts. Requests of a Session keep
// the whole answer, as those of Exchange do.
type Session struct {
	Client *http.Client
	URL    string // Keystone's, without /v3
	Token  secret.Value
}

// Named is a project, a domain or a group, which is never Enabled.
type Named struct {
	ID       string `json:"id"`
	Name     string `json:"name"`
	DomainID string `json:"domain_id"`
	Enabled  bool   `json:"enabled"`
}

// Projects lists the projects the token can be scoped to (GET /v3/auth/projects).
func (s Session) Projects(ctx context.Context) ([]Named, Answer, error) {
	return s.list(ctx, "projects")
}

// Groups lists a user's groups (GET /v3/users/{id}/groups), which a user may ask
// about itself. A federated one's are there while the identity provider's
// authorization_ttl lasts (keystone/identity/backends/sql.py); with none the list
// is empty, whatever groups the token holds.
func (s Session) Groups(ctx context.Context, userID string) ([]Named, Answer, error) {
	return s.listAt(ctx, "/v3/users/"+url.PathEscape(userID)+"/groups", "groups")
}

func (s Session) list(ctx context.Context, what string) ([]Named, Answer, error) {
	return s.listAt(ctx, "/v3/auth/"+what, what)
}

func (s Session) listAt(ctx context.Context, path, what string) ([]Named, Answer, error) {
	a, err := s.ask(ctx, http.MethodGet, path, nil, nil)
	if err != nil || a.Status != http.StatusOK {
		return nil, a, err
	}
	var body map[string]json.RawMessage
	var out []Named
	if err := json.Unmarshal(a.Body, &body); err != nil {
		return nil, a, malformedAnswer(path, err)
	}
	if err := json.Unmarshal(body[what], &out); err != nil {
		return nil, a, malformedAnswer(path, err)
	}
	return out, a, nil
}

// Rescope asks for a token scoped to a project, by method token (POST
// /v3/auth/tokens). The new token is the answer's.
func (s Session) Rescope(ctx context.Context, projectID string) (Answer, error) {
	return s.rescope(ctx, "project", projectID)
}

func (s Session) rescope(ctx context.Context, kind, target string) (Answer, error) {
	type id struct {
		ID string `json:"id"`
	}
	auth := map[string]any{
		"identity": map[string]any{"methods": []string{"token"}, "token": id{s.Token.Reveal()}},
		"scope":    map[string]any{kind: id{target}},
	}
	return Ask(ctx, s.Client, Request{Method: http.MethodPost, URL: s.URL + "/v3/auth/tokens", Body: map[string]any{"auth": auth}})
}

// Catalog asks for the service catalog of a scoped token (GET /v3/auth/catalog).
func (s Session) Catalog(ctx context.Context) (Answer, error) {
	return s.ask(ctx, http.MethodGet, "/v3/auth/catalog", nil, nil)
}

// Validate asks Keystone whether the token counts: 200, or 401 and 404 for one
// that does not. A token may validate itself.
func (s Session) Validate(ctx context.Context) (Answer, error) {
	return s.ask(ctx, http.MethodGet, "/v3/auth/tokens", s.subject(), nil)
}

// Revoke ends the token (DELETE /v3/auth/tokens): 204. A token may revoke itself.
func (s Session) Revoke(ctx context.Context) (Answer, error) {
	return s.ask(ctx, http.MethodDelete, "/v3/auth/tokens", s.subject(), nil)
}

func (s Session) subject() http.Header {
	return http.Header{"X-Subject-Token": {s.Token.Reveal()}}
}

func (s Session) ask(ctx context.Context, method, path string, header http.Header, body any) (Answer, error) {
	if header == nil {
		header = http.Header{}
	}
	header.Set("X-Auth-Token", s.Token.Reveal())
	return Ask(ctx, s.Client, Request{Method: method, URL: s.URL + path, Header: header, Body: body})
}

func malformedAnswer(path string, err error) error {
	return fmt.Errorf("the answer of %s is not what the API says: %w", path, err)
}
