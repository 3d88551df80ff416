package prove

import (
	"crypto/rand"
	"slices"
	"strings"
	"time"
)

// person is what every issuer says of a user.
func person(user string) Claims {
	return Claims{"sub": "user-" + user, "preferred_username": user, "name": user + " Example",
		"email": user + "@example.org", "email_verified": true, "groups": []string{"readers", "members"}}
}

// scoped leaves what the scopes of a login ask for (OpenID Connect Core 5.4; groups stands for itself).
func (c Claims) scoped(scope string) Claims {
	of := map[string][]string{"profile": {"preferred_username", "name"}, "email": {"email", "email_verified"}, "groups": {"groups"}}
	for name, claims := range of {
		if slices.Contains(strings.Fields(scope), name) {
			continue
		}
		for _, claim := range claims {
			delete(c, claim)
		}
	}
	return c
}

func accessClaims(issuer, user string) Claims {
	now := time.Now().Unix()
	c := person(user)
	merge(c, Claims{"iss": issuer, "aud": "keystone", "azp": bearerClient, "client_id": bearerClient,
		"iat": now, "exp": now + 300, "jti": rand.Text(), "scope": "openid profile email groups"})
	return c
}
