package templates

import (
	"fmt"
	"io/fs"
	"os"
	"os/user"
	"slices"
	"strconv"
	"syscall"
)

// owners turns names into ids. Only root may give files away; for anybody else
// they stay the caller's own.
type owners struct {
	root  bool
	user  func(name string) (int, error)
	group func(name string) (int, error)
}

func systemOwners() owners {
	return owners{root: os.Geteuid() == 0, user: remembered(userID), group: remembered(groupID)}
}

// remembered asks for each name once: thousands of files have the same owner.
func remembered(ask func(string) (int, error)) func(string) (int, error) {
	type answer struct {
		id  int
		err error
	}
	known := map[string]answer{}
	return func(name string) (int, error) {
		a, ok := known[name]
		if !ok {
			a.id, a.err = ask(name)
			known[name] = a
		}
		return a.id, a.err
	}
}

func userID(name string) (int, error) {
	u, err := user.Lookup(name)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(u.Uid)
}

func groupID(name string) (int, error) {
	g, err := user.LookupGroup(name)
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(g.Gid)
}

// ownersOf keeps the owner of a file that is replaced.
func (w *writer) ownersOf(s state) (uid, gid int, ok bool) {
	if !s.exists {
		return w.lookup(s.file.Owner, s.file.Group)
	}
	stat, ok := s.info.Sys().(*syscall.Stat_t)
	if !ok || !w.owners.root {
		return 0, 0, false
	}
	return int(stat.Uid), int(stat.Gid), true
}

// foreign reports whether a file that was there belongs to others than described.
func (w *writer) foreign(s state) bool {
	if !s.exists || !w.owners.root {
		return false
	}
	return w.othersOwn(s.info, s.file.Owner, s.file.Group)
}

func (w *writer) othersOwn(info fs.FileInfo, owner, group string) bool {
	stat, ok := info.Sys().(*syscall.Stat_t)
	uid, err1 := w.owners.user(owner)
	gid, err2 := w.owners.group(group)
	known := ok && err1 == nil && err2 == nil
	return known && (int(stat.Uid) != uid || int(stat.Gid) != gid)
}

const unknownOwner = "%s %s is not known on this machine; its files belong to root"

// lookup notes names that this machine does not know: in a tree for another
// machine that is usual, and the file then stays closed to all but root.
func (w *writer) lookup(owner, group string) (uid, gid int, ok bool) {
	if !w.owners.root {
		return 0, 0, false
	}
	uid, err := w.owners.user(owner)
	if err != nil {
		w.note(unknownOwner, "user", owner)
	}
	gid, err = w.owners.group(group)
	if err != nil {
		w.note(unknownOwner, "group", group)
	}
	return uid, gid, true // an unknown name is 0: root
}

// note tells something once.
func (w *writer) note(format string, args ...any) {
	text := fmt.Sprintf(format, args...)
	w.noting.Lock()
	defer w.noting.Unlock()
	if !slices.Contains(w.report.Notes, text) {
		w.report.Notes = append(w.report.Notes, text)
	}
}
