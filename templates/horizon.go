package templates

import (
	"cmp"
	_ "embed"
	"path"
	"reflect"
	"strings"

	"github.com/fedstone/fedstone/internal/platform"
	"github.com/fedstone/fedstone/internal/spec"
)

//go:embed horizon.py.tmpl
var horizonText string

// What Horizon calls the login without an identity provider, and what people read.
const (
	passwordChoice = spec.PasswordChoice
	passwordTitle  = "Keystone credentials"
)

// horizon renders the settings of each dashboard. The first one is this
// platform's own; those of the others are for the hosts that they run on.
func (j *job) horizon() ([]File, error) {
	if j.platform.Layout.Horizon == "" {
		return nil, nil
	}
	var files []File
	for i, d := range j.fed.Keystone.Dashboards {
		f, err := j.horizonFile(d.Value, i == 0)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

func (j *job) horizonFile(dashboard string, own bool) (File, error) {
	l := j.platform.Layout
	text, err := small("horizon.py", horizonText, j.horizonSlots(dashboard), pythonString, j.horizonRuns())
	readBack := func(text []byte) error {
		got, err := readPython(text)
		if err == nil && !reflect.DeepEqual(got, j.horizonSettings(dashboard)) {
			err = errOtherMeaning
		}
		return err
	}
	f := File{Path: l.Horizon, Kind: Horizon, Mode: 0o644, Owner: "root", Group: l.HorizonGroup, Content: text, readBack: readBack}
	if !own {
		f.Path, f.Group = j.handedOut(dashboard), "root"
	}
	return f, err
}

// handedOut is where the settings of a dashboard lie that runs elsewhere: beside
// the manifest, in a folder of the dashboard's name.
func (j *job) handedOut(dashboard string) string {
	l := j.platform.Layout
	name := platform.Escape(strings.TrimPrefix(dashboard, "https://"))
	return path.Join(path.Dir(l.Manifest), "horizon", name, path.Base(l.Horizon))
}

func (j *job) horizonSlots(dashboard string) *slots {
	s := newSlots()
	s.one("FirstChoice", j.firstChoice())
	s.one("Password", passwordChoice)
	s.one("KeystoneURL", j.fed.Keystone.URL.Value+"/v3")
	s.fact("SkipsLoginPage", j.skipsLoginPage())
	s.one("GlobalProtocol", j.globalProtocol())
	s.fact("LogsOut", j.logsOut())
	s.one("Logout", j.logoutAddress(dashboard))
	return s
}

func (j *job) firstChoice() string { return cmp.Or(j.fed.Browser.FirstChoice.Value, passwordChoice) }

// globalProtocol is the one whose global path Horizon sends everybody to: it
// takes one alone.
func (j *job) globalProtocol() string {
	if all := j.globalProtocols(); len(all) > 0 {
		return all[0]
	}
	return ""
}

func (j *job) horizonRuns() map[string][]run {
	runs := make([]run, 0, len(j.fed.IdentityProviders))
	for _, idp := range j.fed.IdentityProviders {
		s := newSlots()
		s.one("ID", idp.ID.Value)
		s.one("Title", cmp.Or(idp.DisplayName.Value, idp.ID.Value))
		s.one("Protocol", idp.Protocol.Value)
		runs = append(runs, run{slots: s})
	}
	return map[string][]run{"choice": runs, "provider": runs}
}

// horizonSettings is what the settings mean: tuples are []any, dicts keep their
// order as []entry.
func (j *job) horizonSettings(dashboard string) []setting {
	choices := []any{[]any{passwordChoice, passwordTitle}}
	var mapping []entry
	for _, idp := range j.fed.IdentityProviders {
		id := idp.ID.Value
		choices = append(choices, []any{id, cmp.Or(idp.DisplayName.Value, id)})
		mapping = append(mapping, entry{id, []any{id, idp.Protocol.Value}})
	}
	keystone := j.fed.Keystone.URL.Value + "/v3"
	return append([]setting{
		{"WEBSSO_ENABLED", true}, {"WEBSSO_INITIAL_CHOICE", j.firstChoice()}, {"WEBSSO_CHOICES", choices},
		{"WEBSSO_IDP_MAPPING", mapping}, {"WEBSSO_KEYSTONE_URL", keystone}, {"WEBSSO_USE_HTTP_REFERER", false},
	}, j.waySettings(keystone, dashboard)...)
}

// waySettings are those of the way in past the login page, and of the way out.
func (j *job) waySettings(keystone, dashboard string) []setting {
	var out []setting
	logout := "LOGOUT_URL"
	if j.skipsLoginPage() {
		logout = "WEBSSO_DEFAULT_REDIRECT_LOGOUT"
		out = append(out, setting{"WEBSSO_DEFAULT_REDIRECT", true}, setting{"WEBSSO_DEFAULT_REDIRECT_PROTOCOL", j.globalProtocol()},
			setting{"WEBSSO_DEFAULT_REDIRECT_REGION", keystone})
	}
	if j.logsOut() {
		out = append(out, setting{logout, j.logoutAddress(dashboard)})
	}
	return out
}
