package probe

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// retryAfter reads Retry-After, in seconds or as a date (RFC 9110 section 10.2.3);
// 0 where there is none that can be read.
func retryAfter(h http.Header, now time.Time) time.Duration {
	told := h.Get("Retry-After")
	if at, err := http.ParseTime(told); err == nil {
		return max(at.Sub(now), 0)
	}
	return wholeSeconds(told)
}

// maxAge reads max-age of Cache-Control (RFC 9111 section 5.2.2.1); 0 where there
// is none, or where nothing may be kept at all.
func maxAge(h http.Header) time.Duration {
	var age time.Duration
	for part := range strings.SplitSeq(strings.Join(h.Values("Cache-Control"), ","), ",") {
		name, value, _ := strings.Cut(strings.ToLower(strings.TrimSpace(part)), "=")
		switch name {
		case "no-store", "no-cache":
			return 0
		case "max-age":
			age = wholeSeconds(strings.Trim(value, `"`))
		}
	}
	return age
}

// wholeSeconds reads a number of them; 0 for anything else, and for what no
// time.Duration holds.
func wholeSeconds(text string) time.Duration {
	n, err := strconv.ParseUint(text, 10, 31)
	if err != nil {
		return 0
	}
	return time.Duration(n) * time.Second
}
