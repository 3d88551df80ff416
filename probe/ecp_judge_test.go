package probe

import (
	"testing"

	"github.com/fedstone/fedstone/internal/keystone"
)

func TestMayRefuse(t *testing.T) {
	const (
		page  = "Internal Server Error. Please contact the site administrator."
		fault = `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><S:Fault><faultcode>S:Client</faultcode><faultstring>no</faultstring></S:Fault></S:Body></S:Envelope>`
	)
	for name, c := range map[string]struct {
		status int
		body   string
		want   bool
	}{
		"mod_auth_mellon":    {400, "<html>", true},
		"mod_shib":           {500, page, true},
		"a fault":            {500, fault, true},
		"httpd's own error":  {500, "<title>500 Internal Server Error</title>", false},
		"a proxy in front":   {502, page, false},
		"taken, and nowhere": {200, "", false},
	} {
		if got := mayRefuse(keystone.Answer{Status: c.status, Body: []byte(c.body)}); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
