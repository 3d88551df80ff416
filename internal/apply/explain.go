package apply

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/fedstone/fedstone/internal/keystone"
)

// explain names the object of a change that failed, and says what became of it and
// what to do; nil means that it was made. What is wrong with an account or with
// Keystone the refusal says itself.
func (c *Change) explain(err error) error {
	if err == nil {
		c.Applied = true
		return nil
	}
	var refusal *keystone.Refusal
	if !errors.As(err, &refusal) {
		return fmt.Errorf("%s %s %s: %w; no answer came, so Keystone may have done it or not", c.Action, c.Kind, c.Object, err)
	}
	return fmt.Errorf("%s %s %s: %w%s", c.Action, c.Kind, c.Object, err, afterRefusal(refusal.Status))
}

func afterRefusal(status int) string {
	switch {
	case status == http.StatusNotFound:
		return "; somebody deleted it, or what it needs, while this ran"
	case status == http.StatusConflict:
		return "; somebody else has made one like it, or changes it right now"
	case status >= http.StatusInternalServerError:
		return "; it may have been done all the same"
	}
	return ""
}
