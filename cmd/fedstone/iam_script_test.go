package main

import (
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/fedstone/fedstone/internal/iam/iamtest"
	"github.com/fedstone/fedstone/internal/oidc/optest"
)

// iamCommand gives scripts a cloud's identity service and an issuer: `iam start FILE...`
// starts both, writes their addresses into the files in the place of IAM, ISSUER and CA,
// and sets the environment of the account's administrator; `iam rotate` gives the
// issuer another key.
func iamCommand(t *testing.T) func(*testscript.TestScript, bool, []string) {
	var mu sync.Mutex
	issuers := map[string]*optest.Server{} // by the script's folder
	return func(ts *testscript.TestScript, neg bool, args []string) {
		mu.Lock()
		defer mu.Unlock()
		work := ts.Getenv("WORK")
		switch {
		case !neg && len(args) > 1 && args[0] == "start":
			issuers[work] = startIAM(t, ts, args[1:])
		case !neg && len(args) == 1 && args[0] == "rotate" && issuers[work] != nil:
			issuers[work].Keys.Other(t)
			issuers[work].Keys.RSAID = "rsa-2"
		default:
			ts.Fatalf("usage: iam start FILE..., then iam rotate")
		}
	}
}

func startIAM(t *testing.T, ts *testscript.TestScript, files []string) *optest.Server {
	cloud, issuer := iamtest.New(t), optest.New(t)
	issuer.Secrets["cloud"] = "cloud-secret-canary"
	for name, value := range cloud.Env() {
		ts.Setenv(name, value)
	}
	for name, value := range map[string]string{"IAM": cloud.URL, "ISSUER": issuer.URL, "CLOUD_SECRET": "cloud-secret-canary", "ALICE_PASSWORD": "alice-password-canary"} {
		ts.Setenv(name, value)
	}
	for _, file := range files {
		text := strings.NewReplacer("IAM", cloud.URL, "ISSUER", issuer.URL, "CA", cloud.CAFile).Replace(ts.ReadFile(file))
		ts.Check(os.WriteFile(ts.MkAbs(file), []byte(text), 0o600))
	}
	return issuer
}
