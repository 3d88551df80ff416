package probe

import (
	"encoding/base64"
	"strings"
	"time"

	"github.com/fedstone/fedstone/probe/symptom"
)

// changed: the sound token with other claims under its signature, and with its
// signature taken away, cut or emptied.
func changed() []forgery {
	claims := func(make func(*forger) members) func(*forger) (string, error) {
		return func(f *forger) (string, error) {
			return f.parts[0] + "." + f.claims(make(f)) + "." + f.parts[2], nil
		}
	}
	return []forgery{
		{"changed-claims", symptom.ChangedClaims, claims(func(*forger) members { return members{"fedstone_probe": true} })},
		{"changed-exp", symptom.ChangedClaims, claims(func(f *forger) members { return members{"exp": f.now.Add(time.Hour).Unix()} })},
		{"changed-nbf", symptom.ChangedClaims, claims(func(f *forger) members { return members{"nbf": f.now.Add(-time.Hour).Unix()} })},
		{"no-signature", symptom.NoSignature, func(f *forger) (string, error) { return f.parts[0] + "." + f.parts[1] + ".", nil }},
		{"cut-signature", symptom.NoSignature, cutSignature},
		{"zero-signature", symptom.NoSignature, zeroSignature},
		{"garbage", symptom.NoToken, garbageParts},
	}
}

func cutSignature(f *forger) (string, error) {
	signature, err := base64.RawURLEncoding.DecodeString(f.parts[2])
	if err != nil || len(signature) < 2 {
		return "", err
	}
	half := base64.RawURLEncoding.EncodeToString(signature[:len(signature)/2])
	return f.parts[0] + "." + f.parts[1] + "." + half, nil
}

// zeroSignature is an ECDSA signature of two zeros, which verifiers that forget to
// look whether r and s are in range take for any text (CVE-2022-21449).
func zeroSignature(f *forger) (string, error) {
	zeros := base64.RawURLEncoding.EncodeToString(make([]byte, 64))
	return f.header(members{"alg": "ES256"}) + "." + f.parts[1] + "." + zeros, nil
}

// garbageParts has a JWT's form, and nothing in it.
func garbageParts(*forger) (string, error) {
	part := base64.RawURLEncoding.EncodeToString([]byte(symptom.Garbage))
	return strings.Join([]string{part, part, part}, "."), nil
}
