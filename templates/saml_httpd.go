package templates

import "github.com/fedstone/fedstone/internal/spec"

// samlModules are those of httpd that SAML takes.
func (j *job) samlModules() []string {
	if len(j.saml.IdentityProviders) == 0 {
		return nil
	}
	if j.byShibboleth() {
		return []string{"env", "shib"}
	}
	return []string{"auth_mellon", "env"}
}

// samlSections adds the paths of SAML identity providers.
func (j *job) samlSections(st *stationer, p *httpdPage) error {
	for _, idp := range j.saml.IdentityProviders {
		s, shape := j.samlSlots(idp)
		name := "saml"
		if idp.ByShibboleth() {
			name = "shibboleth"
		}
		sheet, err := st.statement(name, shape, s)
		if err != nil {
			return err
		}
		p.sections["saml"] = append(p.sections["saml"], section{sheet, s.values})
	}
	return nil
}

// samlSlots are a SAML identity provider's values, and the shape that follows.
func (j *job) samlSlots(idp spec.IdentityProvider) (s *slots, shape string) {
	s = newSlots()
	s.one("ID", idp.ID.Value)
	s.one("Endpoints", idp.Endpoints())
	s.one("AuthPath", authPath(idp))
	s.one("WebssoPath", websso(idp))
	s.one("SPKey", j.inTree(j.samlPath(idp, "sp.key")))
	s.one("SPCertificate", j.inTree(j.samlPath(idp, "sp.crt")))
	s.one("SPMetadata", j.inTree(j.samlPath(idp, "sp.xml")))
	s.one("IdPMetadata", j.inTree(j.samlPath(idp, "idp.xml")))
	s.one("EntityID", idp.SAML.EntityID.Value)
	s.one("RemoteID", idp.SAML.RemoteID.Value)
	if idp.SAML.RemoteID.Value != idp.SAML.EntityID.Value {
		shape = "renamed"
	}
	s.fact("RenamesIdP", shape == "renamed")
	s.fact("UWSGI", j.platform.Layout.UWSGI != "")
	return s, shape
}
