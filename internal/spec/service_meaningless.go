package spec

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// meaningless are the keys that say nothing of a cloud's identity service, and why. A
// star stands for any name.
func meaningless() map[string]string {
	const (
		noHTTPD  = "no httpd stands before this service"
		account  = "the users are in the account's own domain"
		byIAM    = "the service itself verifies the ID token: its audience is client.id"
		provider = "identity_providers.*."
	)
	return map[string]string{
		"httpd": noHTTPD, "plain": noHTTPD, "controllers": noHTTPD, "browser": noHTTPD,
		provider + "register":            "what it registers are httpd's redirect URIs",
		"keystone.release":               "the service has no release of Keystone's",
		"keystone.dashboards":            "the console is the service's own",
		provider + "domain":              account,
		provider + "authorization_ttl":   "the service has no such setting",
		provider + "metadata":            "nothing is rendered: the issuer is asked each time",
		provider + "groups":              "groups are the account's, and get their policies in its console",
		provider + "tests":               "they try rules on Keystone's own algorithm, which this service only resembles",
		provider + "without":             noHTTPD,
		provider + "client.secret":       "the service logs nobody in with it; the probe's client has a secret of its own",
		provider + "bearer.audience":     byIAM,
		provider + "bearer.clients":      byIAM,
		provider + "bearer.client_claim": byIAM, provider + "bearer.verify": byIAM, provider + "bearer.introspection": byIAM,
	}
}

// noMeaning refuses the keys that would be passed over: whoever wrote them expects
// something of them.
func (l *loader) noMeaning(n *yaml.Node, path string) {
	table := meaningless()
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		name, at := n.Content[i].Value, path+n.Content[i].Value
		if path == "identity_providers." {
			at = path + "*"
		}
		if why, known := table[at]; known {
			l.fail("iam-key", l.src.of(n.Content[i]), fmt.Sprintf("%s has no meaning on this platform: %s", name, why), "delete it")
			continue
		}
		if slices.Contains([]string{"keystone", "identity_providers", "identity_providers.*", "identity_providers.*.bearer", "identity_providers.*.client"}, at) {
			l.noMeaning(n.Content[i+1], at+".")
		}
	}
}
