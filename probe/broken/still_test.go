package broken

import (
	"testing"

	"github.com/fedstone/fedstone/internal/secret"
)

func TestStill(t *testing.T) {
	mask := &secret.Redactor{}
	mask.Add(secret.New("hush-hush"))
	s := stiller{mask: mask, words: map[string]string{"/tmp/house-1": "/house"}}
	for name, c := range map[string][2]string{
		"a secret":       {`say hush-hush`, `say MASKED`},
		"a JWT":          {`Bearer eyJhbGciOiJ.eyJpc3MiOi.c2ln`, `Bearer MASKED`},
		"Keystone's":     {"\"X-Subject-Token\": [\n  \"abc\"", "\"X-Subject-Token\": [\n  \"MASKED\""},
		"a state cookie": {`mod_auth_openidc_state_Qx-1=abc; Path=/`, `mod_auth_openidc_state_MASKED=MASKED; Path=/`},
		"a session":      {`mod_auth_openidc_session=abc; Path=/`, `mod_auth_openidc_session=MASKED; Path=/`},
		"a query":        {`?state=a1&scope=openid&nonce=b2`, `?state=MASKED&scope=openid&nonce=MASKED`},
		"a form":         {`name=\"x_csrf\" value=\"q9\"`, `name=\"x_csrf\" value=\"MASKED\"`},
		"a request's id": {`req-12345678-1234-1234-1234-123456789abc`, `req-00000000-0000-0000-0000-000000000000`},
		"a time":         {`2031-02-03T04:05:06.000000Z`, `2026-01-01T00:00:00Z`},
		"ports":          {`https://sound.broken.test:4711/v3 127.0.0.1:4711`, `https://sound.broken.test/v3 127.0.0.1:15000`},
		"a folder":       {`/tmp/house-1/x`, `/house/x`},
	} {
		if got := string(s.still([]byte(c[0]))); got != c[1] {
			t.Errorf("%s: %s became %s, want %s", name, c[0], got, c[1])
		}
	}
}
