package templates

import (
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

// oauth2Path is where Keystone issues access tokens (keystone/api/os_oauth2.py).
const oauth2Path = "/v3/OS-OAUTH2/token"

// firstOAuth2Options is the first Keystone with a section [oauth2], 2023.1. Zed takes
// client_secret_basic and nothing else.
const firstOAuth2Options = 23

// oauth2Slots say what the token path needs of httpd.
func (j *job) oauth2Slots(s *slots) {
	o := j.fed.OAuth2
	s.fact("Issues", o != nil)
	s.fact("MTLS", o.Takes(spec.TLSClientAuth))
	var ca string
	if o.Takes(spec.TLSClientAuth) {
		ca = j.inTree(o.MTLS.ClientCA.Value)
	}
	s.one("TokenPath", oauth2Path)
	s.one("ClientCA", ca)
}

// oauth2Options are the slots of keystone.conf. An option that the release lacks is
// not written.
func (j *job) oauth2Options(s *slots) {
	meant := j.oauth2Meant()
	s.fact("Issues", len(meant) > 0)
	s.fact("MTLS", len(meant) > 1)
	for _, o := range meant {
		s.one(o.name, o.value)
	}
}

// oauth2Meant are the options of [oauth2]: the methods, and the mapping where a
// certificate may be shown. Of an unknown release, it is the newest.
func (j *job) oauth2Meant() []option {
	o := j.fed.OAuth2
	release, known := platform.ReleaseByName(j.release())
	if o == nil || known && release.Number < firstOAuth2Options {
		return nil
	}
	out := []option{{"oauth2", "oauth2_authn_methods", strings.Join(plainTexts(o.Methods), ",")}}
	if o.Takes(spec.TLSClientAuth) {
		out = append(out, option{"oauth2", "oauth2_cert_dn_mapping_id", o.MTLS.Mapping.Value})
	}
	return out
}
