package claims_test

import (
	"crypto"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/big"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/fedstone/fedstone/internal/claims"
)

// signer makes tokens that one configuration of httpd trusts.
type signer struct {
	server, location string
	shared           []byte
	private          *rsa.PrivateKey
}

// newKey gives a shared key; for mod_auth_openidc 2.4.17, which does not find
// shared keys, an RSA key whose certificate httpd has.
func newKey(t *testing.T, root, module, version string) signer {
	t.Helper()
	text := rand.Text() + rand.Text()
	k := signer{shared: []byte(text)}
	switch {
	case module == claims.OAuth2:
		k.location = "AuthType oauth2\nRequire valid-user\nOAuth2TokenVerify plain " + text + " verify.exp=optional"
	case version == "2.4.17":
		k.private = newRSA(t)
		k.server = "OIDCOAuthVerifyCertFiles key#" + certificate(t, root, k.private)
		k.location = "AuthType oauth20\nRequire valid-user"
	default:
		k.server = "OIDCOAuthVerifySharedKeys plain##" + text
		k.location = "AuthType oauth20\nRequire valid-user"
	}
	return k
}

func newRSA(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	private, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	return private
}

// certificate writes the key's certificate into the root, and gives its path there.
func certificate(t *testing.T, root string, private *rsa.PrivateKey) string {
	t.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	f, err := os.CreateTemp(filepath.Join(root, "/tmp"), "fedstone-*.pem")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Remove(f.Name()) })
	if err := pem.Encode(f, &pem.Block{Type: "CERTIFICATE", Bytes: der}); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	return strings.TrimPrefix(f.Name(), root)
}

func (k signer) sign(t *testing.T, payload string) string {
	t.Helper()
	encode := base64.RawURLEncoding.EncodeToString
	header, err := json.Marshal(map[string]string{"typ": "JWT", "alg": k.algorithm()})
	if err != nil {
		t.Fatal(err)
	}
	text := encode(header) + "." + encode([]byte(payload))
	return text + "." + encode(k.signature(t, text))
}

func (k signer) algorithm() string {
	if k.private != nil {
		return "RS256"
	}
	return "HS256"
}

func (k signer) signature(t *testing.T, text string) []byte {
	t.Helper()
	if k.private == nil {
		mac := hmac.New(sha256.New, k.shared)
		mac.Write([]byte(text))
		return mac.Sum(nil)
	}
	sum := sha256.Sum256([]byte(text))
	signature, err := rsa.SignPKCS1v15(nil, k.private, crypto.SHA256, sum[:])
	if err != nil {
		t.Fatal(err)
	}
	return signature
}
