package keystone

import (
	"strings"
	"testing"
)

func TestErrorFaults(t *testing.T) {
	cases := map[string]struct {
		status int
		body   string
		want   string
	}{
		"as Keystone writes it": {401, `{"error":{"code":401,"message":"The request you have made requires authentication.","title":"Unauthorized"}}`, ""},
		"with more in it":       {401, `{"error":{"code":401,"message":"m","title":"Unauthorized","identity":{"methods":["password"]}}}`, ""},
		"another status":        {503, `{"error":{"code":401,"message":"m","title":"Unauthorized"}}`, "error.code is 401 and the status 503"},
		"a code of text":        {401, `{"error":{"code":"401","message":"m","title":"Unauthorized"}}`, `error.code is "401" and the status 401`},
		"nothing in it":         {500, `{"error":{}}`, "error.code is <nil> and the status 500, error.message is missing, error.title is missing"},
		"an empty message":      {404, `{"error":{"code":404,"message":"","title":"Not Found"}}`, "error.message is missing"},
		"flask's own":           {405, `{"message":"The method is not allowed for the requested URL."}`, ""},
		"of the IAM services":   {401, `{"error_msg":"m","error_code":"IAM.0001"}`, ""},
		"a page":                {500, "<html></html>", ""},
		"of an issuer":          {400, `{"error":"invalid_client"}`, ""},
		"a success":             {201, `{"error":{}}`, ""},
	}
	for name, tc := range cases {
		got := strings.Join(Answer{Status: tc.status, Body: []byte(tc.body)}.ErrorFaults(), ", ")
		if got != tc.want {
			t.Errorf("%s: %q, want %q", name, got, tc.want)
		}
	}
}
