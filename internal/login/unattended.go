package login

import "github.com/fedstone/fedstone/internal/oidc"

// byPerson reports a grant that a person has to agree to.
func byPerson(grant string) bool { return grant == "device" || grant == "code" }

// nobodyThere is the failure of a login that a person would have to make.
func nobodyThere(at Place) error {
	return &oidc.Error{
		Got:  "no login is kept that still serves, and a login by grant " + at.IDP.Probe.Grant.Value + " needs a person",
		Mend: "log in once on this machine as the same user, with `fedstone token --idp " + at.IDP.ID.Value + "`, or take a grant that needs nobody: `probe: {grant: client_credentials}`",
	}
}
