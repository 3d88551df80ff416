package explain

import (
	"fmt"
	"strings"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// hints says what may be meant by a requirement that stopped a login.
func (r Report) hints(q engine.RequirementTrace) []string {
	switch {
	case q.Raised != "":
		return nil
	case !q.Present:
		return r.nameHints(q)
	case q.Kind != engine.AnyOneOf:
		return nil
	case !q.Regex:
		if hints := valueHints(q); hints != nil {
			return hints
		}
	}
	return r.madeHints(q)
}

// madeHints says what became of a claim on its way, where its value is not the
// one that the issuer has sent. Values that Keystone has told apart are.
func (r Report) madeHints(q engine.RequirementTrace) []string {
	const asItIs = `a list, joined with ";"` // which Keystone takes apart again
	if v := r.variable(q.Type); v != nil && v.Note != "" && v.Note != asItIs && len(q.Values) == 1 {
		return []string{v.Note}
	}
	return nil
}

// nameHints looks for the name that was meant, and for why the claim made no
// variable.
func (r Report) nameHints(q engine.RequirementTrace) []string {
	if known := r.variable(q.Type); known != nil && known.Missing {
		return []string{known.Note}
	}
	for _, i := range r.alike[claimName(q.Type)] {
		if v := r.Environment[i]; v.Name != q.Type {
			return []string{r.otherForm(q.Type, v)}
		}
	}
	if r.Knows != nil && r.Knows(q.Type) != "" {
		return []string{r.Knows(q.Type) + "; no claim gives it, so it is not known here"}
	}
	if q.Nearest != "" {
		return []string{fmt.Sprintf("%s came; did you mean that?", value(q.Nearest))}
	}
	return nil
}

// otherForm tells two spellings of one claim apart.
func (r Report) otherForm(asked string, v Variable) string {
	switch {
	case v.Missing:
		return fmt.Sprintf("%s: %s", value(v.Name), v.Note)
	case strings.EqualFold(v.Name, asked):
		return fmt.Sprintf("%s came: names count with their case", value(v.Name))
	case r.Module == "" && bare(v.Name):
		return fmt.Sprintf("%s came: these look like claims as the issuer sends them; --module mod_auth_openidc --module-version 2.4.12.3%s makes the environment of them", value(v.Name), prefixFlag(asked))
	case strings.TrimPrefix(headerForm(v.Name), "HTTP_") != strings.TrimPrefix(headerForm(asked), "HTTP_"):
		return fmt.Sprintf("%s came, with another prefix: OIDCClaimPrefix decides (--prefix)", value(v.Name))
	case isHeader(asked) && strings.ContainsAny(v.Name, "_."):
		return fmt.Sprintf("%s came; this asks for its header form, which httpd drops because of _ or . in the name", value(v.Name))
	case isHeader(asked):
		return fmt.Sprintf("%s came; this asks for its header form, which the module did not make", value(v.Name))
	case isHeader(v.Name):
		return fmt.Sprintf("%s came, in the header form: the module passes claims as headers only (OIDCPassClaimsAs)", value(v.Name))
	}
	return fmt.Sprintf("%s came: this is how the claim is called in the environment", value(v.Name))
}

// prefixFlag gives the flag for the prefix that a rule counts on, where it is not
// the module's own.
func prefixFlag(asked string) string {
	if form := strings.TrimPrefix(headerForm(asked), "HTTP_"); strings.HasPrefix(form, "OIDC_") && !strings.HasPrefix(form, "OIDC_CLAIM_") {
		return " --prefix OIDC-"
	}
	return ""
}

// bare reports whether a name is a claim's own, without a module's prefix.
func bare(name string) bool { return len(claimName(name)) == len(name) }

func isHeader(name string) bool { return strings.HasPrefix(name, "HTTP_") }

// headerForm brings a name to the form that headers give it.
func headerForm(name string) string {
	return strings.Map(func(r rune) rune {
		if (r >= 'A' && r <= 'Z') || (r >= '0' && r <= '9') {
			return r
		}
		return '_'
	}, strings.ToUpper(name))
}

// claimName gives a name's header form without the prefixes of the modules in
// use: what is alike then is one claim.
func claimName(name string) string {
	plain := headerForm(name)
	for _, prefix := range []string{"HTTP_", "OIDC_CLAIM_", "OIDC_", "OAUTH2_CLAIM_", "OAUTH2_"} {
		plain = strings.TrimPrefix(plain, prefix)
	}
	return plain
}

// valueHints looks for the value that was meant.
func valueHints(q engine.RequirementTrace) []string {
	for _, item := range q.Wanted {
		text, ok := item.(string)
		if !ok {
			continue
		}
		for _, came := range q.Values {
			if hint := valueHint(text, came); hint != "" {
				return []string{hint}
			}
		}
	}
	if q.Nearest != "" {
		return []string{fmt.Sprintf("%s came, %s is listed; did you mean that?", value(q.Nearest), value(q.NearestTo))}
	}
	return patternHints(q.Wanted)
}

// patternHints looks for a regular expression where none is expected.
func patternHints(list []any) []string {
	for _, item := range list {
		if text, ok := item.(string); ok && (strings.HasPrefix(text, "^") || strings.HasSuffix(text, "$") || strings.Contains(text, ".*")) {
			return []string{fmt.Sprintf(`%s is compared as it stands: it is no regular expression without "regex": true`, value(text))}
		}
	}
	return nil
}

func valueHint(text, came string) string {
	switch {
	case text == "" || came == "":
	case strings.EqualFold(came, text):
		return fmt.Sprintf("%s came, %s is listed: values count with their case", value(came), value(text))
	case strings.TrimSpace(came) == text:
		return fmt.Sprintf("%s came with blanks around it", value(text))
	case among(text, came, ","):
		return fmt.Sprintf("%s came as part of one value, joined by commas; Keystone splits at semicolons only: OIDCClaimDelimiter \";\"", value(text))
	case among(text, strings.Trim(came, "[]"), ",") || among(`"`+text+`"`, strings.Trim(came, "[]"), ","):
		return fmt.Sprintf("%s came as part of a JSON text, which Keystone does not take apart", value(text))
	case came == "/"+text:
		return fmt.Sprintf("%s came: the issuer sends groups with their path (Keycloak: Full group path)", value(came))
	}
	return ""
}

func among(text, joined, by string) bool {
	for part := range strings.SplitSeq(joined, by) {
		if strings.TrimSpace(part) == text && joined != text {
			return true
		}
	}
	return false
}
