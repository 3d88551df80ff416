package keystone

import "context"

// Domains lists the domains the token can be scoped to (GET /v3/auth/domains).
func (s Session) Domains(ctx context.Context) ([]Named, Answer, error) {
	return s.list(ctx, "domains")
}

// RescopeToDomain asks for a token scoped to a domain, as Rescope does for a project.
func (s Session) RescopeToDomain(ctx context.Context, domainID string) (Answer, error) {
	return s.rescope(ctx, "domain", domainID)
}
