package httpdconf

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/dlclark/regexp2"
)

// Version is httpd's own. The zero Version is unknown.
type Version struct{ Major, Minor, Patch int }

// String gives "2.4.62".
func (v Version) String() string { return fmt.Sprintf("%d.%d.%d", v.Major, v.Minor, v.Patch) }

// ParseVersion reads "2.4.62", also with less numbers or with text behind them
// (2.4.62-1~deb12u1). An error shows the text.
func ParseVersion(text string) (Version, error) {
	var v Version
	for i, part := range strings.SplitN(text, ".", 3) {
		digits := part
		if end := strings.IndexFunc(part, func(r rune) bool { return r < '0' || r > '9' }); end >= 0 && i > 0 {
			digits = part[:end]
		}
		n, err := strconv.Atoi(digits)
		if err != nil {
			return Version{}, fmt.Errorf("httpd version %q: want numbers such as 2.4.62", text)
		}
		*[]*int{&v.Major, &v.Minor, &v.Patch}[i] = n
	}
	return v, nil
}

// oldest and newest are the 2.4 that are still out there; where they disagree, an
// unknown version is worth a word.
func oldest() Version { return Version{2, 4, 6} }
func newest() Version { return Version{2, 4, 99} }

// versionTest is the argument of <IfVersion>, as start_ifversion reads it.
type versionTest struct {
	not     bool
	op      byte // = ~ < >
	orEqual bool
	want    string
}

// readVersionTest reads up to three words; problem is text for the user, or "".
func readVersionTest(words []string) (t versionTest, problem string) {
	arg := [3]string{}
	copy(arg[:], words)
	if len(words) == 1 {
		arg[0], arg[1] = "=", arg[0]
	}
	if len(words) < 3 && arg[1] == ">" {
		arg = [3]string{"=", arg[0], ">"}
	}
	switch {
	case arg[2] == ">" && arg[1] != "":
		t.want = arg[1]
	case strings.HasSuffix(arg[1], ">"):
		t.want = arg[1][:len(arg[1])-1]
	default:
		return t, "section <IfVersion has no closing '>' on its line"
	}
	if !t.operator(arg[0]) {
		return t, "<IfVersion> has an operator that is none of =, ==, ~, <, <=, >, >= (with or without ! in front)"
	}
	return t, t.delimiters()
}

func (t *versionTest) operator(op string) bool {
	if len(op) > 1 && op[0] == '!' {
		t.not, op = true, op[1:]
	} else if op == "!" {
		return false
	}
	if op == "" {
		return false
	}
	t.op, t.orEqual = op[0], op[1:] == "="
	if op[1:] != "" && (!t.orEqual || t.op == '~') {
		return false
	}
	return strings.IndexByte("=~<>", t.op) >= 0
}

// delimiters turns `= /…/` into a regular expression.
func (t *versionTest) delimiters() string {
	if t.op != '=' || !strings.HasPrefix(t.want, "/") {
		return ""
	}
	if t.want = t.want[1:]; !strings.HasSuffix(t.want, "/") {
		return "the regular expression of <IfVersion> has no / at its end"
	}
	t.op, t.want = '~', t.want[:len(t.want)-1]
	return ""
}

// holds decides for a version.
func (t *versionTest) holds(v Version) (held bool, problem string) {
	if t.op == '~' {
		held, problem = matchVersion(t.want, v)
	} else {
		held, problem = t.compare(v)
	}
	return held != t.not, problem
}

func matchVersion(expression string, v Version) (bool, string) {
	re, err := regexp2.Compile(expression, regexp2.None)
	if err != nil {
		return false, "the regular expression of <IfVersion> cannot be read"
	}
	held, err := re.MatchString(v.String())
	if err != nil {
		return false, "the regular expression of <IfVersion> takes too long"
	}
	return held, ""
}

func (t *versionTest) compare(v Version) (bool, string) {
	want, ok := versionNumbers(t.want)
	if !ok {
		return false, "<IfVersion> wants a version of the form major[.minor[.patch]]"
	}
	have := [3]int{v.Major, v.Minor, v.Patch}
	order := 0
	for i := range have {
		if have[i] != want[i] {
			order = 1
			if have[i] < want[i] {
				order = -1
			}
			break
		}
	}
	switch t.op {
	case '<':
		return order < 0 || t.orEqual && order == 0, ""
	case '>':
		return order > 0 || t.orEqual && order == 0, ""
	}
	return order == 0, ""
}

// versionNumbers is the reading of compare_version: up to three numbers, missing
// ones are 0, and a dot may end it.
func versionNumbers(text string) (v [3]int, ok bool) {
	if text == "" || text[0] < '0' || text[0] > '9' {
		return v, false
	}
	parts := strings.Split(text, ".")
	for i, part := range parts {
		if i == 3 {
			return v, part == "" && i == len(parts)-1
		}
		n, err := strconv.Atoi(part)
		if err != nil && part != "" {
			return v, false
		}
		v[i] = n
	}
	return v, true
}
