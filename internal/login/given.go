package login

import (
	"github.com/fedstone/fedstone/internal/oidc"
	"github.com/fedstone/fedstone/internal/secret"
	"github.com/fedstone/fedstone/internal/spec"
)

// stdinName stands for a path in messages.
const stdinName = "standard input"

// given are the grants that are none: the bearer comes from elsewhere.
func (l *Logins) given() map[string]func(*spec.Probe) (secret.Value, string, error) {
	return map[string]func(*spec.Probe) (secret.Value, string, error){
		"file": func(p *spec.Probe) (secret.Value, string, error) {
			token, err := oidc.TokenFile(l.Local(p.TokenFile.Value))
			return token, "from a file", err
		},
		"stdin": func(*spec.Probe) (secret.Value, string, error) {
			token, err := l.piped()
			return token, "from standard input", err
		},
		"exec": func(p *spec.Probe) (secret.Value, string, error) {
			token, err := l.Resolve(p.Token)
			return token, "from a command", err
		},
	}
}

func (l *Logins) bear(token secret.Value, how string, err error) (Got, error) {
	if err != nil {
		return Got{}, err
	}
	l.Mask.Add(token)
	return Got{Bearer: token, How: how}, nil
}
