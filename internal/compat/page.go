package compat

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strings"
)

const opening = `# What runs with what

Written by ` + "`make test-matrix`" + ` from what it saw. On each release of Debian it brings up that release's own MariaDB, Keystone,
httpd, modules and Horizon, with Keycloak and oidc-provider as issuers, renders [the quickstart](../examples/quickstart)
for the platform, applies it, and asks. Debian 12's programs run as they are installed; the others in folders made by
debootstrap, on the same kernel and network. It needs root on Debian 12, and about 5 GB for the folders, which are kept
below ` + "`~/.cache/fedstone`" + `. ` + "`SUITES=trixie make test-matrix`" + ` runs one of them, and keeps what is known of the others.

`

// Page is docs/compatibility.md: of these strategies, which are those that there are.
func (r Record) Page(strategies []string) []byte {
	var b bytes.Buffer
	b.WriteString(opening)
	b.WriteString("## The programs\n\nVersions as the programs themselves say them.\n\n")
	b.WriteString("| release | httpd | mod_auth_openidc | mod_oauth2 | Keystone | Python | Horizon |\n|---|---|---|---|---|---|---|\n")
	for _, s := range r.Suites {
		p := s.Programs
		fmt.Fprintf(&b, "| %s (%s) | %s | %s | %s | %s | %s | %s |\n", s.Title, s.Name, p.HTTPD, p.Module, p.oauth2(), p.Keystone, p.Python, orNone(p.Horizon))
	}
	r.results(&b, strategies)
	r.wrong(&b, strategies)
	return b.Bytes()
}

func (p Programs) oauth2() string {
	if p.OAuth2 == "" {
		return orNone("")
	}
	return p.OAuth2 + " with liboauth2 " + p.Library
}

func (r Record) results(b *bytes.Buffer, strategies []string) {
	b.WriteString("\n## What was seen\n\n")
	b.WriteString("A cell of the matrix is one token at one provider's path, cold or after the token that belongs there was used. Tokens are\n" +
		"each provider's own, those of other providers and clients, those that `must_be_refused` names, and forged ones. A cell\n" +
		"is as it must be where the token is taken at its own path and refused everywhere else by httpd, before Keystone.\n" +
		"The browser is Chromium at Horizon's login page, until the dashboard names the user: with `gate` by every provider, else\n" +
		"by the first, since browsers log in the same way in all strategies.\n\n")
	b.WriteString("| release | `strategy` | providers | cells as they must be | login in the browser | run on |\n|---|---|---|---|---|---|\n")
	for _, s := range r.Suites {
		for _, name := range strategies {
			row := "– | not run yet | – | –"
			if st, ok := s.Strategy(name); ok {
				row = st.row(s.Programs.Horizon != "") + " | " + st.Date
			}
			fmt.Fprintf(b, "| %s | `%s` | %s |\n", s.Title, name, row)
		}
	}
}

func (st Strategy) row(horizon bool) string {
	switch {
	case st.Tried:
		return fmt.Sprintf("%s | %d of %d, tried while `render` refused it | %s", strings.Join(st.Providers, ", "), st.Right, st.Cells, st.browser(horizon))
	case st.Refused != "":
		return "– | refused by `render` | –"
	}
	return fmt.Sprintf("%s | %d of %d | %s", strings.Join(st.Providers, ", "), st.Right, st.Cells, st.browser(horizon))
}

func (st Strategy) browser(horizon bool) string {
	if !horizon {
		return "there is no Horizon"
	}
	var said []string
	for _, idp := range slices.Sorted(maps.Keys(st.Browser)) {
		if why := st.Browser[idp]; why != "" {
			idp += " fails"
		}
		said = append(said, idp)
	}
	return orNone(strings.Join(said, ", "))
}

// wrong tells each cell and each login that was not as it must be, why a strategy is refused, and where that was seen.
func (r Record) wrong(b *bytes.Buffer, strategies []string) {
	b.WriteString("\n## What was not as it must be\n\nThe words are those of `fedstone probe`; [symptoms.md](symptoms.md) explains each.\n\n")
	b.WriteString("| where | what | seen |\n|---|---|---|\n")
	var faults []string
	seen := map[string][]string{}
	for _, s := range r.Suites {
		for _, name := range strategies {
			st, _ := s.Strategy(name)
			for _, fault := range st.faults() {
				if seen[fault] == nil {
					faults = append(faults, fault)
				}
				seen[fault] = append(seen[fault], s.Title+" `"+st.Name+"`")
			}
		}
	}
	for _, fault := range faults {
		fmt.Fprintf(b, "| %s | %s |\n", fault, strings.Join(seen[fault], ", "))
	}
}

func (st Strategy) faults() []string {
	var lines []string
	if st.Refused != "" && !st.Tried {
		lines = append(lines, "`render` | "+cell(st.Refused))
	}
	for _, w := range st.Wrong {
		lines = append(lines, fmt.Sprintf("token `%s` at %s | `%s`", w.Token, w.Path, w.Symptom))
	}
	for _, idp := range slices.Sorted(maps.Keys(st.Browser)) {
		if why := st.Browser[idp]; why != "" {
			lines = append(lines, fmt.Sprintf("browser, %s | %s", idp, cell(why)))
		}
	}
	return lines
}

// cell is a text as a table's cell takes it.
func cell(text string) string {
	return strings.NewReplacer("|", `\|`, "\n", " ").Replace(text)
}

func orNone(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
