package spec

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/google/go-cmp/cmp"
)

// minimal is the smallest sound file; cases change a piece of it.
const minimal = `version: 1
keystone:
  url: https://keystone.example.org:5000
platform: debian-12
httpd:
  crypto_passphrase: {file: secrets/passphrase}
identity_providers:
  corp:
    issuer: https://sso.example.org/realms/corp
    client: {id: keystone, secret: {env: CORP_CLIENT_SECRET}}
    rules:
      - user: {name: "{preferred_username}"}
`

// changed is minimal with one piece replaced.
func changed(t *testing.T, from, to string) string {
	t.Helper()
	if !strings.Contains(minimal, from) {
		t.Fatalf("the minimal file does not hold %q", from)
	}
	return strings.Replace(minimal, from, to, 1)
}

// told is what a case expects of one finding: line:column slug.
func told(list finding.List) []string {
	var out []string
	for _, f := range list {
		out = append(out, strings.TrimPrefix(f.At.String(), "f.yaml:")+" "+f.Slug)
	}
	return out
}

func TestMinimal(t *testing.T) {
	f, list := Load("f.yaml", []byte(minimal))
	if len(list) > 0 {
		t.Fatal(list)
	}
	p := f.IdentityProviders[0]
	got := map[string]string{
		"layout": f.HTTPD.Layout.Value, "strategy": f.HTTPD.Strategy.Value, "listen": f.HTTPD.Listen.Value,
		"cache": f.HTTPD.Cache.Type.Value, "release": f.Keystone.Release.Value,
		"protocol": p.Protocol.Value, "domain": p.Domain.Value, "display_name": p.DisplayName.Value,
		"audience": p.Bearer.Audience.Value, "clients": join(p.Bearer.Clients), "token": p.Bearer.Token.Value,
		"scopes": join(p.Scopes),
	}
	want := map[string]string{
		"layout": "whole", "strategy": "auto", "listen": "5000", "cache": "shm", "release": "",
		"protocol": "openid", "domain": "corp", "display_name": "corp",
		"audience": "keystone", "clients": "keystone", "token": "access", "scopes": "openid email profile",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if f.HTTPD.GatePort.Value != 5051 || f.HTTPD.TLS != nil || p.Probe != nil {
		t.Errorf("gate port %d, tls %v, probe %v", f.HTTPD.GatePort.Value, f.HTTPD.TLS, p.Probe)
	}
}

func join(list []Text) string {
	var out []string
	for _, t := range list {
		out = append(out, t.Value)
	}
	return strings.Join(out, " ")
}

// TestForm is about YAML and the form, value by value.
func TestForm(t *testing.T) {
	cases := map[string]struct {
		src  string
		want []string
	}{
		"unknown key":          {changed(t, "platform:", "colour: red\nplatform:"), []string{"4:1 unknown-key"}},
		"key by case":          {changed(t, "issuer:", "Issuer:"), []string{"9:5 key-case", "9:5 missing-key"}},
		"typo with hyphen":     {changed(t, ", secret: {", ", client-secret: {"), []string{"10:14 missing-key", "10:28 unknown-key"}},
		"duplicate key":        {changed(t, "platform: debian-12", "platform: debian-12\nplatform: rhosp-17.1"), []string{"5:1 duplicate-key"}},
		"duplicate provider":   {minimal + "  corp: {}\n", []string{"13:3 duplicate-key"}},
		"anchor":               {changed(t, "platform: debian-12", "platform: &p debian-12"), []string{"4:11 yaml-anchor"}},
		"anchor and alias":     {changed(t, "id: keystone", "id: &a keystone") + "    domain: *a\n", []string{"10:18 yaml-anchor", "13:13 yaml-alias"}},
		"merge key":            {changed(t, "    rules:", "    <<: {domain: x}\n    rules:"), []string{"11:5 yaml-merge"}},
		"alias to nothing":     {changed(t, "debian-12", "*nowhere"), []string{"f.yaml yaml-alias"}},
		"tag of a language":    {changed(t, "debian-12", "!!python/object:os.system debian-12"), []string{"4:11 yaml-tag"}},
		"tag binary":           {changed(t, "debian-12", "!!binary ZGViaWFuLTEy"), []string{"4:11 yaml-tag"}},
		"tag include":          {changed(t, "debian-12", "!include other.yaml"), []string{"4:11 yaml-tag"}},
		"Norway as id":         {changed(t, "  corp:", "  no:"), []string{"8:3 needs-quotes"}},
		"octal as id":          {changed(t, "  corp:", "  0123:"), []string{"8:3 needs-quotes"}},
		"float as id":          {changed(t, "  corp:", "  1e3:"), []string{"8:3 needs-quotes"}},
		"time as id":           {changed(t, "  corp:", "  12:30:"), []string{"8:3 needs-quotes"}},
		"date as id":           {changed(t, "  corp:", "  2024-01-01:"), []string{"8:3 needs-quotes"}},
		"boolean as id":        {changed(t, "  corp:", "  true:"), []string{"8:3 needs-quotes"}},
		"null as id":           {changed(t, "  corp:", "  ~:"), []string{"8:3 empty-value"}},
		"quoted number as id":  {changed(t, "  corp:", `  "0123":`), nil},
		"number as client":     {changed(t, "id: keystone", "id: 1234"), []string{"10:18 needs-quotes"}},
		"two documents":        {minimal + "---\nversion: 1\n", []string{"13:1 several-documents"}},
		"document marker":      {"---\n" + minimal, nil},
		"CRLF":                 {strings.ReplaceAll(minimal, "\n", "\r\n"), nil},
		"empty file":           {"", []string{"f.yaml empty-file"}},
		"only a comment":       {"# nothing\n", []string{"f.yaml empty-file"}},
		"a list":               {"- a\n", []string{"1:1 wrong-type"}},
		"syntax":               {changed(t, "{file: secrets/passphrase}", "{file: secrets/passphrase"), []string{"6:1 yaml-syntax"}},
		"bad version":          {changed(t, "version: 1", "version: 2"), []string{"1:10 bad-version"}},
		"mapping for string":   {changed(t, "platform: debian-12", "platform: {name: debian-12}"), []string{"4:11 wrong-type"}},
		"no value":             {changed(t, "platform: debian-12", "platform:"), []string{"4:10 empty-value"}},
		"literal secret":       {changed(t, "{env: CORP_CLIENT_SECRET}", "hunter2"), []string{"10:36 literal-secret"}},
		"literal as variable":  {changed(t, "{env: CORP_CLIENT_SECRET}", `{env: "hunter2!"}`), []string{"10:42 literal-secret"}},
		"two sources":          {changed(t, "{env: CORP_CLIENT_SECRET}", "{env: A, file: b}"), []string{"10:36 secret-source"}},
		"httpd variable":       {changed(t, "id: keystone", `id: "${HOME}"`), []string{"10:18 template-syntax"}},
		"Jinja":                {changed(t, "id: keystone", `id: "{{ x }}"`), []string{"10:18 template-syntax"}},
		"Jinja block":          {changed(t, "id: keystone", `id: "{% x %}"`), []string{"10:18 template-syntax"}},
		"exec prefix":          {changed(t, "id: keystone", `id: "exec:/bin/id"`), []string{"10:18 exec-prefix"}},
		"escaped line feed":    {changed(t, "id: keystone", `id: "a\nb"`), []string{"10:18 control-character"}},
		"escaped NUL":          {changed(t, "id: keystone", `id: "a\0b"`), []string{"10:18 control-character"}},
		"escaped separator":    {changed(t, "id: keystone", `id: "a\Lb"`), []string{"10:18 control-character"}},
		"two lines in a block": {minimal + "    domain: |\n      a\n      b\n", []string{"13:13 control-character"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, list := Load("f.yaml", []byte(c.src))
			if diff := cmp.Diff(c.want, told(list)); diff != "" {
				t.Errorf("%s\n%v", diff, list)
			}
		})
	}
}

// TestCharacters is about the bytes of the file.
func TestCharacters(t *testing.T) {
	cases := map[string]struct {
		src  string
		want []string
	}{
		"byte order mark":    {"\ufeff" + minimal, []string{"1:1 byte-order-mark"}},
		"UTF-16":             {"\xff\xfev\x00e\x00r\x00", []string{"f.yaml not-utf8"}},
		"UTF-16 unmarked":    {"v\x00e\x00r\x00s\x00", []string{"f.yaml not-utf8"}},
		"UTF-32":             {"\x00\x00\xfe\xff\x00\x00\x00v", []string{"f.yaml not-utf8"}},
		"Latin-1":            {changed(t, "id: keystone", "id: caf\xe9"), []string{"10:21 not-utf8"}},
		"overlong":           {changed(t, "id: keystone", "id: \xc0\xaf"), []string{"10:18 not-utf8"}},
		"NUL":                {changed(t, "id: keystone", "id: a\x00b"), []string{"10:19 control-character"}},
		"line separator":     {changed(t, "id: keystone", "id: a\u2028b"), []string{"10:19 control-character"}},
		"next line":          {changed(t, "id: keystone", "id: a\u0085b"), []string{"10:19 control-character"}},
		"lone return":        {changed(t, "id: keystone", "id: a\rb"), []string{"10:19 control-character"}},
		"bidi in a comment":  {changed(t, "version: 1", "version: 1 # \u202e"), []string{"1:14 control-character"}},
		"zero width":         {changed(t, "id: keystone", "id: a\u200bb"), []string{"10:19 control-character"}},
		"after a wide rune":  {changed(t, "id: keystone", "id: \"日本\u200b\""), []string{"10:21 control-character"}},
		"everything at once": {changed(t, "id: keystone", "id: a\x00b") + "    colour: \u202e\n", []string{"10:19 control-character", "13:5 unknown-key", "13:13 control-character"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, list := Load("f.yaml", []byte(c.src))
			got := slices.DeleteFunc(told(list), func(s string) bool { return strings.HasSuffix(s, "client-id") })
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("%s\n%v", diff, list)
			}
		})
	}
}

// TestBombs holds that size is bounded before work is done: the number of
// findings and their kind, never the clock.
func TestBombs(t *testing.T) {
	laughs := "a0: &a0 [x]\n"
	for i := range 9 {
		n := string(rune('0' + i + 1))
		prev := "*a" + string(rune('0'+i))
		laughs += "a" + n + ": &a" + n + " [" + strings.Repeat(prev+", ", 9) + prev + "]\n"
	}
	cases := map[string]struct{ src, slug string }{
		"billion laughs": {laughs, "yaml-alias"},
		"alias cycle":    {"a: &a [*a]\n", "yaml-alias"},
		"merge chain":    {"a: &a {<<: *a}\n", "yaml-merge"},
		"flow nesting":   {strings.Repeat("[", 100_000), "too-deep"},
		"flow mappings":  {strings.Repeat("{a: ", 100_000), "too-deep"},
		"block nesting":  {strings.Repeat("- ", 100_000), "too-deep"},
		"closed nesting": {strings.Repeat("[", 65) + strings.Repeat("]", 65), "too-deep"},
		"large":          {strings.Repeat("#", maxSize+1), "file-too-large"},
		"many values":    {"[" + strings.Repeat("a,", maxSeparators+1) + "]", "file-too-large"},
		"many mistakes":  {"x: [" + strings.Repeat("&a 1,", 2*maxFindings) + "]", "too-many-findings"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, list := Load("f.yaml", []byte(c.src))
			if !slices.ContainsFunc(list, func(f finding.Finding) bool { return f.Slug == c.slug }) {
				t.Errorf("no finding %s among %d", c.slug, len(list))
			}
			if len(list) > maxFindings+1 {
				t.Errorf("%d findings", len(list))
			}
		})
	}
}

// endless never ends; it counts what was taken from it.
type endless struct{ taken int }

func (e *endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '#'
	}
	e.taken += len(p)
	return len(p), nil
}

func TestReadIsBounded(t *testing.T) {
	input := &endless{}
	_, _, list, err := ReadFile(Stdin, input)
	if err != nil || !list.HasErrors() || list[0].Slug != "file-too-large" {
		t.Errorf("findings %v, error %v", list, err)
	}
	if input.taken > maxSize+64<<10 {
		t.Errorf("%d bytes were taken", input.taken)
	}
}

func TestReadFile(t *testing.T) {
	dir := t.TempDir()
	pipe := filepath.Join(dir, "pipe")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	cases := map[string]struct{ path, want string }{
		"folder":  {dir, "is a folder"},
		"pipe":    {pipe, "is a pipe"},
		"device":  {os.DevNull, "is a device"},
		"missing": {filepath.Join(dir, "none"), "no such file"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			if _, _, _, err := ReadFile(c.path, io.MultiReader()); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want %q", err, c.want)
			}
		})
	}
}

func TestFindingsAreComplete(t *testing.T) {
	f, src, list, err := ReadFile(filepath.Join("testdata", "mistakes.yaml"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if f == nil || !list.HasErrors() {
		t.Fatalf("federation %v, findings %v", f, list)
	}
	var got bytes.Buffer
	if err := finding.WriteText(&got, list, finding.TextOptions{Source: func(string) []byte { return src }}); err != nil {
		t.Fatal(err)
	}
	golden(t, filepath.Join("testdata", "mistakes.txt"), got.Bytes())
}
