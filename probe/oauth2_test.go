package probe

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// answers stands in the place of a network: Keystone's and a service's, by path and
// what is shown. The real ones are asked in the lab.
type answers func(*http.Request) (status int, body string)

// RoundTrip serves http.RoundTripper.
func (a answers) RoundTrip(r *http.Request) (*http.Response, error) {
	status, body := a(r)
	return &http.Response{StatusCode: status, Header: http.Header{"X-Openstack-Request-Id": {"req-1"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}, nil
}

const (
	givenToken  = `{"access_token": "of-a-token", "token_type": "Bearer", "expires_in": 3600}`
	refusedBody = `{"error":"invalid_client","error_description":"Client authentication failed."}`
)

// sound is a Keystone and a service that do as they have to.
func sound(r *http.Request) (int, string) {
	_, _, shown := r.BasicAuth()
	switch {
	case r.URL.Host == "service.test" && r.Header.Get("Authorization") == "Bearer of-a-token":
		return 200, "{}"
	case r.URL.Host == "service.test":
		return 401, "{}"
	case strings.HasSuffix(r.URL.Path, "/OS-OAUTH2/token") && shown:
		return 200, givenToken
	case strings.HasSuffix(r.URL.Path, "/OS-OAUTH2/token"):
		return 401, refusedBody
	case r.Method == http.MethodDelete:
		return 204, ""
	case r.Method == http.MethodGet && r.URL.Path == "/v3/auth/tokens":
		return 200, `{"token": {"user": {"name": "backup"}, "project": {"name": "ops"}, "roles": [{"name": "reader"}]}}`
	}
	return 404, "{}"
}

// untilRevoked is a sound Keystone that knows the token no more once it is revoked.
func untilRevoked() answers {
	revoked := false
	return func(r *http.Request) (int, string) {
		if revoked && r.URL.Path == "/v3/auth/tokens" {
			return 404, "{}"
		}
		revoked = r.Method == http.MethodDelete
		return sound(r)
	}
}

// TestOAuth2Walk has one thing wrong at a time.
func TestOAuth2Walk(t *testing.T) {
	token := func(status int, body string) answers {
		return func(r *http.Request) (int, string) {
			if _, _, shown := r.BasicAuth(); shown {
				return status, body
			}
			return sound(r)
		}
	}
	cases := map[string]struct {
		network answers
		symptom string
	}{
		"sound":          {untilRevoked(), ""},
		"given to all":   {func(r *http.Request) (int, string) { return 200, givenToken }, "oauth2-open"},
		"no token":       {token(200, "{}"), "oauth2-answer-odd"},
		"a page":         {token(200, "<html>"), "oauth2-answer-odd"},
		"another type":   {token(200, `{"access_token": "of-a-token", "token_type": "mac"}`), "oauth2-answer-odd"},
		"500":            {token(500, `{"error":"other_error","error_description":"x"}`), "oauth2-keystone-failed"},
		"refused in two": {token(401, refusedBody), "oauth2-method-off"},
		"open service": {func(r *http.Request) (int, string) {
			if r.URL.Host == "service.test" {
				return 200, "{}"
			}
			return sound(r)
		}, "oauth2-service-open"},
		"forbidden": {func(r *http.Request) (int, string) {
			if status, body := sound(r); r.URL.Host != "service.test" || status == 401 {
				return status, body
			}
			return 403, "{}"
		}, "oauth2-service-forbidden"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			got, result := "", walkOAuth2(t, c.network)
			if result.OK() != (c.symptom == "") {
				t.Errorf("%+v", result.Providers[0].Steps)
			}
			for _, s := range result.Providers[0].Steps {
				if s.Verdict == Fail && got == "" {
					got = s.Symptom
				}
				if text := s.Cause + s.Mend + strings.Join(s.Notes, ""); strings.Contains(text, "of-a-token") || strings.Contains(text, "of-a-client") {
					t.Errorf("%s shows a secret: %s", s.Name, text)
				}
			}
			if got != c.symptom {
				t.Errorf("%q, want %q", got, c.symptom)
			}
		})
	}
}

func walkOAuth2(t *testing.T, network answers) Result {
	t.Helper()
	text := func(v string) spec.Text { return spec.Text{Value: v} }
	fed := &spec.Federation{Keystone: spec.Keystone{URL: text("https://keystone.test:5000")}, OAuth2: &spec.OAuth2{
		Clients: []spec.OAuth2Client{{Name: text("backup"), SecretFile: text("b.env"), Service: text("https://service.test/v1")}}}}
	result, err := Run(context.Background(), fed, Options{Client: &http.Client{Transport: network}, Names: []string{"oauth2/backup"}, Mask: &secret.Redactor{},
		Credentials: func(spec.OAuth2Client) (Credentials, error) {
			return Credentials{ID: "id", Secret: secret.New("of-a-client")}, nil
		}})
	if err != nil || len(result.Providers) != 1 {
		t.Fatalf("%v %+v", err, result)
	}
	return result
}
