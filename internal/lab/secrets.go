package lab

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"os"
	"strings"
)

// person is a user of each issuer; the password is the issuer's, empty in people.
type person struct {
	Name     string   `json:"name"`
	Given    string   `json:"given"`
	Family   string   `json:"family"`
	Groups   []string `json:"groups"`
	Password string   `json:"password"`
}

func people() []person {
	return []person{
		{Name: "alice", Given: "Alice", Family: "Adams", Groups: []string{"cloud-admins", "cloud-users"}},
		{Name: "bob", Given: "Bob", Family: "Brown", Groups: []string{"readers"}},
		{Name: "carol", Given: "Carol", Family: "Clark", Groups: []string{"readers"}},
		{Name: "mallory", Given: "Mallory", Family: "Moore", Groups: []string{}},
	}
}

// registered are the people with their passwords at that issuer.
func (l *Lab) registered(issuer string) ([]person, error) {
	all := people()
	for i := range all {
		password, err := l.secret(issuer + "-user-" + all[i].Name)
		if err != nil {
			return nil, err
		}
		all[i].Password = password
	}
	return all, nil
}

// SecretFile is the path of a secret, by name: "admin" (Keystone's), "corp-keystone-cli" (a client's, of an
// issuer), "corp-keystone-cli-key" (a client's private key, PEM), "corp-user-alice" (a user's password),
// "corp-admin" (the issuer's door for switching people off and on), "corp-registrar" (of Keycloak's client
// lab-registrar, which may register clients; at campus the initial access token). The file need not exist.
func (l *Lab) SecretFile(name string) string { return l.path("secrets", name) }

// secret reads one; the file holds it without a newline.
func (l *Lab) secret(name string) (string, error) {
	text, err := os.ReadFile(l.SecretFile(name))
	return string(text), err
}

// secretNames are all that this lab needs, apart from the keys.
func (l *Lab) secretNames() []string {
	names := []string{"admin"}
	for _, issuer := range l.Issuers {
		names = append(names, issuer.Name+"-admin", issuer.Name+"-registrar")
		for _, c := range l.clients() {
			if c.Method != "private_key_jwt" {
				names = append(names, issuer.Name+"-"+c.ID)
			}
		}
		for _, p := range people() {
			names = append(names, issuer.Name+"-user-"+p.Name)
		}
	}
	return names
}

func (r *run) writeSecrets() error {
	for _, name := range r.lab.secretNames() {
		random := make([]byte, 20)
		if _, err := rand.Read(random); err != nil {
			return fmt.Errorf("secret %s: %w", name, err)
		}
		if err := writeFor(r.lab.SecretFile(name), []byte(hex.EncodeToString(random)), nil); err != nil {
			return fmt.Errorf("secret %s: %w", name, err)
		}
	}
	return r.writeKeys()
}

// Env is the environment for commands against this lab: FEDSTONE_LAB (the folder), the OS_* variables of
// Keystone's administrator, and each secret by name in capitals: CORP_CLIENT_SECRET (client keystone),
// CORP_CLI_SECRET (keystone-cli), CORP_CLI_POST_SECRET, CORP_WIKI_SECRET, CORP_SHORT_SECRET, CORP_ALICE_PASSWORD.
// CORP_CLI_KEY_FILE is the path of a key. A secret that cannot be read is absent.
func (l *Lab) Env() []string {
	env := []string{"FEDSTONE_LAB=" + l.Dir, "OS_AUTH_TYPE=password", "OS_AUTH_URL=" + l.KeystoneURL + "/v3", "OS_IDENTITY_API_VERSION=3",
		"OS_USERNAME=admin", "OS_PROJECT_NAME=admin", "OS_USER_DOMAIN_NAME=Default", "OS_PROJECT_DOMAIN_NAME=Default",
		"OS_REGION_NAME=" + region, "OS_CACERT=" + l.CAFile}
	for _, name := range l.secretNames() {
		if value, err := l.secret(name); err == nil {
			env = append(env, envName(name)+"="+value)
		}
	}
	for _, issuer := range l.Issuers {
		env = append(env, strings.ToUpper(issuer.Name)+"_CLI_KEY_FILE="+l.SecretFile(issuer.Name+"-keystone-cli-key"))
	}
	return env
}

// envName is the variable that holds a secret.
func envName(secret string) string {
	if secret == "admin" {
		return "OS_PASSWORD"
	}
	issuer, rest, _ := strings.Cut(secret, "-")
	issuer = strings.ToUpper(issuer) + "_"
	if user, ok := strings.CutPrefix(rest, "user-"); ok {
		return issuer + strings.ToUpper(user) + "_PASSWORD"
	}
	if rest == "keystone" {
		return issuer + "CLIENT_SECRET"
	}
	return issuer + strings.ToUpper(strings.ReplaceAll(strings.TrimPrefix(rest, "keystone-"), "-", "_")) + "_SECRET"
}
