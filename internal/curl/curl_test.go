package curl_test

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/fedstone/fedstone/internal/curl"
)

func TestRead(t *testing.T) {
	const page = "HTTP/1.1 401 Unauthorized\r\nContent-Type: text/html\r\n\r\n<p>no</p>\r\n"
	for name, c := range map[string]struct {
		text   string
		status []int
		body   string
	}{
		"CRLF":             {page, []int{401}, "<p>no</p>\r\n"},
		"LF":               {strings.ReplaceAll(page, "\r", ""), []int{401}, "<p>no</p>\n"},
		"HTTP/2":           {"HTTP/2 302 \r\nlocation: /x\r\n\r\n", []int{302}, ""},
		"pasted":           {"\n\nHTTP/1.1 204 No Content\nServer: Apache", []int{204}, ""},
		"continued":        {"HTTP/1.1 100 Continue\r\n\r\n" + page, []int{100, 401}, "<p>no</p>\r\n"},
		"through a proxy":  {"HTTP/1.1 200 Connection established\r\n\r\n" + page, []int{200, 401}, "<p>no</p>\r\n"},
		"followed":         {"HTTP/1.1 302 Found\r\nLocation: https://a/\r\n\r\nHTTP/2 200\r\n\r\nhello", []int{302, 200}, "hello"},
		"a folded header":  {"HTTP/1.1 200 OK\r\nX-A: b\r\n c\r\n\r\nhello", []int{200}, "hello"},
		"a body like HTTP": {"HTTP/1.1 200 OK\r\n\r\nHTTP/ is a protocol", []int{200}, "HTTP/ is a protocol"},
	} {
		t.Run(name, func(t *testing.T) {
			all, wrong := curl.Read("x", []byte(c.text))
			var status []int
			for _, one := range all {
				status = append(status, one.Status)
			}
			if len(wrong) > 0 || !slices.Equal(status, c.status) || string(all[len(all)-1].Body) != c.body {
				t.Errorf("%v %v, %+v", status, wrong, all)
			}
		})
	}
}

func TestReadTellsWhatCame(t *testing.T) {
	for text, want := range map[string]string{
		"":                                "nothing, expected a status line",
		`{"error": {"code": 401}}`:        "a body alone, expected",
		"<html>":                          "a body alone, expected",
		"* Connected\n> GET / HTTP/1.1\n": "what curl -v tells",
		"curl: (7) Failed":                "an error of curl's own",
		"hush-hush":                       "another text, expected",
		"HTTP/1.1 OK":                     "a status line without a status",
		"HTTP/1.1 200 OK\nServer: a\nhush-hush\n":               "x:3:1: a line without a colon",
		"HTTP/1.1 200 OK\n\n" + strings.Repeat("x", curl.Limit): "more than",
	} {
		all, wrong := curl.Read("x", []byte(text))
		if len(wrong) != 1 || all != nil {
			t.Fatalf("%.20q: %v %v", text, all, wrong)
		}
		f := wrong[0]
		if said := f.At.String() + ": " + f.Message; !strings.Contains(said, want) || f.Hint == "" || strings.Contains(said+f.Hint, "hush") {
			t.Errorf("%.20q: %s, want %q", text, said, want)
		}
	}
}

// What curl -v tells of its doing is left out, and what it sent is read.
func TestReadVerbose(t *testing.T) {
	const doing = "* Connected to keystone.test\n> GET /x?y HTTP/1.1\r\n> Host: keystone.test\r\n> Accept: text/html; application/vnd.paos+xml\r\n> Authorization: Bearer hush-hush-bearer\r\n>\r\n* Request completely sent off\n"
	const heard = "< HTTP/1.1 400 Bad Request\r\n< Server: Apache\r\n<\r\n{ [12 bytes data]\n"
	for name, text := range map[string]string{
		"-v":                  doing + heard + "<p>no</p>\n* Connection #0 to host keystone.test left intact\n",
		"-v, no end of line":  doing + heard + "<p>no</p>\n* Connection #0 to host keystone.test left intact",
		"-v, nothing behind":  doing + heard + "<p>no</p>\n",
		"-iv":                 doing + heard + "* Connection #0 to host keystone.test left intact\nHTTP/1.1 400 Bad Request\r\nServer: Apache\r\n\r\n<p>no</p>\n",
		"-v, right behind it": doing + heard + "<p>no</p>* Connection #0 to host keystone.test left intact\n",
	} {
		t.Run(name, func(t *testing.T) {
			all, wrong := curl.Read("x", []byte(text))
			if len(wrong) > 0 || len(all) != 1 || all[0].Status != 400 || all[0].Header.Get("Server") != "Apache" || strings.TrimSpace(string(all[0].Body)) != "<p>no</p>" {
				t.Fatalf("%v %+v", wrong, all)
			}
			sent := all[0].Sent
			if sent.Method != "GET" || sent.Target != "/x?y" || sent.Header.Get("Accept") != "text/html; application/vnd.paos+xml" || sent.Header.Get("Authorization") != "Bearer REDACTED" {
				t.Errorf("%+v", sent)
			}
		})
	}
	_, wrong := curl.Read("x", []byte(doing+"< HTTP/1.1 400 Bad\n< odd\n"))
	if len(wrong) != 1 || wrong[0].At.Start.Line != 9 {
		t.Errorf("%+v", wrong)
	}
}

// Of an envelope is left what says how a login went, and nothing of anybody.
func TestReadMasksEnvelopes(t *testing.T) {
	const text = `HTTP/1.1 200 OK
Content-Type: text/xml

<?xml version="1.0"?><S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Header><ecp:RelayState>hush-relay</ecp:RelayState></S:Header><S:Body><samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol"><!-- hush-comment --><saml:Issuer>https://sso.test</saml:Issuer><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Responder"/><samlp:StatusMessage>why not</samlp:StatusMessage><saml:NameID Format="f">hush-name</saml:NameID><saml:AttributeValue><![CDATA[hush-data]]></saml:AttributeValue><saml:AuthnStatement SessionIndex="hush-session"/>hush-tail</samlp:Response></S:Body></S:Envelope>`
	all, wrong := curl.Read("x", []byte(text))
	if len(wrong) > 0 || strings.Contains(string(all[0].Body), "hush") {
		t.Fatalf("%v %s", wrong, all[0].Body)
	}
	for _, kept := range []string{"status:Responder", ">why not<", ">https://sso.test<", "SAML:2.0:protocol"} {
		if !strings.Contains(string(all[0].Body), kept) {
			t.Errorf("%q is gone: %s", kept, all[0].Body)
		}
	}
}

// secretText stands wherever an answer can hold what lets somebody in.
const secretText = `HTTP/1.1 302 Found
X-Subject-Token: hush-subject
Set-Cookie: mod_auth_openidc_state_hush-id=hush-cookie; Path=/
Location: https://hush-user:hush-pass@issuer.test/login?client_id=keystone&state=hush-state&id_token=hush-id-token#access_token=hush-fragment
WWW-Authenticate: Bearer error="invalid_token", error_description="hush-subject came"

<input type="hidden" name="token" value="hush-form"/> {"access_token": "hush-json", "code": 401} code=hush-code&nonce=hush-nonce hush-cookie`

func TestReadMasks(t *testing.T) {
	all, wrong := curl.Read("x", []byte(secretText))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	var b strings.Builder
	for name, values := range all[0].Header {
		b.WriteString(name + ": " + strings.Join(values, "; ") + "\n")
	}
	b.Write(all[0].Body)
	if strings.Contains(b.String(), "hush") {
		t.Errorf("not masked:\n%s", b.String())
	}
	for _, kept := range []string{"mod_auth_openidc_state_", "client_id=keystone", "issuer.test", `"code": 401`, "invalid_token", "Path=/"} {
		if !strings.Contains(b.String(), kept) {
			t.Errorf("%q is gone:\n%s", kept, b.String())
		}
	}
}

// A line is one command of a shell, whatever stands in it.
func TestLineIsOneRequest(t *testing.T) {
	odd := `a'b"c $(touch bad) ; |&`
	line := curl.Line("POST", "https://k.test/"+odd, http.Header{"Accept": {"text/html"}, "X-Odd": {odd}}, map[string]string{"a": odd})
	script := "curl() { for a in \"$@\"; do echo \"<$a>\"; done; }\n" + line
	out, err := exec.Command("sh", "-c", script).Output()
	if err != nil || !strings.Contains(string(out), "<X-Odd: "+odd+">\n") || !strings.HasSuffix(string(out), "<https://k.test/"+odd+">\n") {
		t.Errorf("%v: %s", err, out)
	}
	if got := curl.Line("GET", "https://k.test/v3", nil, nil); got != "curl -si -H 'Accept: application/json' 'https://k.test/v3'" {
		t.Error(got)
	}
}

// Whatever comes, there is an answer or an error with a place, and no token.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("../../probe/testdata/byhand/*.txt")
	if err != nil || len(files) == 0 {
		f.Fatal("no recordings", err)
	}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(text)
	}
	f.Add([]byte(secretText))
	f.Add([]byte("* Connected\n> GET / HTTP/1.1\n> Host: a\n>\n< HTTP/1.1 400 Bad\n< Server: b\n<\n{ [1 bytes data]\nx\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		all, wrong := curl.Read("x", text)
		if (len(all) == 0) == (len(wrong) == 0) {
			t.Fatalf("%d answers, %v", len(all), wrong)
		}
		for _, one := range all {
			if one.Status < 100 || one.Status > 599 {
				t.Errorf("status %d", one.Status)
			}
			if v := one.Header.Get("X-Subject-Token"); v != "" && v != "REDACTED" {
				t.Errorf("X-Subject-Token: %q", v)
			}
		}
		for _, f := range wrong {
			if !f.At.Start.Known() || f.Hint == "" {
				t.Errorf("%+v", f)
			}
		}
	})
}
