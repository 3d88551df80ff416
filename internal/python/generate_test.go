package python_test

import (
	"math/rand/v2"
	"strings"
)

// odd are the characters that are somebody's special case.
var odd = []string{
	"'", `"`, `\`, "[", "]", "(", ")", "{", "}", ",", ":", ";", ".", "!", "#", "\n", "\r", "\r\n", "\t", " ", "  ", "\v", "\f", "\x01", "\x1b", "\x1f", "\x7f",
	"\u0080", "\u0085", "\u00a0", "\u00ad", "\u00df", "é", "e\u0301", "\u0378", "\u0600", "\u061c", "\u06dd", "٣", "७", "۵", "\u180e", "\u200b", "\u200d", "\u2028", "\u2029", "\u202e",
	"\u3000", "\ufeff", "\ufffe", "\uffff", "\ufffd", "\ue000", "中", "０", "１", "ａ", "ſ", "K", "İ", "ǆ", "😀", "👨‍👩‍👧", "\U0001f1e9", "\U000110bd", "\U0001d7d8", "\U000e0001", "\U000f0000", "\U0010ffff", "\U0001f6dc", "\U0002ebf0", "\U00011f50", "\u1e4f", "\U0001e4f0", "\u0870", "\U0001fae8", "\u2ffc", "\u31ef", "·", "℘", "℮", "ª", "\u309b", "\u203f",
}

var plainWords = []string{"a", "b", "0", "1", "2", "9", "name", "admins", "cloud users", "x-y", "домен"}

// pick joins up to most random parts of several lists.
func pick(r *rand.Rand, most int, lists ...[]string) string {
	var out strings.Builder
	for range r.IntN(most + 1) {
		list := lists[r.IntN(len(lists))]
		out.WriteString(list[r.IntN(len(list))])
	}
	return out.String()
}

// anyRune gives characters of every corner of Unicode but surrogates.
func anyRune(r *rand.Rand) string {
	c := rune(r.IntN([]int{0x80, 0x300, 0x3000, 0x10000, 0x20000, 0x32000, 0x110000}[r.IntN(7)]))
	if c >= 0xd800 && c < 0xe000 {
		c = ' '
	}
	return string(c)
}

func randomText(r *rand.Rand) string {
	text := pick(r, 6, odd, plainWords)
	if r.IntN(2) == 0 {
		text += anyRune(r) + anyRune(r)
	}
	return text
}

var templateParts = []string{
	"{", "}", "{{", "}}", "{0}", "{1}", "{2}", "{9}", "{}", "{}", "{:}", "{0:", "{1!", "{0[", "{0[0]}", "{1[0]}", "{0[x]}", "{1[x]}", "{0[-1]}", "{1[7]}", "{0.", "{0.x}", "{1.append", "{0.upper}",
	"{0!r}", "{1!r}", "{0!s}", "{1!s}", "{0!a}", "{1!a}", "{0!x}", "{1!}", "{0!r", "{!r}", "{a}", "{name}", "{ 0}", "{0 }", "{-1}", "{00}", "{01}", "{٣}", "{٠}", "{𑽐}", "{99999999999999999999}", "{0[99999999999999999999]}",
	"{0:5}", "{0:>5}", "{0:<5}", "{0:^5}", "{0:=5}", "{0:05}", "{0:*^7}", "{0:{1}}", "{0:{0}}", "{0:{2}}", "{0:{{}}}", "{0:{}}", "{:{}}", "{0:{1:{0}}}", "{0:.2}", "{0:.}", "{0:.0}", "{0:5.1s}", "{0:d}", "{0:s}", "{0:ss}", "{0:,}", "{0:_}", "{0:+}", "{0: }", "{0:#}", "{0:z}", "{0:é>4}", "{0:😀^6}", "{0:٣}", "{0:>٣.١}", "{1:5}", "{1:}", "{1!s:5}", "{1!r:>30}",
	"]", "[", "!", ":", "0", "1", ".", "r", "a", " ", "0}", "x}", "!r}", ":5}", "[0]}", "]}", "[0]x}", ".a}",
}

var formatArguments = []string{"", "a", "5", "ab", "abc def", "é", "😀x", "'", `"`, "\\", "{0}", ">3", "0", "x\ny", "\u200b", "٣"}

func randomTemplate(r *rand.Rand) question {
	q := question{Op: "format", Text: pick(r, 6, templateParts, templateParts, odd)}
	for range r.IntN(5) {
		values := []string{}
		for count := []int{1, 1, 1, 0, 2, 3}[r.IntN(6)]; len(values) < count; {
			values = append(values, formatArguments[r.IntN(len(formatArguments))])
		}
		q.Args = append(q.Args, values)
	}
	return q
}

var literalParts = []string{
	"[", "]", "(", ")", "{", "}", ",", ", ", ":", "'a'", `"b"`, "'", `"`, "'''", `"""`, "b'x'", "B'\\x41'", "r'\\'", "rb'\\n'", "u'x'", "ur'x'", "'\\n'", "'\\x41'", "'\\u00e9'", "'\\U0001f600'", "'\\777'", "'\\0'", "'\\8'", "'\\x4'", "'\\N{DASH}'", "'\\\n'", "'é'", "b'é'", "'''a\nb'''", "'a\nb'",
	"0", "1", "-1", "+1", "--1", "1.5", ".5", "5.", "1e5", "1e400", "1j", "1.5J", "1+2j", "1-2j", "2j+1", "-1-1j", "0x1f", "0o17", "0b11", "0xg", "1_000", "1__0", "1_", "007", "0_0", "1.0", "1.", "1a", "1if", "True", "False", "None", "Ellipsis", "...", "..",
	"set()", "set", "{1, 2}", "{'a': 1}", "{1: 2, 1.0: 3, True: 4}", "{**a}", "[]", "()", "{}", "(1,)", "*a", "a=1", "a:=1", "a", "a.b", "a[0]", "a()", "a b", "not", "and", "or", "in", "is", "if", "else", "lambda", "for", "é", "１", "ａ",
	" ", "  ", "\t", "\n", "\r", "\r\n", "\f", "\v", "#", "# x\n", "\\\n", "\\", ";", "=", "==", "!=", "<", "->", "@", "$", "?", "!", "`", "\x00", "\u00a0", "\ufeff", "\u2028", "+", "-", "~", "*", "**", "/", "%", "|", "&", "^", "<<", ">>", "//",
}

func randomLiteral(r *rand.Rand) string {
	switch r.IntN(4) {
	case 0:
		return pick(r, 9, literalParts)
	case 1:
		return pick(r, 6, literalParts, odd)
	case 2:
		return mutated(r, expression(r, 3))
	}
	return expression(r, 4)
}

// expression is well formed, as far as its atoms are.
func expression(r *rand.Rand, depth int) string {
	atoms := []string{"'a'", `"b\n"`, "b'c'", "1", "-2", "1.5", "1e3", "2j", "3+4j", "1-2j", "True", "None", "...", "name", "''", `'\''`, "'x' 'y'", "r'\\d'", "'é'", "[]", "()", "{}", "set()", "1 + 1", "not x", "a.b", "f(x)", "f(*a, b=1)", "x[1:2]", "0", "False", "1.0"}
	if depth == 0 || r.IntN(4) == 0 {
		return atoms[r.IntN(len(atoms))]
	}
	sub := func() string { return expression(r, depth-1) }
	list := func() string {
		var parts []string
		for range r.IntN(4) {
			parts = append(parts, sub())
		}
		return strings.Join(parts, []string{",", ", ", " ,\n", ", # c\n"}[r.IntN(4)])
	}
	switch r.IntN(12) {
	case 0, 1, 2, 3:
		return "[" + list() + "]"
	case 4:
		return "(" + list() + ",)"
	case 5:
		return "(" + sub() + ")"
	case 6:
		return "{" + list() + "}"
	case 7, 8:
		return "{" + sub() + ": " + sub() + ", " + sub() + ": " + sub() + "}"
	case 9:
		return sub() + []string{" + ", " - ", " * ", " ** ", " or ", " and ", " < ", " not in ", " is not ", " if 1 else "}[r.IntN(10)] + sub()
	case 10:
		return []string{"-", "+", "~", "not "}[r.IntN(4)] + sub()
	}
	return sub() + []string{"[" + sub() + "]", "(" + list() + ")", ".a", "[" + sub() + ":]", " " + sub()}[r.IntN(5)]
}

// mutated drops, doubles or changes a few characters.
func mutated(r *rand.Rand, s string) string {
	runes := []rune(s)
	for range 1 + r.IntN(2) {
		if len(runes) == 0 {
			return pick(r, 2, odd)
		}
		i := r.IntN(len(runes))
		part := []rune(pick(r, 1, odd, literalParts))
		switch r.IntN(3) {
		case 0:
			runes = append(runes[:i:i], runes[i+1:]...)
		case 1:
			runes = append(runes[:i:i], append(part, runes[i:]...)...)
		case 2:
			runes = append(runes[:i:i], append(part, runes[i+1:]...)...)
		}
	}
	return string(runes)
}

var jsonParts = []string{
	"[", "]", "{", "}", ",", ":", `"a"`, `"b"`, `""`, `"\n"`, `"\u0041"`, `"\u00e9"`, `"\ud83d\ude00"`, `"\ud83d"`, `"\ude00x"`, `"\x41"`, `"\u12"`, `"é"`, "\"\n\"", "\"\t\"", `"`, `\`, "'a'",
	"0", "-0", "1", "-1", "01", "1.5", "1.", ".5", "1e5", "1E-2", "1e", "-", "--1", "+1", "1e400", "-1e400", "1e-400", "123456789012345678901234567890", "NaN", "Infinity", "-Infinity", "-NaN", "nan", "true", "false", "null", "True", "tru", "0x1", "1_0", "١", " ", "\n", "\t", "\r", "\f", "\u00a0", "\ufeff", "//", "\x00", "0.1", "1e22", "1e21", "100000000000000000.0", "1.0e-5", "0.0001", "-0.0",
}

func randomJSON(r *rand.Rand) string {
	if r.IntN(3) == 0 {
		return pick(r, 7, jsonParts)
	}
	text := jsonValue(r, 3)
	if r.IntN(3) == 0 {
		return mutated(r, text)
	}
	return text
}

func jsonValue(r *rand.Rand, depth int) string {
	if depth == 0 || r.IntN(3) == 0 {
		return jsonParts[6+r.IntN(len(jsonParts)-6)]
	}
	var parts []string
	object := r.IntN(2) == 0
	for range r.IntN(4) {
		value := jsonValue(r, depth-1)
		if object {
			value = []string{`"a"`, `"b"`, `"\u0061"`, `""`}[r.IntN(4)] + ":" + value
		}
		parts = append(parts, value)
	}
	if object {
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return "[" + strings.Join(parts, " ,") + "]"
}
