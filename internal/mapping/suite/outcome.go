package suite

import (
	"fmt"

	"github.com/fedstone/fedstone/internal/mapping/engine"
)

// created is the status of a login that Keystone lets in.
const created = 201

// outcome is what becomes of a login, mapping and what is certain after it.
type outcome struct {
	engine.Explanation
	next   engine.Next
	class  string // of the exception that ends the login; "" for none
	status int    // what Keystone answers; 0 when it cannot be decided
	reason string // why the login ends, or why that cannot be decided
	atDoor bool   // httpd's module has refused, and Keystone sees nothing
}

// process asks what Keystone makes of a login.
func (s subject) process(l login) outcome {
	if l.refused != "" {
		return outcome{atDoor: true, status: refusedStatus, reason: l.refused}
	}
	o := outcome{Explanation: s.processor.Explain(l.env), status: created}
	switch {
	case o.Undecidable != nil:
		o.status, o.reason = 0, o.Undecidable.Reason
	case o.Error != nil:
		o.class, o.status, o.reason = o.Error.Class, o.Error.Status, o.Error.Message
	default:
		o.next = s.processor.Next(o.Mapped, l.facts)
		if e := o.next.Error; e != nil {
			o.class, o.status, o.reason = e.Class, e.Status, e.Message
		}
	}
	return o
}

// loggedIn reports whether Keystone lets the login in.
func (o outcome) loggedIn() bool { return o.status == created }

// ended says how a login ends that Keystone does not let in.
func (o outcome) ended() string {
	switch {
	case o.Undecidable != nil:
		return "cannot be decided: " + o.reason
	case o.atDoor:
		return o.reason
	case o.status == refusedStatus:
		return "Keystone refuses the login: " + o.reason
	}
	return fmt.Sprintf("Keystone answers %d (%s): %s", o.status, o.class, o.reason)
}

const refusedStatus = 401

// holding gives the numbers of the rules that hold.
func (o outcome) holding() []any {
	out := []any{}
	for _, r := range o.Rules {
		if r.Holds {
			out = append(out, r.Number)
		}
	}
	return out
}

// uniqueID is the user's id as the mapping gives it, before Keystone quotes it;
// the name where it gives none.
func (o outcome) uniqueID() string {
	if o.next.User.Type == "local" {
		return o.next.User.ID
	}
	if id := o.Mapped.User.Text("id"); id != "" {
		return id
	}
	return o.next.User.Name
}
