package metadata

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func registrationEndpointLeft(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "registration-endpoint-left",
		Severity: finding.Info,
		Title:    "the module may register clients of its own at an issuer",
		Why: "Where the `.client` file cannot be read, or its secret has expired, the module registers a new client at `registration_endpoint` and would put its file over the old one. " +
			"Nobody has decided on that client, and its logins may lack the claims that the real one has. Without the member such a login ends with a clear message.",
		Mend:   "Remove `registration_endpoint` from the `.provider` file, unless clients are meant to be registered so.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_client_get",
		After:  []string{"metadata-client-missing", "metadata-secret-expired"},
		Check: r.each(func(p *rule.Pass, i *issuer) {
			at := member(i.Provider, "registration_endpoint")
			if at.Text() == "" || i.Client == nil {
				return
			}
			i.on(p, i.Provider, at, finding.Finding{
				Message: "if " + i.Client.Name + " cannot be used, the module registers another client at " + i.name(),
				Hint:    "python3 - <<'END'\nimport json\nname = \"" + i.Folder.Path + "/" + i.Provider.Name + "\"\nd = json.load(open(name)); d.pop(\"registration_endpoint\"); json.dump(d, open(name, \"w\"), indent=2)\nEND",
			})
		}),
	}
}
