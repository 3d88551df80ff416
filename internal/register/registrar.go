package register

import "context"

// Registrar keeps the registrations of one provider. Each call is one change at
// the provider at most, and is not repeated. Errors are ErrNotFound, ErrExists,
// *Refused, or *oidc.Error for what is wrong below or with an answer; what they say
// holds no secret.
//
// Each call that answers gives the Handle that is good from then on.
type Registrar interface {
	// Traits say who chooses what.
	Traits() Traits
	// Fit gives of a wanted registration what the provider can keep: fields that it
	// has no room for become zero. It asks nobody.
	Fit(want Registration) Registration
	// Read gives the registration of a client id.
	Read(ctx context.Context, id string, way Handle) (Registration, Handle, error)
	// Create makes a registration and gives what the provider made of it, with the
	// id and the secret that are good from now on.
	Create(ctx context.Context, want Registration) (Registration, Handle, error)
	// Update replaces the registration of want.ID, its secret too where want holds one
	// and the provider does not make them.
	Update(ctx context.Context, want Registration, way Handle) (Registration, Handle, error)
	// Delete takes the registration away.
	Delete(ctx context.Context, id string, way Handle) error
}

// Traits are what a provider leaves to whoever registers.
type Traits struct {
	ChoosesID     bool // the provider makes the client_id, whatever is asked for
	ChoosesSecret bool // the provider makes the secret, whatever is asked for
	Marks         bool // the description is kept, so that it can hold a mark
}
