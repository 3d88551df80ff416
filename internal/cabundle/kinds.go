package cabundle

import (
	"fmt"
	"slices"

	"github.com/fedstone/fedstone/internal/finding"
)

// Kind is what findings of one slug have in common. Severity is the highest that it can
// have: what one certificate lacks is a warning beside another that is fit.
type Kind struct {
	Slug     string // stable, kebab-case
	Severity finding.Severity
	Title    string
	Why      string
	Mend     string // the hint of every finding that has none of its own
}

// Page writes what `fedstone explain SLUG` shows of it.
func (k Kind) Page() string {
	return fmt.Sprintf("- seen: %s\n- severity: %s\n- cause: %s\n- mend: %s\n", k.Title, k.Severity, k.Why, k.Mend)
}

// Find gives the kind of a slug.
func Find(slug string) (Kind, bool) {
	all := Kinds()
	if i := slices.IndexFunc(all, func(k Kind) bool { return k.Slug == slug }); i >= 0 {
		return all[i], true
	}
	return Kind{}, false
}

// hintOf is the hint of a finding that has none of its own.
func hintOf(slug, hint string) string {
	if kind, ok := Find(slug); ok && hint == "" {
		return kind.Mend
	}
	return hint
}

// Kinds gives every kind: of the file's form, of the certificates, of their chains.
func Kinds() []Kind {
	return slices.Concat(formKinds(), certificateKinds(), chainKinds())
}

func formKinds() []Kind {
	return []Kind{
		{"ca-none", finding.Error, "a file without a certificate in PEM", "programs find nothing to trust in it, and refuse every server; DER, the form of many downloads, is not PEM", "put the CA's certificate there in PEM; of DER it is made by openssl x509 -inform DER -in FILE -out FILE.pem"},
		{"ca-block-broken", finding.Error, "a block whose BEGIN line, END line or base64 is damaged", "OpenSSL stops at it, Go and others pass over it: what one program trusts another refuses", "copy the block again, from its BEGIN line to its END line"},
		{"ca-certificate-unreadable", finding.Error, "a block that is whole, and no certificate", "the text between BEGIN and END is another thing, or was cut off before it was encoded", "openssl x509 -in FILE -noout -text says where it ends"},
		{"ca-private-key", finding.Error, "a private key in the bundle", "every user of the machine may read the bundle, and it is copied to each controller", "take the block out, and give the key's owner the word: it has to be replaced"},
		{"ca-other-block", finding.Warning, "a block that is no certificate to all programs", "OpenSSL reads TRUSTED CERTIFICATE, Go passes over it; a request or a list of revocations vouches for nothing", "take the block out; a TRUSTED CERTIFICATE is written anew by openssl x509 -in FILE -out FILE.pem"},
		{"ca-duplicate", finding.Info, "a certificate that stands in the bundle twice", "the second one changes nothing, and is forgotten when the first is replaced", "take one of the two out"},
	}
}

func certificateKinds() []Kind {
	return []Kind{
		{"ca-not-a-ca", finding.Error, "a certificate without CA:TRUE", "it may not sign others (RFC 5280, section 4.2.1.9): a server's own certificate vouches for that server alone, if for anything, and until it gets another", "put the certificate of the CA here instead, the one that signs itself"},
		{"ca-version-1", finding.Warning, "a certificate of version 1", "that version cannot say whether it is a CA (CA:TRUE): some programs refuse what it signed", "ask the CA's owner for its certificate of version 3"},
		{"ca-key-usage", finding.Error, "a CA without keyCertSign", "its key usage does not let it sign certificates (RFC 5280, section 4.2.1.3): programs refuse what it signed", "put the CA's right certificate here, or have it made anew with keyUsage=keyCertSign,cRLSign"},
		{"ca-expired", finding.Error, "a certificate whose time is over", "no chain that ends in it holds any more", "put the certificate here that follows it, and take this one out"},
		{"ca-not-yet-valid", finding.Error, "a certificate whose time has not begun", "no chain that ends in it holds yet; or this machine's clock is behind", "keep the one before it in the bundle until then, and look at this machine's clock"},
		{"ca-expires-soon", finding.Warning, "a certificate that ends within 30 days", "from that day on every server that it vouches for is refused, without a change anywhere", "add the certificate that follows it, beside this one"},
		{"ca-weak-key", finding.Error, "a key that is too short", "OpenSSL refuses less than 112 bits of security at its usual level: 2048 bits of RSA, 224 of an elliptic curve", "have the CA make a new one"},
		{"ca-weak-signature", finding.Error, "a signature with MD2, MD5 or SHA-1", "it can be forged: OpenSSL 3 and Go refuse it. A root's own signature says nothing, and is not looked at", "have it signed again with SHA-256"},
	}
}

func chainKinds() []Kind {
	return []Kind{
		{"ca-root-missing", finding.Warning, "an intermediate CA without the one that signed it", "Go, and libcurl since 7.68, take it for a root; OpenSSL's own programs and older libcurls do not", "add the certificate of the CA that signed it"},
		{"ca-other-key", finding.Warning, "a certificate that was signed by another key than that of the CA in the bundle", "the names fit and the signature does not: a CA that was renewed with a new key, or another CA of that name", "add the CA's certificate with the key that signed it; a CA that was renewed has two"},
		{"ca-server-untrusted", finding.Error, "a server whose chain does not end in the bundle", "programs that trust this bundle alone refuse the server: a CA is missing here, or the server does not show its intermediate", "add the CA that is missing: openssl s_client -showcerts -connect HOST:PORT shows the chain, its owner has the root"},
		{"ca-unrelated", finding.Info, "certificates that no server's chain needs", "each of them may vouch for any host: what is not needed is a way in for somebody else", "keep what you need, and no more"},
	}
}
