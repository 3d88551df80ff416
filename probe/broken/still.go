package broken

import (
	"regexp"
	"strings"
	"sync"

	"github.com/fedstone/fedstone/internal/secret"
)

// stiller takes out of a recording what is secret and what differs from run to run.
type stiller struct {
	mask  *secret.Redactor
	words map[string]string // folders, and what stands for them
}

// masked stands in a recording where something was that nobody may see.
const masked = "MASKED"

type rule struct {
	is *regexp.Regexp
	by string
}

// rules are tried in this order, on the recording's JSON.
var rules = sync.OnceValue(func() []rule {
	var all []rule
	for _, pair := range [][2]string{
		{`("X-Subject-Token": \[\s*")[^"]+`, "${1}" + masked},
		{`((?i:x-subject-token): )[^\s"]+`, "${1}" + masked},
		{`(mod_auth_openidc_\w+?_)[\w-]+=[^;"]*`, "${1}" + masked + "=" + masked},
		{`(mod_auth_openidc_session)=[^;"]*`, "${1}=" + masked},
		{`((?:state|nonce|code|code_challenge|id_token|x_csrf)=)[^&;"\\\s]+`, "${1}" + masked},
		{`((?:name|id)=\\?"x_csrf\\?" value=\\?")[^\\"]+`, "${1}" + masked},
		{`(\\?"audit_ids\\?": ?\[)[^\]]*`, "${1}"},
		{`req-[0-9a-f-]{36}`, "req-00000000-0000-0000-0000-000000000000"},
		{`\b[0-9a-f]{64}\b`, strings.Repeat("0", 64)},
		{`\b[0-9a-f]{32}\b`, strings.Repeat("0", 32)},
		{`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)`, "2026-01-01T00:00:00Z"},
		{`\b(\d+h)?(\d+m)?\d+s (ago)`, "10m0s ago"},
		{`\bin (\d+h)?(\d+m)?\d+s\b`, "in 1h0m0s"},
		{`(\.broken\.test):\d+`, "${1}"},
		{`(127\.0\.0\.1|localhost):\d+`, "${1}:15000"},
		{`(Date: )\w{3}, [\w :]+GMT`, "${1}Thu, 01 Jan 2026 00:00:00 GMT"},
		{`Apache/[\d.]+ \(Debian\)[^"\r\n]*`, "Apache/2.4 (Debian)"},
		{`\bPort \d+</address>`, "Port 443</address>"},
	} {
		all = append(all, rule{regexp.MustCompile(pair[0]), pair[1]})
	}
	return all
})

func (s stiller) still(text []byte) []byte {
	out := strings.ReplaceAll(s.mask.Redact(string(text)), secret.Mask, masked)
	for word, by := range s.words {
		out = strings.ReplaceAll(out, word, by)
	}
	for _, r := range rules() {
		out = r.is.ReplaceAllString(out, r.by)
	}
	return []byte(out)
}
