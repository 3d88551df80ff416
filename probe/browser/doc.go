// Package browser goes the way of a login with an installed Chromium: from
// Horizon's login page through the issuer's and back.
//
// It promises that the password is put into a page of the issuer's hosts alone,
// that certificates are trusted which Chromium trusts, or whose keys the caller has
// verified, and no others, that the environment's secrets stay out of Chromium, and
// that its profile is deleted. Chromium is not downloaded.
//
// It may import secret and probe.
package browser
