package lab

import "context"

// ServiceStatus is one service of a lab: whether its process lives, and whether it answers.
type ServiceStatus struct {
	Name string `json:"name"`
	PID  int    `json:"pid"`
	// URL is where it was asked; empty where it has none (MariaDB), and Answers is then Running.
	URL     string `json:"url,omitempty"`
	Running bool   `json:"running"`
	Answers bool   `json:"answers"`
	Log     string `json:"log"`
}

// Status asks every service. The error is for failures to ask at all, never for a service that is down.
func (l *Lab) Status(ctx context.Context) ([]ServiceStatus, error) {
	var all []ServiceStatus
	for _, p := range l.Processes {
		s := ServiceStatus{Name: p.Name, PID: p.PID, URL: l.serviceURL(p.Name), Running: l.alive(p), Log: l.logFile(p.Name)}
		s.Answers = s.Running
		if s.Running && s.URL != "" {
			s.Answers = l.answers(ctx, s.URL) == nil
		}
		all = append(all, s)
	}
	return all, ctx.Err()
}

// serviceURL is a page of the service that answers 200 without credentials.
func (l *Lab) serviceURL(service string) string {
	switch service {
	case "httpd":
		return l.KeystoneURL + "/v3"
	case "keycloak":
		return l.url(portKeycloak) + "/realms/corp/.well-known/openid-configuration"
	case "issuer":
		return l.url(portLight) + "/.well-known/openid-configuration"
	}
	return ""
}
