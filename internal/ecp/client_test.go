package ecp_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/ecp"
)

func TestLogin(t *testing.T) {
	w := newWorld(t)
	a, err := w.login(t.Context())
	if err != nil || a.Status != http.StatusCreated || a.Token().Reveal() != "a-keystone-token" {
		t.Fatalf("%d, %v", a.Status, err)
	}
	if len(w.client.Answered.Assertions) != 1 {
		t.Errorf("%+v", w.client.Answered)
	}
	if text := w.client.Mask.Redact("wonderland"); strings.Contains(text, "wonderland") {
		t.Errorf("not masked: %s", text)
	}
}

// Each way to fail ends at its step, and nobody is shown what is not theirs.
func TestStops(t *testing.T) {
	page := func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		_, _ = w.Write([]byte("<html>sign in</html>"))
	}
	away := func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "https://evil.test/", http.StatusTemporaryRedirect)
	}
	faulty := func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`<a:Envelope xmlns:a="http://schemas.xmlsoap.org/soap/envelope/"><a:Body><a:Fault><faultcode>a:Client</faultcode><faultstring>unknown client</faultstring></a:Fault></a:Body></a:Envelope>`))
	}
	bare := func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, authPath, http.StatusSeeOther) }
	cases := map[string]struct {
		spoil func(*world)
		want  ecp.Kind
		told  bool // the service provider is told of a fault
	}{
		"no envelope":              {func(w *world) { w.sp.Ask = page }, ecp.Unwished, false},
		"sent away at once":        {func(w *world) { w.sp.Ask = away }, ecp.Unwished, false},
		"a broken envelope":        {func(w *world) { w.sp.Envelope = "<!DOCTYPE a>" }, ecp.Unreadable, false},
		"a consumer over http":     {func(w *world) { w.sp.Consumer = "http://" + w.host() + "/paos" }, ecp.ConsumerElsewhere, false},
		"a consumer elsewhere":     {func(w *world) { w.sp.Consumer = "https://evil.test/paos" }, ecp.ConsumerElsewhere, false},
		"a consumer with a user":   {func(w *world) { w.sp.Consumer = "https://a@" + w.host() + "/paos" }, ecp.ConsumerElsewhere, false},
		"a host that looks alike":  {func(w *world) { w.sp.Consumer = "https://" + w.host() + "@evil.test/paos" }, ecp.ConsumerElsewhere, false},
		"a wrong password":         {func(w *world) { w.idp.Password = "other" }, ecp.NotLoggedIn, false},
		"a page of the issuer":     {func(w *world) { w.idp.Answer = page }, ecp.NoEnvelope, false},
		"a redirect of the issuer": {func(w *world) { w.idp.Answer = away }, ecp.NoEnvelope, false},
		"a fault of the issuer":    {func(w *world) { w.idp.Answer = faulty }, ecp.Faulted, false},
		"another consumer":         {func(w *world) { w.idp.Consumer = "https://evil.test/paos" }, ecp.OtherConsumer, true},
		"the assertion refused":    {func(w *world) { w.sp.Consume = page }, ecp.Unwished, false},
		"the assertion sent on":    {func(w *world) { w.sp.Consume = away }, ecp.Unwished, false},
		"taken without a session":  {func(w *world) { w.sp.Consume = bare }, ecp.NoSession, false},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			w := newWorld(t)
			c.spoil(w)
			_, err := w.login(t.Context())
			var stop *ecp.Stop
			if !errors.As(err, &stop) || stop.Kind != c.want || stop.Got == "" || stop.Want == "" {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if told := strings.Contains(w.sp.Took(), "<S:Fault>"); told != c.told {
				t.Errorf("the service provider was handed %q", w.sp.Took())
			}
			if w.strayed != "" {
				t.Errorf("asked elsewhere: %s", w.strayed)
			}
		})
	}
}

// A path on the same host that the service provider's cookie is good for is asked
// by no redirect: the way ends at Keystone's own path whatever is answered.
func TestExchangeStaysAtItsPath(t *testing.T) {
	w := newWorld(t)
	w.sp.Consume = func(rw http.ResponseWriter, _ *http.Request) {
		rw.Header().Set("Set-Cookie", "mellon-cookie=x; Domain=evil.test; Path=/")
		rw.Header().Set("Location", "https://evil.test/steal")
		rw.WriteHeader(http.StatusSeeOther)
	}
	a, err := w.login(t.Context())
	if err != nil || a.Status != http.StatusSeeOther || w.strayed != "" {
		t.Errorf("%d, %v, %s", a.Status, err, w.strayed)
	}
}
