package keystone

import (
	"net/url"
	"strings"

	"github.com/fedstone/fedstone/internal/oslo"
	"github.com/fedstone/fedstone/validate/subject"
)

// trusted gives the assignments of trusted_dashboard, as far as they can be told.
func trusted(s *subject.Site) []oslo.Value {
	var out []oslo.Value
	for _, v := range s.Keystone.Conf.All("federation", "trusted_dashboard") {
		if r := s.Keystone.Conf.Resolve(v, nil); r.Outcome == oslo.Decided {
			v.Text = r.Text
			out = append(out, v)
		}
	}
	return out
}

// callback is the path at which Horizon takes a token, behind its own.
const callback = "/auth/websso/"

// shape says what is wrong with a trusted dashboard, and how it is written; "" where
// nothing is.
func shape(value string) (wrong, better string) {
	u, err := url.Parse(value)
	switch {
	case strings.ContainsAny(value, ", \n\"'"):
		return "one URL stands on one line, without quotes and commas", "https://dashboard.example.org/auth/websso/"
	case err != nil || u.Scheme == "" || u.Host == "":
		return "it is no URL with scheme and host", "https://" + strings.TrimPrefix(strings.Trim(value, "/"), "//") + callback
	case strings.HasSuffix(u.Path, strings.TrimSuffix(callback, "/")):
		return "Horizon's URL ends in a slash", value + "/"
	case !strings.HasSuffix(u.Path, callback):
		return "Horizon's URL ends in " + callback, strings.TrimSuffix(value, "/") + callback
	}
	return "", ""
}
