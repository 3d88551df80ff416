package keystone

import (
	"fmt"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/validate/rule"
)

func remoteIDTooLong() rule.Rule {
	return rule.Rule{
		Slug:     "remote-id-too-long",
		Severity: finding.Error,
		Title:    "a remote id is longer than the release takes",
		Why: "Since 2026.1 Keystone's API refuses remote ids of more than 64 characters; before, its database held 255. The issuers of Microsoft Entra ID have 75. " +
			"An identity provider that was made on an earlier release keeps working, and can no longer be changed or made anew: 400, \"is too long\".",
		Mend:   "Keep what is there, and give such a provider its remote ids before the upgrade.",
		Source: "Keystone, keystone/federation/schema.py, remote_id",
		Check: func(p *rule.Pass) {
			release, ok := platform.ReleaseByName(p.Release)
			if !ok {
				return
			}
			if p.Cloud != nil {
				for _, o := range p.Cloud.Providers {
					for _, id := range o.RemoteIDs {
						tooLong(p, release, o.ID, id, p.Cloud.At(), finding.Warning)
					}
				}
			}
			if p.Cloud != nil || release.RemoteIDMax > 64 {
				return
			}
			by := doorsOf(p.Site)
			for idp := range by {
				for _, issuer := range issuersOf(p.Site, by, idp) {
					tooLong(p, release, idp, issuer, by.first(idp).Section.At(), finding.Error)
				}
			}
		},
	}
}

func tooLong(p *rule.Pass, release platform.Release, idp, id string, at finding.Range, severity finding.Severity) {
	n := utf8.RuneCountInString(id)
	if n <= release.RemoteIDMax {
		return
	}
	p.Report(finding.Finding{
		At: at, Severity: severity,
		Message: fmt.Sprintf("the issuer of %s has %d characters; %s takes remote ids of at most %d: 400 where it is created or changed", idp, n, release.Name, release.RemoteIDMax),
		Hint:    "# create it before the upgrade to 2026.1, and leave it unchanged",
	}, "idp:"+idp)
}
