package probe

import (
	"net/http"
	"testing"
	"time"
)

func TestRetryAfter(t *testing.T) {
	now := time.Date(2030, 1, 31, 12, 0, 0, 0, time.UTC)
	for told, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, "-1": 0, "1.5": 0, "soon": 0, "99999999999999999999": 0,
		"Thu, 31 Jan 2030 12:00:30 GMT": 30 * time.Second, "Thu, 31 Jan 2030 11:00:00 GMT": 0,
	} {
		if got := retryAfter(http.Header{"Retry-After": {told}}, now); got != want {
			t.Errorf("Retry-After %q: %s, want %s", told, got, want)
		}
	}
}

func TestMaxAge(t *testing.T) {
	for told, want := range map[string]time.Duration{
		"": 0, "max-age=60": time.Minute, "public, Max-Age=3600, must-revalidate": time.Hour, `max-age="10"`: 10 * time.Second,
		"no-store, max-age=60": 0, "max-age=60, no-cache": 0, "s-maxage=60": 0, "max-age=x": 0,
	} {
		if got := maxAge(http.Header{"Cache-Control": {told}}); got != want {
			t.Errorf("Cache-Control %q: %s, want %s", told, got, want)
		}
	}
}

// What an issuer says about its keys, and about too many requests, comes with the run.
func TestAnswersTell(t *testing.T) {
	c := newCloud(t, "corp")
	c.ops["corp"].Handle("/token", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "7")
		w.Header().Set("Cache-Control", "max-age=5")
		w.WriteHeader(http.StatusTooManyRequests)
	})
	asked := stepOf(t, run(t, c, c.options(t)), "token").Requests
	if len(asked) != 1 || asked[0].RetryAfter != 7*time.Second || asked[0].MaxAge != 5*time.Second {
		t.Errorf("the login's requests: %+v", asked)
	}
}
