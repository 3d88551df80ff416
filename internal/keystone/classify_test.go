package keystone_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/secret"
)

const httpdPage = "<!DOCTYPE HTML PUBLIC \"-//IETF//DTD HTML 2.0//EN\">\n<html><head>\n<title>401 Unauthorized</title>"

func TestClassify(t *testing.T) {
	cases := map[string]struct {
		status int
		header map[string]string
		body   string
		want   keystone.AnsweredBy
	}{
		"nothing":                 {0, nil, "", keystone.ByNobody},
		"token":                   {201, map[string]string{"X-Subject-Token": "t"}, `{"token":{}}`, keystone.ByItself},
		"keystone 401":            {401, map[string]string{"WWW-Authenticate": `Keystone uri="https://k/v3"`}, `{"error":{"code":401,"message":"m","title":"t"}}`, keystone.ByItself},
		"keystone 404 by body":    {404, nil, `{"error":{"code":404,"message":"m","title":"t"}}`, keystone.ByItself},
		"keystone 405":            {405, nil, `{"message":"The method is not allowed for the requested URL."}`, keystone.ByItself},
		"werkzeug 404":            {404, map[string]string{"Content-Type": "text/html; charset=utf-8"}, "<!doctype html>\n<html lang=en>\n<title>404 Not Found</title>", keystone.ByItself},
		"other IAM":               {401, nil, `{"error_msg":"Incorrect","error_code":"IAM.0001"}`, keystone.ByItself},
		"bearer challenge":        {401, map[string]string{"WWW-Authenticate": `Bearer error="invalid_token", error_description="JWT token could not be validated"`}, httpdPage, keystone.ByOpenIDC},
		"mod_oauth2 challenge":    {401, map[string]string{"WWW-Authenticate": `Bearer error="invalid_token", error_description="Token could not be verified."`}, httpdPage, keystone.ByOAuth2},
		"state cookie":            {302, map[string]string{"Set-Cookie": "mod_auth_openidc_state_x=1", "Location": "https://op/"}, httpdPage, keystone.ByOpenIDC},
		"login redirect":          {302, map[string]string{"Location": "https://op/auth?client_id=a&redirect_uri=b&state=c"}, httpdPage, keystone.ByOpenIDC},
		"list of providers":       {200, map[string]string{"Content-Type": "text/html"}, "<title>OpenID Connect Provider Discovery</title>", keystone.ByOpenIDC},
		"redirect to the choice":  {302, map[string]string{"Location": "https://k/v3/redirect_uri?iss=a&target_link_uri=b&method=get&oidc_callback=c"}, httpdPage, keystone.ByOpenIDC},
		"redirect URI handler":    {200, nil, "", keystone.ByOpenIDC},
		"httpd 401":               {401, map[string]string{"Content-Type": "text/html; charset=iso-8859-1"}, httpdPage, keystone.ByHTTPD},
		"httpd 401, newer page":   {401, nil, "<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01//EN\" \"http://www.w3.org/TR/html4/strict.dtd\">", keystone.ByHTTPD},
		"httpd 403, own page":     {403, map[string]string{"Content-Type": "text/html", "Server": "Apache/2.4.71"}, "<p>Forbidden</p>", keystone.ByHTTPD},
		"plain redirect by httpd": {301, map[string]string{"Location": "https://k/v3/"}, httpdPage, keystone.ByHTTPD},
		"haproxy":                 {503, map[string]string{"Content-Type": "text/html"}, "<html><body><h1>503 Service Unavailable</h1>\nNo server is available to handle this request.\n</body></html>", keystone.ByProxy},
		"nginx":                   {413, map[string]string{"Server": "nginx"}, "<html>\r\n<head><title>413 Request Entity Too Large</title></head>", keystone.ByProxy},
		"login page":              {200, map[string]string{"Content-Type": "text/html"}, "<html>hotel wifi</html>", keystone.ByProxy},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			h := http.Header{}
			for k, v := range tc.header {
				h.Set(k, v)
			}
			got := keystone.Classify(keystone.Answer{Status: tc.status, Header: h, Body: []byte(tc.body)})
			if got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

func TestAnswerToken(t *testing.T) {
	for name, tc := range map[string]struct {
		values []string
		want   string
	}{"one": {[]string{"gAAAA1"}, "gAAAA1"}, "none": {nil, ""}, "two": {[]string{"a", "b"}, ""}} {
		a := keystone.Answer{Header: http.Header{"X-Subject-Token": tc.values}}
		if got := a.Token().Reveal(); got != tc.want {
			t.Errorf("%s: got %q, want %q", name, got, tc.want)
		}
	}
}

func TestExcerptShowsNoSecretAndNoControls(t *testing.T) {
	mask := &secret.Redactor{}
	mask.Add(secret.New("hush-hush"))
	body := "\x1b[31mhush-hush eyJhbGciOi.eyJpc3MiOi.sig " + strings.Repeat("x", 1000)
	got := keystone.Answer{Body: []byte(body)}.Excerpt(mask)
	if strings.Contains(got, "hush") || strings.Contains(got, "eyJ") || strings.Contains(got, "\x1b") || len(got) > 300 {
		t.Errorf("got %q", got)
	}
}
