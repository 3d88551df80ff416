package main

import (
	"fmt"

	"github.com/urfave/cli/v2"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/spec"
)

// refuseService: a cloud's identity service has no file that could be written; all
// that it knows of the issuer comes to it by its API.
func refuseService(c *cli.Context, fed *spec.Federation) error {
	if !fed.Service() {
		return nil
	}
	return reportFindings(c, finding.List{{
		Slug: "nothing-to-render", Severity: finding.Error, At: fed.Platform.At,
		Message: fmt.Sprintf("platform %s is a cloud's identity service: there is no host to render files for", fed.Platform),
		Hint:    "`fedstone apply --plan` shows what its API would be told, `fedstone apply` does it",
	}}, descriptionSource(fed))
}
