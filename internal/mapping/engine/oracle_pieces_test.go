package engine_test

// The pieces that logins are made of. Each stands for a way in which Keystone or
// Python treats a text.

func types() []string {
	return []string{"sub", "email", "groups", "roles", "HTTP_OIDC_ISS", "käse", "projects"}
}

func words() []string {
	return []string{"a", "b", "ab", "admin", "ADMIN", "ops", "dev", "ann", "bob@x", "p q", "12", "1", "member"}
}

// oddTexts are hard to quote, to compare or to see.
func oddTexts() []string {
	return []string{
		"", " ", "it's", `say "hi"`, `both ' and "`, `back\slash`, "li\nne", "li\rne", "t\tab", "nul\x00", "bell\x07", "\x7f", "\u0085", "\u00a0", "\u00ad",
		"é", "e\u0301", "ß", "ſ", "K", "İ", "ı", "日本", "😀", "\u200b", "\u2028", "\ufeff", "\ue000", "\u0378", "\U0001F9FF", "\U0010FFFF", "\u0660\u0661",
		"{0}", "{", "}}", "{{", "%s", "\\name", "\name", "username", "domain", "name domain", "#", "# name", "a\\", "\\'", "$", "a$", "a\n",
	}
}

// literals are Python's: lists, and what is no list.
func literals() []string {
	return []string{
		"['p', 'q']", "['p', 'q'", "[]", "[ ]", " ['p']", "\t['p']", "['p']\n", "\n['p']", "['p',]", "[,]", "['a' 'b']", "[\n'a']", "['a' # c\n]", "[u'a']", "[r'\\a']", "[b'x']", "[b'x', 'x']", "[f'x']",
		"[1, 2]", "[1, 1.0, True]", "[0x10, 0o7, 0b1, 1_0]", "[01]", "[1e999]", "[1j]", "[-1, +1]", "[1+2j]", "[1-1]", "[--1]", "[None, True, ...]", "[[1]]", "[[]]", "[{'a': 1}]", "[{1}]", "[(1, 'a')]", "[set()]", "[{}]",
		"('a', 'b')", "()", "(1)", "(['a'])", "12", "1e5", "0", "None", "True", "'abc'", `"abc"`, "b'abc'", "'a' 'b'", "{'a': 1}", "{'a', 'b'}", "{'a'}", "{[]: 1}", "{}", "...", "set()", "1j", "x", "[x]", "['a', x]", "['\\x41\\u00e9\\n']", "['\\']", `["it's"]`, "['''a\nb''']",
		"[{['x']}]", "['a']['b']", "['a'] + ['b']", "[*'a']", "[1 if 1 else 2]", "['name']", "['name', 'domain']", "['a', 'name']", "[99999999999999999999]", "[1.5, 2.5e-7, 1e16, 1e-5]", "[0.1, 100000000000000000000.0]", "['\u0378', '\\u0378']",
	}
}

// groupTexts are whole groups, or nearly.
func groupTexts() []string {
	return []string{
		`JSON:{"name": "g", "domain": {"id": "d"}}`, `JSON:{"name":"g2","domain":{"name":"Default"},"more":[1,2.5,null,true]}`, `JSON:{"name": "g"}`, `JSON:{"domain": {}}`, `JSON:{bad name`, `JSON:`, `JSON: name`, `JSON:JSON:{"name":"g","domain":1}`, `JSON:[]`, `JSON:["domain", "name"]`, `JSON:"name domain"`, `JSON:5`, `JSON:null`, `JSON:"name"`,
		`JSON:NaN`, `JSON:{"name": "a", "name": "b", "domain": {"id": "d"}}`, `["JSON:{\"name\": \"g\", \"domain\": {\"id\": \"d\"}}"]`, `['JSON:{"name": "g", "domain": {"id": "d"}}', 'name domain']`, `[{'name': 'g', 'domain': {'id': 'd'}}]`, `['name', 5]`, `[b'name']`, `[['name', 'domain']]`, `{"name": "g", "domain": {"id": "d"}}`,
		"devname", "name", "surname;domain", "namedomain",
	}
}

// projectTexts are JSON for projects_json, right and wrong.
func projectTexts() []string {
	return []string{
		`[{"name": "p", "roles": [{"name": "member"}]}]`, `[{"name": "p", "roles": [], "domain": {"id": "d9"}}]`, `[{"name": "p", "roles": [], "domain": {}}, {"name": "q", "roles": [{"name": "r"}]}]`, `[]`, `{}`, `[1]`, `null`, `"x"`, `5`, `[{"name": "p"}]`, `[{"name": 5, "roles": []}]`, `[{"name": "p", "roles": {}}]`, `[{"name": "p", "roles": [{"name": "r", "x": 1}]}]`, `[{"name": "p", "roles": [], "x": 1}]`, `[{"name": "p", "roles": [], "domain": {"x": 1}}]`, `[{"name": "p", "roles": [], "domain": null}]`, `[NaN]`, `[{"name": "p", "roles": []},]`, `[{"name": "{0}", "roles": []}]`, ` [ ] `, "[]x",
	}
}

// bits are Python's syntax in pieces.
func bits() []string {
	return []string{"[", "]", "'", `"`, ",", "a", "name", "\\", "{", "}", "(", ")", "1", "-", ":", " ", "\n", "b", "u", "r", "é", "#", "JSON:", "None", ".", "0", "domain", "''", "'a'", ", "}
}

func plainTexts() []string {
	return []string{"", "", "", "x", "dev-", "g ", "name", "domain", "JSON:", "é", "'", `"`, "[", "]", "{{", "}}", "\\", "12", "@d", "['x', '", "']", "\n", "/"}
}

// oddTemplates are what str.format makes of braces.
func oddTemplates() []string {
	return []string{
		"{}", "{}{}", "{0}{}", "{}{0}", "{9}", "{1}", "{2}", "{0}{1}", "{1}{0}", "{0}{0}", "{{0}}", "{{{0}}}", "{{", "}}", "{", "}", "{0", "0}", "{x}", "{-1}", "{ 0}", "{0 }", "{00}", "{١}", "{0x}",
		"{0[0]}", "{0[1]}", "{0[9]}", "{1[0]}", "{0[x]}", "{0[-1]}", "{0[]}", "{0[0][0]}", "{0[0}", "{0[0]x}", "{0.x}", "{0.upper}", "{0.}", "{0[0].x}", "{[0]}", "{.x}",
		"{0!r}", "{0!s}", "{0!a}", "{0!x}", "{0!}", "{0!rr}", "{0!r:>9}", "{!r}", "{0:>10}", "{0:<5}|", "{0:^9}", "{0:*^9}", "{0:é>6}", "{0:.2}", "{0:5.1}", "{0:s}", "{0:d}", "{0:010}", "{0:=5}", "{0:,}", "{0:+}", "{0:#}", "{0: }", "{0:}", "{0:{1}}", "{0:>{1}}", "{0:{1}{2}}", "{0:{{}}}", "{0:{}}", "{:>3}", "{0:{x}}", "{0:{9}}", "{0:>1000}", "{!s:>3}", "{0!r:.3}", "{0:\n}", "{0:5c}", "{0:.}", "{0:1.2.3}", "{0:z}", "{9}}", "{0}}", "{0}{",
	}
}

func patterns() []string {
	return []string{
		"a", "^a", "a$", "^admin$", "adm.*", "(?i)ADMIN", "(?i)straSSe", `\d+`, `^\d$`, `\w`, `^\w+$`, `\s`, `^.$`, "^.*$", "$", "^", "", "[a-c]", "[^a]", "(a)(b)", "(?P<x>a)(?P=x)?", "(?:a|b)", "a|ops", "a?b", "a{1,2}", "a{,2}b", `\bdev\b`, `a\Z`, `\Aa`, `é`, "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(?s)^.*$", "(?m)^n", `(.)\1`, "^(ops|dev|ann)$", `\\`, `'`, `"`, `\.`, `@`, "name", `\u00e9`, `\x61`, "(?x) a  b # c", "(?a)\\w",
	}
}

// oddPatterns are Python's own syntax, and what Python refuses.
func oddPatterns() []string {
	return []string{
		"(", ")", "[", "*", "a**", "a{2,1}", `\q`, `\1`, "(?P<x>a", "(?P=x)", "(?<=a+)b", "(?<x>a)", "(a)(?(1)b|c)", "(?(1)a)", "(?>a)", "a*+", "a++", "a(?i)B", "(?L)a", "(?u)a", "(?i:A)", "(?-i:a)", "(?#c)a", "[[a]", "[]a]", "[a--b]", `\N{LATIN SMALL LETTER A}`, `\N{NO SUCH}`, `\x6`, `\u00`, `\0`, `\07`, `[\d-z]`, `[z-a]`, "(?i)ſ", "(?i)ß", "(?i)k", "(?i)i", "a{", "a{x", "{1}", "a{99999999999}", `[\w]`, `\Z`, `\z`, `\h`, `\p{L}`, "(?P<1>a)", "(?P<x>a)(?P<x>b)", "x{0}", `[^\W\d]`, `\B`, "(?", "(?P", "(?P>x)", "|", "a||b", `\ud800`,
	}
}
