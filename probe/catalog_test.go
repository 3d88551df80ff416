package probe

import (
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

func endpoint(face, region, url string) map[string]any {
	return map[string]any{"id": "e-" + face + "-" + region, "interface": face, "region": region, "url": url}
}

// catalogOf has one service keystone with these endpoints.
func catalogOf(endpoints ...any) any {
	return []any{map[string]any{"type": "compute", "endpoints": []any{endpoint("public", "one", "https://nova.test")}},
		map[string]any{"type": "identity", "endpoints": endpoints}}
}

func TestCatalogEndpoints(t *testing.T) {
	const here = "HERE"
	cases := map[string]struct {
		catalog any
		symptom string // "": the step passes
		says    string
	}{
		"as it is asked":           {catalogOf(endpoint("public", "one", here+"/v3")), "", ""},
		"with a final slash":       {catalogOf(endpoint("public", "one", here+"/v3/")), "", ""},
		"without a version":        {catalogOf(endpoint("public", "one", here)), "", ""},
		"of another region too":    {catalogOf(endpoint("public", "two", "https://two.test/v3"), endpoint("public", "one", here+"/v3")), "", "region two is at https://two.test/v3"},
		"no identity service":      {[]any{}, "catalog-without-identity", "openstack endpoint create --region REGION identity public HERE/v3"},
		"no public endpoint":       {catalogOf(endpoint("internal", "one", here+"/v3")), "catalog-without-identity", ""},
		"plain http":               {catalogOf(endpoint("public", "one", "http://keystone.test:5000/v3")), "catalog-plain-http", "openstack endpoint set --url HERE/v3 e-public-one"},
		"another host":             {catalogOf(endpoint("public", "one", "https://keystone.test:5000/v3")), "catalog-other-address", "clients to https://keystone.test:5000/v3, which is not HERE"},
		"a private address":        {catalogOf(endpoint("public", "one", "https://10.0.0.5:5000/v3")), "catalog-other-address", "HERE: a private address"},
		"an internal name":         {catalogOf(endpoint("public", "one", "https://keystone-internal:5000/v3")), "catalog-other-address", "HERE: an internal name"},
		"another prefix":           {catalogOf(endpoint("public", "one", here+"/identity/v3")), "catalog-other-address", "HERE: another prefix"},
		"internal one, plain http": {catalogOf(endpoint("public", "one", here+"/v3"), endpoint("internal", "one", "http://10.0.0.5:5000"), endpoint("admin", "one", "http://10.0.0.5:5000")), "", "internal and admin endpoint http://10.0.0.5:5000 is plain http, and was not asked"},
		"internal one, not there":  {catalogOf(endpoint("public", "one", here+"/v3"), endpoint("admin", "one", "https://keystone.invalid:35357/v3")), "", "admin endpoint https://keystone.invalid:35357/v3 is not reached from here (dns)"},
		"not a list":               {map[string]any{}, "answer-not-as-api", "a list of services with endpoints"},
		"endpoints of strings":     {catalogOf("https://keystone.test"), "answer-not-as-api", ""},
		"missing":                  {nil, "answer-not-as-api", "missing"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := newCloud(t, "corp")
			c.at("/v3/auth/catalog", func(w http.ResponseWriter, _ *http.Request) {
				optest.JSON(w, 200, map[string]any{"catalog": moved(tc.catalog, c.web.URL)})
			})
			s := stepOf(t, run(t, c, c.options(t)), "catalog")
			said := strings.ReplaceAll(strings.Join(append([]string{s.Cause, s.Mend}, s.Notes...), "\n"), c.web.URL, here)
			if s.Symptom != tc.symptom || (s.Verdict == Pass) != (tc.symptom == "") || !strings.Contains(said, tc.says) {
				t.Errorf("%s %q:\n%s\nwant %q with %q", s.Verdict, s.Symptom, said, tc.symptom, tc.says)
			}
		})
	}
}

// moved puts the cloud's own address into the endpoints of a case.
func moved(value any, url string) any {
	switch v := value.(type) {
	case string:
		return strings.Replace(v, "HERE", url, 1)
	case []any:
		out := []any{}
		for _, one := range v {
			out = append(out, moved(one, url))
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for key, one := range v {
			out[key] = moved(one, url)
		}
		return out
	}
	return value
}

func TestLinks(t *testing.T) {
	cases := map[string]struct{ link, symptom, says string }{
		"its own":           {"HERE/v3/", "", ""},
		"none":              {"", "", ""},
		"plain http":        {"http://127.0.0.1:5000/v3/", "links-plain-http", "enable_proxy_headers_parsing = true"},
		"another host":      {"https://keystone.test/v3/", "links-other-address", "keystone.conf: [DEFAULT] public_endpoint = HERE"},
		"an internal name":  {"https://ctl0.internal:5000/v3/", "links-other-address", "HERE: an internal name"},
		"without a version": {"HERE/", "links-other-address", "its link lacks /v3"},
		"another prefix":    {"HERE/identity/v3/", "links-other-address", "HERE: another prefix"},
	}
	for name, tc := range cases {
		t.Run(name, func(t *testing.T) {
			c := newCloud(t, "corp")
			c.at("/v3", func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Vary", "X-Auth-Token")
				link := map[string]any{"rel": "self", "href": moved(tc.link, c.web.URL)}
				optest.JSON(w, 200, map[string]any{"version": map[string]any{"id": "v3.14", "links": []any{link}}})
			})
			s := stepOf(t, run(t, c, c.options(t)), "catalog")
			said := strings.ReplaceAll(s.Cause+"\n"+s.Mend, c.web.URL, "HERE")
			if s.Symptom != tc.symptom || !strings.Contains(said, tc.says) {
				t.Errorf("%q:\n%s\nwant %q with %q", s.Symptom, said, tc.symptom, tc.says)
			}
		})
	}
}

// An internal endpoint sees no token, and what answers there is told.
func TestInnerEndpointSeesNoToken(t *testing.T) {
	c := newCloud(t, "corp")
	var seen []http.Header
	inner := optest.StartTLS(t, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen = append(seen, r.Header.Clone())
		w.WriteHeader(http.StatusTeapot)
	}))
	c.at("/v3/auth/catalog", func(w http.ResponseWriter, _ *http.Request) {
		optest.JSON(w, 200, map[string]any{"catalog": catalogOf(endpoint("public", "one", c.web.URL+"/v3"), endpoint("internal", "one", inner.URL+"/v3"), endpoint("admin", "one", inner.URL+"/v3"))})
	})
	s := stepOf(t, run(t, c, c.options(t)), "catalog")
	if s.Verdict != Pass || !strings.Contains(strings.Join(s.Notes, ""), "answers 418, and not as Keystone") {
		t.Errorf("%+v", s)
	}
	if len(seen) != 1 || seen[0].Get("X-Auth-Token")+seen[0].Get("Authorization")+seen[0].Get("X-Subject-Token") != "" {
		t.Errorf("asked %d times, with %v", len(seen), seen)
	}
}

func TestSelfLink(t *testing.T) {
	for text, want := range map[string]string{
		`{"version":{"id":"v3.14","links":[{"rel":"self","href":"https://k/v3/"}]}}`:                                                                              "https://k/v3/",
		`{"versions":{"values":[{"id":"v2.0","links":[{"rel":"self","href":"https://k/v2.0/"}]},{"id":"v3.8","links":[{"rel":"self","href":"https://k/v3/"}]}]}}`: "https://k/v3/",
		`{"version":{"id":"v3.14","links":[{"rel":"help","href":"https://k/v3/"}]}}`:                                                                              "", `{}`: "", `[]`: "", ``: "", `{"version":{"id":"v3","links":{}}}`: "",
	} {
		if got := keystone.SelfLink([]byte(text)); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
	}
}

func TestPlaces(t *testing.T) {
	for text, want := range map[string]place{
		"https://k.test/v3/":           {"https", "k.test", "443", ""},
		"HTTPS://K.Test:443":           {"https", "k.test", "443", ""},
		"https://[fd00::10]:5000/v3":   {"https", "fd00::10", "5000", ""},
		"http://k.test/identity/v3":    {"http", "k.test", "80", "/identity"},
		"https://k.test:5000//v3":      {"https", "k.test", "5000", ""},
		"https://k.test/%zz is no URL": {"", "https://k.test/%zz is no URL", "", ""},
	} {
		if got := placeOf(text); got != want {
			t.Errorf("%s: %+v, want %+v", text, got, want)
		}
	}
	for host, want := range map[string]string{"localhost": "a loopback address", "127.0.0.9": "a loopback address", "::1": "a loopback address", "192.168.1.1": "a private address", "fd00::1": "a private address",
		"fe80::1": "a private address", "ctl0": "an internal name", "k.svc": "an internal name", "k.example.org": "", "203.0.113.9": ""} {
		if got := (place{host: host}).kind(); got != want {
			t.Errorf("%s: %q, want %q", host, got, want)
		}
	}
}
