package keystone

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

func publicEndpointWithVersion() rule.Rule {
	return rule.Rule{
		Slug:     "public-endpoint-with-version",
		Severity: finding.Error,
		Title:    "public_endpoint ends in /v3, and clients are sent to /v3/v3",
		Why: "Keystone puts `/v3/` behind `public_endpoint` where it tells clients its address. With a version in the option they are sent to `/v3/v3/`, which does not exist: " +
			"what discovers the API first, as the openstack client does, ends in 404.",
		Mend:   "Write the URL without the version.",
		Source: "Keystone, keystone/api/discovery.py; keystone/common/wsgi.py, base_url",
		Check: func(p *rule.Pass) {
			u, v := public(p.Site)
			if u == nil {
				return
			}
			path := strings.TrimSuffix(u.Path, "/")
			if !strings.HasSuffix(path, "/v3") && !strings.HasSuffix(path, "/v2.0") {
				return
			}
			u.Path = path[:strings.LastIndexByte(path, '/')]
			f := finding.Finding{At: line(v), Message: fmt.Sprintf("public_endpoint %s has a version: clients are sent to %s/v3/", v.Text, strings.TrimSuffix(v.Text, "/")), Hint: "public_endpoint = " + u.String()}
			if bare(p.Site, v) {
				f.Fix = replace(v, u.String(), "leave the version out")
			}
			p.Report(f)
		},
	}
}
