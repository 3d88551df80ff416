package clouds

import "strings"

// public are keys that only look like those of secrets.
var public = map[string]bool{
	"access_token_endpoint": true, "access_token_type": true, "key_name": true, "token_endpoint": true, "password_endpoint": true,
	"application_credential_id": true, "application_credential_name": true,
}

// secret reports a key whose value must not be shown: those that keystoneauth marks
// so (secret=True in its options), and whatever is named like one.
func secret(key string) bool {
	if public[key] {
		return false
	}
	for _, part := range []string{"password", "secret", "token", "passcode", "passphrase", "otp", "credential"} {
		if strings.Contains(key, part) {
			return true
		}
	}
	return key == "code" || key == "authorization_code" || key == "access_key" || key == "consumer_key"
}
