// Package templates writes what federation.yaml describes: httpd configuration,
// the metadata directory of mod_auth_openidc, mappings, a keystone.conf
// fragment, Horizon settings and clouds.yaml.
//
// Render makes a Bundle in memory; Verify reads it back; Write, which begins with
// Verify, puts it in place, all of it or nothing.
//
// How no value can become anything but an argument: a *.tmpl file never sees a
// value. It is executed once with holes, for every shape that its sections can
// take, and the result is both the text into which quoted values are laid and,
// parsed, the statement of what is meant. The finished text is parsed back by
// the format's own reader and held against that statement, directive by
// directive and argument by argument. A difference is an error, and nothing is
// written, compared or shown.
//
// It may import everything below it: spec, platform, httpdconf, mapping, oidc,
// finding and secret.
package templates
