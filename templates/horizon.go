package templates

import (
	_ "embed"
	"reflect"
)

//go:embed horizon.py.tmpl
var horizonText string

// What Horizon calls the login without an identity provider, and what people read.
const (
	passwordChoice = "credentials"
	passwordTitle  = "Keystone credentials"
)

// horizon renders the dashboard's settings, where there is a dashboard.
func (j *job) horizon() ([]File, error) {
	l := j.platform.Layout
	if len(j.fed.Keystone.Dashboards) == 0 || l.Horizon == "" {
		return nil, nil
	}
	text, err := small("horizon.py", horizonText, j.horizonSlots(), pythonString, j.horizonRuns())
	if err != nil {
		return nil, err
	}
	readBack := func(text []byte) error {
		got, err := readPython(text)
		if err == nil && !reflect.DeepEqual(got, j.horizonSettings()) {
			err = errOtherMeaning
		}
		return err
	}
	return []File{{Path: l.Horizon, Kind: Horizon, Mode: 0o644, Owner: "root", Group: l.HorizonGroup, Content: text, readBack: readBack}}, nil
}

func (j *job) horizonSlots() *slots {
	s := newSlots()
	s.one("Password", passwordChoice)
	s.one("KeystoneURL", j.fed.Keystone.URL.Value+"/v3")
	return s
}

func (j *job) horizonRuns() map[string][]run {
	runs := make([]run, 0, len(j.fed.IdentityProviders))
	for _, idp := range j.fed.IdentityProviders {
		s := newSlots()
		s.one("ID", idp.ID.Value)
		s.one("Title", orDefault(idp.DisplayName.Value, idp.ID.Value))
		s.one("Protocol", idp.Protocol.Value)
		runs = append(runs, run{slots: s})
	}
	return map[string][]run{"choice": runs, "provider": runs}
}

// horizonSettings is what the settings mean: tuples are []any, dicts keep their
// order as []entry.
func (j *job) horizonSettings() []setting {
	choices := []any{[]any{passwordChoice, passwordTitle}}
	var mapping []entry
	for _, idp := range j.fed.IdentityProviders {
		id := idp.ID.Value
		choices = append(choices, []any{id, orDefault(idp.DisplayName.Value, id)})
		mapping = append(mapping, entry{id, []any{id, idp.Protocol.Value}})
	}
	return []setting{
		{"WEBSSO_ENABLED", true}, {"WEBSSO_INITIAL_CHOICE", passwordChoice}, {"WEBSSO_CHOICES", choices},
		{"WEBSSO_IDP_MAPPING", mapping}, {"WEBSSO_KEYSTONE_URL", j.fed.Keystone.URL.Value + "/v3"}, {"WEBSSO_USE_HTTP_REFERER", false},
	}
}
