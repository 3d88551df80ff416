package re

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/fedstone/fedstone/internal/python"
)

// maxGroups is CPython's MAXGROUPS on 64 bit machines.
const maxGroups = 1<<31 - 1>>1

// identifier is str.isidentifier. Past ASCII it needs tables of their own, for names nobody gives.
func identifier(name string) bool {
	for i, ch := range name {
		letter := ch == '_' || ch|0x20 >= 'a' && ch|0x20 <= 'z'
		digit := ch >= '0' && ch <= '9'
		if ch < utf8.RuneSelf && !letter && (!digit || i == 0) {
			return false
		}
	}
	if strings.IndexFunc(name, func(ch rune) bool { return ch >= utf8.RuneSelf }) >= 0 {
		giveUp("group name %q: names are modelled in ASCII only", name)
	}
	return true
}

func (p *parser) checkName(name string) {
	if !identifier(name) {
		p.src.raise(utf8.RuneCountInString(name)+1, "bad character in group name %s", python.Repr(name, p.version))
	}
}

// condition reads the group that a conditional asks for.
func (p *parser) condition() int {
	name := p.src.until(')', "group name")
	if identifierOrNumber(name) {
		return p.named(name)
	}
	group, ok := p.number(name)
	back := utf8.RuneCountInString(name) + 1
	if !ok {
		p.src.raise(back, "bad character in group name %s", python.Repr(name, p.version))
	}
	if group == 0 {
		p.src.raise(back, "bad group number")
	}
	if group >= maxGroups {
		p.src.raise(back, "invalid group reference %s", strings.TrimLeft(name, "+0"))
	}
	p.conds = append(p.conds, condition{group, p.src.tell() - back})
	return group
}

func identifierOrNumber(name string) bool {
	return strings.Trim(name, digits) != "" && identifier(name)
}

// number reads a group number: plain digits since 3.12, whatever int reads before.
func (p *parser) number(name string) (int, bool) {
	if p.version.AtLeast(12) && strings.Trim(name, digits) != "" {
		return 0, false
	}
	text := strings.TrimFunc(name, unicode.IsSpace)
	if strings.HasPrefix(text, "+") {
		text = text[1:]
	} else if strings.HasPrefix(text, "-") {
		text = text[1:]
		if strings.Trim(text, "0_") != "" {
			return 0, false
		}
	}
	if strings.HasPrefix(text, "_") || strings.HasSuffix(text, "_") || strings.Contains(text, "__") {
		return 0, false
	}
	return decimal(strings.ReplaceAll(text, "_", ""))
}

// decimal gives maxGroups for all that is larger.
func decimal(text string) (int, bool) {
	if text == "" || strings.Trim(text, digits) != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n > maxGroups {
		n = maxGroups
	}
	return int(n), true
}
