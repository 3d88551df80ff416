package templates

import (
	_ "embed"
	"slices"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping"
)

//go:embed keystone.conf.tmpl
var keystoneText string

// methods are Keystone's own default without external.
var methods = []string{"password", "token", "oauth1", "mapped", "application_credential"}

// trustedDashboard is the one option that may have several values.
const trustedDashboard = "trusted_dashboard"

// option is one line of an ini file.
type option struct{ section, name, value string }

// keystone renders the fragment that stands beside keystone.conf.
func (j *job) keystone() ([]File, error) {
	text, err := small("keystone.conf", keystoneText, j.keystoneSlots(), iniValue, nil)
	if err != nil {
		return nil, err
	}
	readBack := func(text []byte) error {
		got, err := readINI(text)
		if err == nil && !slices.Equal(got, j.keystoneOptions()) {
			err = errOtherMeaning
		}
		return err
	}
	l := j.platform.Layout
	return []File{{Path: l.KeystoneConf, Kind: Keystone, Mode: 0o640, Owner: "root", Group: l.KeystoneGroup, Content: text, readBack: readBack}}, nil
}

func (j *job) protocols() []string {
	var out []string
	for _, idp := range j.fed.IdentityProviders {
		out = append(out, idp.Protocol.Value)
	}
	return unique(out)
}

func (j *job) methods() string {
	return strings.Join(unique(append(slices.Clone(methods), j.protocols()...)), ",")
}

// origins are what Horizon sends as its own address, byte for byte.
func (j *job) origins() []string {
	var out []string
	for _, d := range j.fed.Keystone.Dashboards {
		out = append(out, strings.TrimSuffix(d.Value, "/")+"/auth/websso/")
	}
	return out
}

// protocolSection is what keystone.conf says of a protocol.
type protocolSection struct {
	Name     string
	RemoteID slot
}

// remoteIDOf names what holds the remote id of a protocol's identity providers: all of one protocol speak the same.
func (j *job) remoteIDOf(protocol string) string {
	for _, idp := range j.fed.IdentityProviders {
		if idp.Protocol.Value == protocol {
			return mapping.NamesFor(idp).RemoteID
		}
	}
	return mapping.RemoteID
}

func (j *job) keystoneSlots() *slots {
	s := newSlots()
	s.one("URL", j.fed.Keystone.URL.Value)
	s.one("Methods", j.methods())
	s.many("Dashboards", j.origins())
	var sections []protocolSection
	for _, p := range j.protocols() {
		sections = append(sections, protocolSection{"[" + p + "]", s.next(j.remoteIDOf(p))}) // one of Keystone's own protocol ids
	}
	s.fact("Sections", sections)
	j.oauth2Options(s)
	return s
}

func (j *job) keystoneOptions() []option {
	out := []option{{"DEFAULT", "public_endpoint", j.fed.Keystone.URL.Value}, {"auth", "methods", j.methods()}}
	for _, o := range j.origins() {
		out = append(out, option{"federation", trustedDashboard, o})
	}
	for _, p := range j.protocols() {
		out = append(out, option{p, "remote_id_attribute", j.remoteIDOf(p)})
	}
	return append(out, j.oauth2Meant()...)
}

// keystoneSections gives the options by section and name, as tools take them that
// write keystone.conf themselves. several makes the value of an option that may have
// more than one.
func (j *job) keystoneSections(several func([]any) any) map[string]map[string]any {
	out := map[string]map[string]any{}
	var dashboards []any
	for _, o := range j.keystoneOptions() {
		if out[o.section] == nil {
			out[o.section] = map[string]any{}
		}
		out[o.section][o.name] = o.value
		if o.name == trustedDashboard {
			dashboards = append(dashboards, o.value)
			out[o.section][o.name] = several(dashboards)
		}
	}
	return out
}
