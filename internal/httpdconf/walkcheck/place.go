package walkcheck

import (
	"slices"

	"github.com/fedstone/fedstone/internal/httpdconf"
)

// places is a set of sections: those around a command, or those that it refuses.
type places uint8

// The sections that a directive can refuse (ap_check_cmd_context).
const (
	inVirtualHost places = 1 << iota
	inDirectory
	inLocation
	inFiles
	inProxy
	inLimit
)

// letters are those of commands.txt, in the order of the places.
const letters = "VDLFPM"

// placeOf gives the place that a section is, by its key; 0 for those that none
// refuses.
func placeOf(key string) places {
	switch key {
	case "<virtualhost":
		return inVirtualHost
	case "<directory", "<directorymatch":
		return inDirectory
	case "<location", "<locationmatch":
		return inLocation
	case "<files", "<filesmatch", "<if", "<elseif", "<else":
		return inFiles
	case "<proxy", "<proxymatch":
		return inProxy
	case "<limit", "<limitexcept":
		return inLimit
	}
	return 0
}

// with gives the frame of a section that stands within this one.
func (f frame) with(c *httpdconf.Command, e found) frame {
	here := placeOf(c.Key())
	if joins(c.Key()) {
		here = inLimit // httpd takes the one for the other
	}
	anew := here&^(inVirtualHost|inLimit) != 0 // it says by itself what may stand in it
	return frame{
		section: c,
		within:  f.within | here,
		inner:   f.inner || anew,
		require: f.require && !anew || joins(c.Key()),
		vague:   f.vague || here == 0,
		blind:   f.blind || e.state != judged,
	}
}

// joins tells the containers of mod_authz_core.
func joins(key string) bool {
	return key == "<requireall" || key == "<requireany" || key == "<requirenone"
}

// misplaced reports a command that must not stand here.
func (w *walker) misplaced(c *httpdconf.Command, e found, around frame) bool {
	allowed := slices.ContainsFunc(e.entries, around.allows)
	switch name := e.entries[0].name; {
	case !allowed:
		w.add(WrongPlace, c, name+notAllowed(c.Parent()))
	case around.within&e.entries[0].never != 0:
		w.add(WrongPlace, c, closed(name)+" cannot occur within "+w.refused(around.within&e.entries[0].never)+" section")
	default:
		return false
	}
	return true
}

// allows is the first test of invoke_cmd.
func (f frame) allows(e entry) bool {
	switch {
	case f.require:
		return e.auth
	case f.inner:
		return e.inner
	}
	return e.outer
}

func notAllowed(parent *httpdconf.Command) string {
	if parent == nil {
		return " not allowed here"
	}
	return " not allowed in <" + httpdconf.ShownName(parent.Name) + "> context"
}

// refused names the sections around a command that it refuses, as httpd does.
func (w *walker) refused(places places) string {
	switch {
	case places&inVirtualHost != 0:
		return "<VirtualHost>"
	case places&inLimit != 0:
		return "<Limit> or <LimitExcept>"
	}
	for _, f := range w.stack {
		if f.within&places != 0 {
			return closed("<" + httpdconf.ShownName(f.section.Name))
		}
	}
	return ""
}

// closed puts the bracket behind the name of a section.
func closed(name string) string {
	if name[0] == '<' {
		return name + ">"
	}
	return name
}
