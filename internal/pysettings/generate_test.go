package pysettings_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// writer writes settings files. A name's first letter tells what it mostly is: S a
// str, N an int, B a bool, T a tuple, L a list, D a dict, U anything.
type writer struct {
	*rand.Rand
	out    strings.Builder
	indent string
	depth  int
}

func (w *writer) pick(list ...string) string { return list[w.IntN(len(list))] }

func (w *writer) name(kinds string) string {
	return string(kinds[w.IntN(len(kinds))]) + w.pick("1", "2")
}

// settings gives the text of a file. The names have values when it begins, if it
// is a module.
func settings(r *rand.Rand, module bool) string {
	w := &writer{Rand: r}
	if module {
		w.line("from django.utils.translation import gettext_lazy as _")
		w.line("from stub import mutate, same, yes, no, world; import os")
		w.line(`S1 = "http://é"; S2 = 'corp'; N1 = 1; N2 = 60 * 60; B1 = True; B2 = False`)
		w.line(`T1 = ("a", "b"); T2 = (); L1 = []; L2 = ["x"]; D1 = {}; D2 = {"k": [1]}; U1 = U2 = None`)
	}
	for range 2 + r.IntN(9) {
		w.statement()
	}
	return w.out.String()
}

func (w *writer) line(text string) {
	w.out.WriteString(w.indent + text + w.pick("\n", "\n", "\n", "\n", "  # (\n", "\r\n", "\n\n"))
}

func (w *writer) str() string {
	switch w.IntN(16) {
	case 0, 1:
		return w.name("S")
	case 2:
		return w.str() + w.pick(" + ", "+") + `"tail"`
	case 3:
		return w.pick(`"%s/v3" % `, `"%s%%" % `, `"%s and" % `, `"%d" % N1 + "%s" % `) + w.pick(w.name("S"), "("+w.name("SNB")+",)", w.name("N"), w.name("B"))
	case 4:
		return w.pick(`"{}/x"`, `"{0}{0}"`, `"{{}}{}"`, `"{:>9}"`) + ".format(" + w.str() + ")"
	case 5:
		return w.pick(`f"{S1}/v3"`, `f'{N1}{B1}{S1}'`, `f"{{{S2}}}" "x"`, `f"{S1!r}"`, `f"{S2:>7}"`, `f"{mutate(L1)}"`, `f"{S1}\n"`, `rf"\d{S2}"`, `f"é{S2}é"`)
	case 6:
		return w.pick(`"%(k)s" % {"k": S1}`, `"%(k)s-%(k)s" % dict(k=1)`, `"%s and %s" % (S1, N1)`, `"%r" % S1`)
	case 7:
		return "(" + w.str() + " if " + w.condition() + " else " + w.str() + ")"
	case 8:
		return w.pick(`"""a`+"\n"+`b"""`, `'''x'y"z'''`, `"a\`+"\n"+`b"`, `r"\d"`, `u"ü"`, `"\x41\u00e9\t"`, `"é" 'ö' """ß"""`, `"\N{EN DASH}"`)
	case 9:
		return w.pick(`S1.lower()`, `str(S2)`, `S1[0]`, `S1[1:]`, `same(S1)`, `"-".join(L2)`, `os.environ.get("X", "y")`)
	case 10:
		return w.pick(`_("Label")`, `_('a' "b")`, `_(S1)`)
	}
	return w.pick(`"credentials"`, `"corp"`, `'openid'`, `"https://h/v3"`, `""`)
}

func (w *writer) condition() string {
	return w.pick("True", "False", "B1", "B2", "not B1", "S1", "L1", "N1 == 1", "S2 == 'corp'", "S2 != 'x'", "'a' in T1", "'k' in D2", "'c' not in S2", "U1 is None", "U1 is not None",
		"yes()", "no()", "B1 and B2", "B1 or no()", "N1 > 0", "(not B2)", "yes() and B2", "T2", "'x' in L1", "1 is None")
}

// expression gives any, of a depth to which the writer goes down.
func (w *writer) expression() string {
	if w.depth > 3 {
		return w.str()
	}
	w.depth++
	defer func() { w.depth-- }()
	switch w.IntN(14) {
	case 0:
		return w.pick("1", "-1", "1.5", "0x1f", "1_000", "2j", "N1 + 1", "60 * N2", "N1 - N2", "1e3", "-N1", "2 ** 8", "7 // 2", "True", "False", "None", "...")
	case 1:
		return w.name("SNBTLDU")
	case 2, 3:
		return w.tuple()
	case 4, 5:
		return w.list()
	case 6, 7:
		return w.dict()
	case 8:
		return w.pick("{1, 2, 1}", "{S1, 'x'}", "set()", "{T1}", "{*T1}", "b'x' b'y'", "(yield_ := 5)", "(S1)")
	case 9:
		return w.pick("mutate", "same", "len", "dict", "type") + "(" + w.name("LD") + ")"
	case 10:
		return w.pick("lambda: mutate(L1)", "lambda x=1: x", "[x for x in L2]", "(mutate(L1) for x in T1)", "{**D1}", "[*L1]", "(L1, *T1)", "L1 and D1", "L2[0]", "D2['k']", "(L1,)[0]", "T1[-1]", "not L1")
	}
	return w.str()
}

func (w *writer) items() string {
	var out strings.Builder
	for range w.IntN(4) {
		out.WriteString(w.expression() + w.pick(", ", ",", ",\n    ", ", # ]\n"))
	}
	return out.String()
}

func (w *writer) tuple() string {
	return w.pick("("+w.expression()+", "+w.items()+")", "()", "("+w.pick("", "\n")+w.expression()+",)", w.name("T"), "(("+w.str()+", "+w.str()+"),)", w.name("T")+" + ("+w.expression()+",)")
}

func (w *writer) list() string {
	return w.pick("["+w.items()+"]", "["+w.expression()+"]", w.name("L"), w.name("L")+" + ["+w.expression()+"]", "[]")
}

func (w *writer) dict() string {
	return w.pick(fmt.Sprintf("{%s: %s, 'k': %s}", w.str(), w.expression(), w.expression()), fmt.Sprintf("{'a': %s, }", w.expression()), w.name("D"), "{}", "{'a': 1, 'b': 2, 'a': "+w.expression()+"}")
}

func (w *writer) assigned() string {
	switch name := w.name("SSNBTTLLDDU"); name[0] {
	case 'S':
		return name + w.pick(" = ", " = ", ": str = ", " += ") + w.str()
	case 'N':
		return name + w.pick(" = ", " += ", " -= ", " *= ") + w.pick("1", "2", "N1", "len(T1)")
	case 'B':
		return name + " = " + w.pick("True", "False", "not B1", "yes()", "no()")
	case 'T':
		return name + w.pick(" = ", " += ") + w.tuple()
	case 'L':
		return name + w.pick(" = ", " = ", " += ") + w.list()
	case 'D':
		return name + w.pick(" = ", " = ", " = D1 = ") + w.dict()
	default:
		return name + w.pick(" = ", " = U1 = ") + w.expression()
	}
}

func (w *writer) statement() {
	switch w.IntN(24) {
	case 0, 1, 2:
		w.line(w.name("D") + "[" + w.pick(`"k"`, `"k"`, "S1", "1", "T1", "len(S1)") + "] = " + w.expression())
	case 3:
		w.line(w.name("L") + w.pick(".append(", ".extend(", ".insert(0, ") + w.list() + ")")
	case 4:
		w.line(w.pick("mutate(", "same(", "print_ = (", "x = same(") + w.name("TLDU") + ")")
	case 5:
		w.block("if " + w.condition() + ":")
		if w.IntN(2) == 0 {
			w.block("elif " + w.condition() + ":")
		}
		if w.IntN(2) == 0 {
			w.block("else:")
		}
	case 6:
		w.block("try:")
		w.block(w.pick("except Exception as U1:", "finally:", "except (KeyError, ImportError):"))
	case 7:
		w.block(w.pick("for U2 in tuple(L2):", "for i, U2 in enumerate(T1):", "with world as U1:", "for U1 in ():", "while no():"))
	case 8:
		w.function()
	case 9:
		w.line(w.pick("S1, S2 = S2, S1", "(L1, [S1, *L2]) = [], 'ab'", "U1, D1['k'] = L1, L2", "L2[:] = [1]", "[U1] = L1,", "(S1) = 'p'", "U1 = U2 = L1 = L2"))
	case 10:
		w.line(w.pick("import os", "import os.path as S1", "from stub import S1", "from stub import (L1 as L2, D1)", "from stub import *", "from . import U1", "import os, stub as U2"))
	case 11:
		w.line(w.pick("del U1", "del D2['k']", "del S1, S2", "del (U2)", "U1 = 1; del U1", "U1: int", "pass; pass", `"docstring"`, "assert True"))
	case 12:
		w.line(w.pick("exec('S1 = 2')", "globals()['S2'] = 3", "vars().update(N1=9)", "eval('L1.append(1)')", "x = (U1 := L1)", "mutate(k=L1)", "U1 = [U2 := 3]", "U2 = L1.copy() if no() else 0"))
	case 13:
		w.line(w.pick("_('x')", "_ = str", "_H = S1", "S1 = _H if '_H' in dir() else 1", "__all__ = ['S1', 'L1']", "_L = L1", "L1 += T1", "L2 += L1", "D1['k'] = D1"))
	case 14:
		w.line("S1 = \\\n  " + w.str() + "; " + w.assigned() + ";")
	default:
		w.line(w.assigned())
	}
}

func (w *writer) block(head string) {
	if w.depth > 2 {
		w.line("pass")
		head = "if B1:"
	}
	if w.IntN(5) == 0 {
		w.line(head + " " + w.assigned())
		return
	}
	w.line(head)
	indent := w.indent
	w.indent += w.pick("    ", "  ", "\t")
	w.depth += 2
	for range 1 + w.IntN(2) {
		w.statement()
	}
	w.depth -= 2
	w.indent = indent
}

func (w *writer) function() {
	head := w.pick("def f(a=L1):", "class f:", "@same\n"+w.indent+"def f():", "def f(*a, **k):")
	w.line(head)
	body := []string{"global S1; S1 = 'set'", "mutate(L1, D1)", "L2.append(1)", "S2 = 'local'", "global U1, U2; U1 = L1", "U1 = [L1.append(x) for x in T1]", "return L1"}
	if strings.HasPrefix(head, "class") {
		body = body[:6]
	}
	w.line("    " + w.pick(body...))
	for range w.IntN(3) {
		w.statement()
	}
	w.line(w.pick("f()", "U1 = f()", "mutate(f())", "U2 = same(f)", "pass"))
}
