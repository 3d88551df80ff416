package templates

import "github.com/fedstone/fedstone/internal/spec"

// The ways in with Keystone's own OAuth 2.0 tokens (keystoneauth1, loading/_plugins;
// from 5.1 on).
const (
	withSecret      = "v3oauth2clientcredential"
	withCertificate = "v3oauth2mtlsclientcredential"
)

// issued are the clients of Keystone's own tokens.
func (j *job) issued() []spec.OAuth2Client {
	if j.fed.OAuth2 == nil {
		return nil
	}
	return j.fed.OAuth2.Clients
}

func (j *job) issuingSlots() *slots {
	s := newSlots()
	s.fact("Issued", len(j.issued()) > 0)
	return s
}

// issuedName is the entry's name: of its own kind, since an identity provider may be
// called like a client.
func issuedName(c spec.OAuth2Client) string { return "oauth2/" + c.Name.Value }

func issuedKind(c spec.OAuth2Client) string {
	if c.ByCertificate() {
		return withCertificate
	}
	return withSecret
}

func (j *job) issuedRuns() []run {
	var out []run
	for _, c := range j.issued() {
		s := newSlots()
		s.one("Name", issuedName(c))
		s.one("Type", issuedKind(c))
		s.one("CACert", j.fed.Keystone.CAFile.Value)
		s.one("AuthURL", j.fed.Keystone.URL.Value+"/v3")
		s.one("Endpoint", j.fed.Keystone.URL.Value+oauth2Path)
		s.one("ClientID", c.User.Value)
		s.fact("HasCA", j.fed.Keystone.CAFile.Given())
		s.fact("User", c.ByCertificate())
		out = append(out, run{issuedKind(c), s})
	}
	return out
}

// issuedMeant lists the lines by depth, as readYAML gives them.
func (j *job) issuedMeant() []yamlLine {
	var out []yamlLine
	for _, c := range j.issued() {
		out = append(out, yamlLine{1, issuedName(c), ""}, yamlLine{2, "auth_type", issuedKind(c)}, yamlLine{2, "identity_api_version", "3"})
		if j.fed.Keystone.CAFile.Given() {
			out = append(out, yamlLine{2, "cacert", j.fed.Keystone.CAFile.Value})
		}
		out = append(out, yamlLine{2, "auth", ""}, yamlLine{3, "auth_url", j.fed.Keystone.URL.Value + "/v3"},
			yamlLine{3, "oauth2_endpoint", j.fed.Keystone.URL.Value + oauth2Path})
		if c.ByCertificate() {
			out = append(out, yamlLine{3, "oauth2_client_id", c.User.Value})
		}
	}
	return out
}
