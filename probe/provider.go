package probe

import (
	"slices"
	"time"
)

// Provider is what the steps found out about one identity provider.
type Provider struct {
	ID       string
	Issuer   string
	Protocol string
	User     string   // Keystone's name of the user; "" without a token
	Projects []string // names of the projects the user may work in
	Shadows  []string // users that stay in Keystone after the walk, as "NAME (DOMAIN)"
	Steps    []Step
	Seen     Seen
}

// Seen is what a watch keeps an eye on. Zero times and nil lists: not seen.
type Seen struct {
	TokenExpires    time.Time // exp of the issuer's token
	KeystoneExpires time.Time // expires_at of Keystone's
	KeyIDs          []string  // kids of the issuer's keys, sorted
	Certificates    []Certificate
}

// Certificate is what a server of the walk showed.
type Certificate struct {
	Host     string // as in the URL, with the port
	NotAfter time.Time
}

// OK reports whether no step failed and the exchange was reached.
func (p Provider) OK() bool {
	return len(p.Steps) > 0 && !slices.ContainsFunc(p.Steps, func(s Step) bool { return s.Verdict != Pass && !s.Moot })
}

// Decisive gives the step that tells how the walk ended: the first that failed,
// which is the one to mend first, else the first that was skipped and matters; nil
// where all passed.
func (p Provider) Decisive() *Step {
	var skipped *Step
	for i, s := range p.Steps {
		switch {
		case s.Verdict == Fail:
			return &p.Steps[i]
		case s.Verdict == Skip && !s.Moot && skipped == nil:
			skipped = &p.Steps[i]
		}
	}
	return skipped
}

// Ended is when the last step ended, since the run began.
func (p Provider) Ended() time.Duration {
	if len(p.Steps) == 0 {
		return 0
	}
	last := p.Steps[len(p.Steps)-1]
	return last.Start + last.Took
}

// Took is how long the walk was, less what it waited for its turn.
func (p Provider) Took() time.Duration {
	if len(p.Steps) == 0 {
		return 0
	}
	return p.Ended() - p.Steps[0].Start
}
