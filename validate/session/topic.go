// Package session holds rules about what is kept and trusted around a login: sessions, caches, secrets, TLS, proxies, logs.
//
// One rule is one file, with its test configurations in testdata/SLUG. It may
// import what validate/rule and validate/subject may.
package session

import "github.com/fedstone/fedstone/validate/rule"

// Topic gives the rules.
func Topic() rule.Topic {
	return rule.Topic{Name: "session", Title: "Sessions, secrets and transport", Rules: []rule.Rule{
		tlsValidationOff(),
		issuerValidationOff(),
		passphrasePublished(),
		passphraseShort(),
		passphraseRandom(),
		passphraseIsClientSecret(),
		programArgumentsUnquoted(),
		secretProgramTakenLiterally(),
		clientSecretPlaceholder(),
		secretReadable(),
		sessionsSharedBetweenVhosts(),
		forwardedHeadersBesideTLS(),
		forwardedHeaderSetLate(),
		memcacheServersComma(),
		cacheServersUnused(),
		cacheNotEncrypted(),
		cacheInTmp(),
		redisWithoutPassword(),
		cacheEntrySmall(),
		cacheFewEntries(),
		sessionInCookie(),
		cookieChunkLarge(),
		debugLog(),
		debugSecretsUnmasked(),
		tokensInAccessLog(),
		infoHookGivesTokens(),
		refreshTokenPassed(),
		idTokenPassed(),
		preservePost(),
		authRequestByPost(),
		moduleFaultMet(),
		sessionLong(),
		sessionOutlivesBrowser(),
		outgoingProxyWithoutPort(),
		issuerTimeoutEndless(),
		traceOn(),
		tlsOldProtocols(),
	}}
}
