package register

import (
	"fmt"
	"time"
)

// warnBegun tells of a registration of whose answer nothing is known.
func (p *planner) warnBegun(want Want) {
	if at, begun := p.Store.kept.Begun[want.ID]; begun {
		p.warn("register-interrupted", want.At, fmt.Sprintf("client %s was to be registered on %s, and the run ended before the answer was kept: %s may have a client that nobody holds",
			want.ID, at.Format(time.DateTime), p.Provider), "have its administrator look for a client named "+want.Name)
	}
}

// soon is how long before a secret's end it is told.
const soon = 14 * 24 * time.Hour

func (p *planner) warnExpiry(want Want, at time.Time) {
	if !at.IsZero() && time.Until(at) < soon && !p.rotates(want) {
		p.warn("secret-expires", want.At, fmt.Sprintf("the secret of client %s is good until %s (client_secret_expires_at)", want.ID, at.Format(time.DateTime)),
			"fedstone register --rotate "+want.ID)
	}
}
