package claims

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestNames: under which names claims come, by prefix and form. internal/claims holds
// the same against the running modules.
func TestNames(t *testing.T) {
	type found struct {
		Claim      string
		Header, OK bool
	}
	for name, c := range map[string]struct {
		look     look
		variable string
		want     found
	}{
		"the environment":        {look{Prefix: "OIDC-", PassAs: "both"}, "OIDC-preferred_username", found{"preferred_username", false, true}},
		"a header":               {look{Prefix: "OIDC-", PassAs: "both"}, "HTTP_OIDC_ISS", found{"iss", true, true}},
		"no header is passed":    {look{Prefix: "OIDC-", PassAs: "environment"}, "HTTP_OIDC_ISS", found{}},
		"no environment":         {look{Prefix: "OIDC-", PassAs: "headers"}, "OIDC-iss", found{}},
		"a header with _":        {look{Prefix: "OIDC_CLAIM_", PassAs: "both"}, "HTTP_OIDC_CLAIM_ISS", found{}},
		"_ in the environment":   {look{Prefix: "OIDC_CLAIM_", PassAs: "both"}, "OIDC_CLAIM_iss", found{"iss", false, true}},
		"a proxy, environment":   {look{Prefix: "OIDC-", PassAs: "both", Proxied: true}, "OIDC-iss", found{}},
		"a proxy, headers":       {look{Prefix: "OIDC-", PassAs: "both", Proxied: true}, "HTTP_OIDC_ISS", found{"iss", true, true}},
		"the prefix alone":       {look{Prefix: "OIDC-", PassAs: "both"}, "OIDC-", found{}},
		"another prefix":         {look{Prefix: "OIDC-", PassAs: "both"}, "MELLON_NAME_ID", found{}},
		"nothing is passed":      {look{Prefix: "OIDC-", PassAs: "none"}, "OIDC-iss", found{}},
		"the case of the prefix": {look{Prefix: "OIDC-", PassAs: "environment"}, "oidc-iss", found{}},
	} {
		t.Run(name, func(t *testing.T) {
			var got found
			got.Claim, got.Header, got.OK = c.look.claim(c.variable)
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestSpelling(t *testing.T) {
	for variable, want := range map[string]string{
		"OIDC-groups": "groups", "OIDC-Groups": "groups", "HTTP_OIDC_PREFERRED_USERNAME": "preferred_username", "HTTP_OIDC_WLCG_GROUPS": "wlcg.groups",
		"OIDC_CLAIM_email": "email", "OAUTH2_CLAIM_iss": "iss", "OIDC-house-rules": "house-rules", "REMOTE_USER": "REMOTE_USER",
	} {
		if got := newSpelling().bare(variable); got != want {
			t.Errorf("%s: %q, want %q", variable, got, want)
		}
	}
}

// TestOAuth2Looks: what OAuth2TargetPass says, by the text of it.
func TestOAuth2Looks(t *testing.T) {
	type want struct{ Prefix, PassAs string }
	for text, w := range map[string]want{
		"":                           {"OAUTH2_CLAIM_", "both"},
		"prefix=OIDC-":               {"OIDC-", "both"},
		"prefix=OIDC-&headers=false": {"OIDC-", "environment"},
		"envvars=false&headers=true": {"OAUTH2_CLAIM_", "headers"},
		"envvars=off":                {"OAUTH2_CLAIM_", "both"},
		"prefix=OIDC-&envvars=false&headers=false": {"OIDC-", "none"},
	} {
		var l look
		l.oauth2Look(text)
		if diff := cmp.Diff(w, want{l.Prefix, l.PassAs}); diff != "" || !l.OAuth2 {
			t.Errorf("%q: (-want +got):\n%s", text, diff)
		}
	}
}
