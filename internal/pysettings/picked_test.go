package pysettings_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/fedstone/fedstone/internal/lab/labtest"
	"github.com/fedstone/fedstone/internal/pysettings"
)

const (
	unset = "unset"
	open  = "undecided"
)

// picked are files, and what X must be: a value, undecided or unset.
var picked = map[string]struct {
	files []string
	want  string
}{
	"str":                     {[]string{`X = 'a' "b" r'\c' """d` + "\n" + `"""`}, `'ab\\cd\n'`},
	"bytes":                   {[]string{`X = b'a' b"\xff"`}, `b'a\xff'`},
	"numbers":                 {[]string{"X = (1, -2, 1.5, 0x1f, 1_000, 2j, 60 * 60, 7 - 9)"}, "(1, -2, 1.5, 31, 1000, 2j, 3600, -2)"},
	"nested":                  {[]string{"X = [(), (1,), {'a': {1, 2}, 'b': [None, True]},]"}, "[(), (1,), {'a': {1, 2}, 'b': [None, True]}]"},
	"gettext":                 {[]string{"from django.utils.translation import gettext_lazy as g\nX = (g('Corp'), _('b'))"}, "('Corp', 'b')"},
	"not gettext":             {[]string{"_ = str.upper\nX = _('a')"}, open},
	"lazy is no str":          {[]string{"Y = _('a')\nX = '%s' % Y"}, open},
	"name":                    {[]string{"Y = 'a'\nX = Y"}, "'a'"},
	"unknown name":            {[]string{"import a\nX = a"}, open},
	"sums":                    {[]string{"X = ('a' + 'b',) + ([1] + [2],)"}, "('ab', [1, 2])"},
	"percent":                 {[]string{"H = 'h'\nX = 'http://%s:%d/%s%%' % (H, 5000, None)"}, "'http://h:5000/None%'"},
	"percent by name":         {[]string{"X = '%(a)s-%(b)s-%(a)s' % {'a': 'x', 'b': 1}"}, "'x-1-x'"},
	"percent with width":      {[]string{"X = '%5s' % 'a'"}, open},
	"percent with a lone %":   {[]string{"X = '100%% %s' % 'a'"}, "'100% a'"},
	"format":                  {[]string{"X = '{}/{{{}}}'.format('a', 'b')"}, "'a/{b}'"},
	"format with a spec":      {[]string{"X = '{:>5}'.format('a')"}, open},
	"f-string":                {[]string{"H = 'h'\nN = 5\nX = f'http://{H}:{N}/{{x}}' '/v3'"}, "'http://h:5/{x}/v3'"},
	"f-string with a call":    {[]string{"H = 'h'\nX = f'{H.upper()}'"}, open},
	"f-string that binds":     {[]string{"X = 1\nY = f'{(X:=2)}'"}, open},
	"annotation":              {[]string{"X: str = 'a'"}, "'a'"},
	"annotation alone":        {[]string{"X: str"}, unset},
	"chain":                   {[]string{"A = X = B = []\nB += [1]"}, "[1]"},
	"tuple target":            {[]string{"X, Y = 1, 2"}, open},
	"bare tuple":              {[]string{"X = 'a', ('b', 'c'),"}, "('a', ('b', 'c'))"},
	"semicolons":              {[]string{"Y = 1; X = Y; Y = 2;"}, "1"},
	"continued":               {[]string{"X = \\\n  'a' \\\n  'b'"}, "'ab'"},
	"tuple +=":                {[]string{"Y = X = ('a',)\nX += ('b',)"}, "('a', 'b')"},
	"list += shows in both":   {[]string{"X = Y = ['a']\nY += ('b',)"}, "['a', 'b']"},
	"unknown +=":              {[]string{"import m\nX = m.x\nX += ['b']"}, open},
	"entry":                   {[]string{"X = {'a': 1}\nX['b'] = 2\nX['a'] = 3"}, "{'a': 3, 'b': 2}"},
	"entry of an entry":       {[]string{"X = {'a': {}}\nX['a']['b'] = 2"}, "{'a': {'b': 2}}"},
	"entry of another name":   {[]string{"X = Y = {}\nY['a'] = 1"}, "{'a': 1}"},
	"entry of a list":         {[]string{"X = [1]\nX[0] = 2"}, open},
	"append":                  {[]string{"X = []\nX.append(1)"}, open},
	"append by another name":  {[]string{"X = []\nY = (1, X)\nY[1].append(1)"}, open},
	"update":                  {[]string{"X = {}\nX.update(a=1)"}, open},
	"set again":               {[]string{"X = []\nX.append(1)\nX = [2]"}, "[2]"},
	"passed":                  {[]string{"from stub import mutate\nX = {'a': []}\nmutate(X['a'])"}, open},
	"held":                    {[]string{"from stub import mutate\nX = ('a', [])\nY = {'x': X}\nmutate(Y)"}, open},
	"passed, but a str":       {[]string{"from stub import mutate\nX = 'a'\nmutate(X)"}, "'a'"},
	"if True":                 {[]string{"if True:\n  X = 1\nelse:\n  X = 2"}, "1"},
	"if a setting":            {[]string{"DEBUG = False\nif DEBUG:\n  X = 1\nelif not DEBUG: X = 2\nelse:\n  X = 3"}, "2"},
	"if equal":                {[]string{"A = 'a'\nif A == 'a' and A in ('b', 'a') and A is not None: X = 1"}, "1"},
	"if that is false":        {[]string{"if 0:\n  X = 1"}, unset},
	"if unknown":              {[]string{"import os\nX = 1\nif os.x:\n  X = 2"}, open},
	"if unknown, then set":    {[]string{"import os\nif os.x:\n  X = 2\nX = 3"}, "3"},
	"if unknown, a part":      {[]string{"import os\nX = {}\nif os.x:\n  X['a'] = 1"}, open},
	"else of unknown":         {[]string{"import os\nif os.x:\n  pass\nelse:\n  X = 2"}, open},
	"try":                     {[]string{"try:\n  X = 1\nexcept Exception: X = 2"}, open},
	"except as":               {[]string{"X = 1\ntry:\n  1/0\nexcept Exception as X:\n  pass"}, open},
	"for":                     {[]string{"X = 1\nfor X in (2, 3):\n  pass"}, open},
	"with as":                 {[]string{"from stub import world\nX = 1\nwith world as (X, *Y): pass"}, open},
	"for that changes":        {[]string{"from stub import mutate\nX = []\nfor i in mutate(X): pass"}, open},
	"while":                   {[]string{"X = 1\nwhile X < 5: X += 1"}, open},
	"def":                     {[]string{"X = 1\ndef f():\n  X = 2\nf()"}, "1"},
	"def with global":         {[]string{"def f():\n  global X\n  X = 2\nX = 1\nf()"}, open},
	"def that changes":        {[]string{"def f():\n  X.append(2)\nX = [1]\nf()"}, open},
	"default argument":        {[]string{"X = []\ndef f(a=X):\n  a.append(2)\nf()"}, open},
	"class":                   {[]string{"X = 1\nclass C:\n  X = 2"}, "1"},
	"class with global":       {[]string{"X = 1\nclass C:\n  global X\n  X = 2"}, open},
	"lambda":                  {[]string{"f = lambda: X.append(2)\nX = [1]\nf()"}, open},
	"generator":               {[]string{"Y = [1]\ng = (X.append(i) for i in Y)\nX = []\nZ = list(g)"}, open},
	"comprehension":           {[]string{"X = [i for i in (1, 2)]"}, open},
	"walrus":                  {[]string{"X = 1\nY = [X := 2]"}, open},
	"ternary":                 {[]string{"D = False\nX = 'a' if D else 'b'"}, "'b'"},
	"or":                      {[]string{"A = ''\nX = A or 'b'"}, "'b'"},
	"index":                   {[]string{"A = {'k': ('a', 'b')}\nX = A['k'][-1]"}, "'b'"},
	"slice":                   {[]string{"A = 'abc'\nX = A[1:]"}, open},
	"del":                     {[]string{"X = 1\ndel X"}, unset},
	"del and set":             {[]string{"X = 1\ndel X\nX = 2"}, "2"},
	"del of a part":           {[]string{"X = {'a': 1}\ndel X['a']"}, open},
	"del in an if":            {[]string{"import os\nX = 1\nif os.x: del X"}, open},
	"import *":                {[]string{"X = 1\nfrom stub import *"}, open},
	"import * before":         {[]string{"from stub import *\nX = 1"}, "1"},
	"import * alone":          {[]string{"from stub import *"}, open},
	"after import *":          {[]string{"from stub import mutate\nY = []\nX = 'a', Y\nfrom os import *\nZ = Y\nmutate(Z)"}, open},
	"held, perhaps not":       {[]string{"from stub import mutate\nY = []\ndef f(y): return y\nfor Y in (): pass\nX = [Y]\nmutate(Y)"}, open},
	"held by a set name":      {[]string{"from stub import mutate, no\nY = []\nD = {}\nD['a'] = Y\nX = D\nX = {'a': Y}\nif no(): Y = 1\nmutate(Y)"}, open},
	"import * in a try":       {[]string{"try:\n  from stub import *\nexcept ImportError: pass"}, open},
	"import as":               {[]string{"X = 1\nimport a.b as X, c"}, open},
	"from import as":          {[]string{"X = 1\nfrom . import (b as X,)"}, open},
	"exec":                    {[]string{"X = 1\nexec('X = 2')"}, open},
	"globals":                 {[]string{"globals()['X'] = 2"}, open},
	"vars in a def":           {[]string{"X = 1\ndef f():\n  vars(m).update(X=2)"}, open},
	"setattr":                 {[]string{"import sys\nsetattr(sys.modules[__name__], 'X', 2)"}, open},
	"match":                   {[]string{"A = 1\nX = 1\nif 1:\n  pass"}, "1"},
	"same key twice":          {[]string{"X = {1: 'a', True: 'b', 1.0: 'c'}"}, "{1: 'c'}"},
	"same member twice":       {[]string{"X = {1, True, 'a'}"}, "{'a', 1}"},
	"unknown key":             {[]string{"import m\nX = {m.a: 1, 'b': 2}"}, open},
	"stars":                   {[]string{"A = (1,)\nX = (*A, 2)"}, open},
	"itself":                  {[]string{"X = {}\nX['a'] = X\nX['b'] = X"}, open},
	"two files":               {[]string{"X = 1", "X = 2"}, "2"},
	"snippet reads":           {[]string{"H = 'h'", "X = H + '/v3'"}, "'h/v3'"},
	"snippet adds":            {[]string{"X = {'a': 1}", "X['b'] = 2"}, "{'a': 1, 'b': 2}"},
	"snippet with unknown":    {[]string{"Y = 1", "X['b'] = 2"}, unset},
	"underscore":              {[]string{"_H = 'h'", "X = '_H' in dir()"}, open},
	"underscore of a snippet": {[]string{"A = 1", "X = []\n_L = X", "from stub import mutate\nmutate(_L)"}, open},
	"__all__":                 {[]string{"__all__ = ['Y']\nX = Y = 1", "Z = 1"}, open},
	"other letters":           {[]string{"X = 1\nＸ = 2"}, open},
	"other line ends":         {[]string{"Y = 'a'\r\nX = '''b\r\nc'''\r\n"}, `'b\nc'`},
	"form feed":               {[]string{"Y = 1\n\fX = 2\n \f\n"}, "2"},
	"byte order mark":         {[]string{"\ufeff# -*- coding: utf-8 -*-\nX = 'é'"}, "'é'"},
	"ascii cookie":            {[]string{"# coding: latin-1\nX = 'e'"}, "'e'"},
	"other cookie":            {[]string{"#!/usr/bin/python\n# vim: set fileencoding=latin-1 :\nX = 'é'"}, open},
	"comment":                 {[]string{"# X = 1 (\nY = 2 # ]\n"}, unset},
	"string statement":        {[]string{"'''\nX = 1\n'''"}, unset},
	"empty":                   {[]string{""}, unset},
	"by name of a character":  {[]string{`X = '\N{EN DASH}'`}, open},
	"half of a pair":          {[]string{`X = '\ud800'`}, open},
}

func TestPicked(t *testing.T) {
	for name, tc := range picked {
		t.Run(name, func(t *testing.T) {
			s, ok := read(tc.files).config.Get("X")
			got := open
			switch {
			case !ok:
				got = unset
			case s.Decided:
				got = show(s.Value)
			case s.Why == "":
				t.Error("undecided without a reason")
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestPickedInPython executes the same files.
func TestPickedInPython(t *testing.T) {
	var cases [][]string
	for name, tc := range picked {
		if !strings.Contains(name, "cookie") && name != "byte order mark" { // a text, unlike bytes, has no encoding
			cases = append(cases, tc.files)
		}
	}
	labtest.EachPython(t, func(t *testing.T, p labtest.Python) {
		if n := compareAll(t, p, cases); n.refused > 1 || n.raised > 8 {
			t.Errorf("%+v", n)
		}
	})
}

// TestSyntax tells what Python refuses, where, and what mends it.
func TestSyntax(t *testing.T) {
	for name, tc := range map[string]struct{ src, want string }{
		"bracket":           {"A = 1\nX = (\n  ('a', 'b'),\nY = 2\n", "s:2:5: '(' was never closed | add )"},
		"wrong bracket":     {"X = {'a': (1, 2}\n", "s:1:16: '}' cannot close '(' of line 1, ')' was expected | "},
		"closes nothing":    {"X = 1)\n", "s:1:6: ')' closes nothing | remove it"},
		"string":            {"X = 'a\nY = 'b'\n", "s:1:5: the string that begins here is never closed | add ' at its end"},
		"triple string":     {"X = r\"\"\"a\n", `s:1:5: the string that begins here is never closed | add """ at its end`},
		"comma":             {"X = (\n  ('a', 'b'),\n  ('c' _('d')),\n)", "s:3:8: a value stands right behind another one, where a comma was expected | put a comma between them"},
		"comma in a dict":   {"X = {'a': 1 'b': 2}", "s:1:13: a value stands right behind another one, where a comma was expected | put a comma between them"},
		"operator":          {"X = 'a' b", "s:1:9: a value stands right behind another one, where an operator or the line's end was expected | "},
		"quotes":            {"X = “a”", "s:1:5: the character U+201C is in no Python name or operator | use plain quotes: \""},
		"no-break space":    {"é = 1\nX\u00a0= 1", "s:2:2: the character U+00A0 is in no Python name or operator | use a plain blank"},
		"question mark":     {"X = a ? b", "s:1:7: the character U+003F is in no Python name or operator | remove it"},
		"indentation":       {"A = 1\n  X = 1\n", "s:2:1: the line is indented, but no block begins in front of it | remove the blanks at the line's beginning"},
		"first line":        {" X = 1\n", "s:1:1: the line is indented, but no block begins in front of it | remove the blanks at the line's beginning"},
		"dedent":            {"if 1:\n    A = 1\n  X = 1\n", "s:3:1: the indentation matches no line above | indent the line as its block is"},
		"tabs":              {"if 1:\n        A = 1\n\tX = 1\n", "s:3:1: tabs and blanks are mixed, so that the indentation is not certain | indent with blanks only"},
		"no block":          {"if 1:\nX = 1\n", "s:1:5: a block was expected after this colon | indent the lines that belong to it"},
		"backslash":         {"X = \\ \n1", "s:1:5: a backslash continues a line and must be its last character | remove the backslash, or what follows it"},
		"backslash at last": {"X = 1 \\\n", "s:1:7: a backslash continues a line that is not there | remove the backslash"},
		"not UTF-8":         {"# \xe9\n", "s:1:3: a byte stands here that is not UTF-8 | save the file as UTF-8"},
		"NUL":               {"X = 1\n\x00", "s:2:1: a NUL byte stands here, which no Python source may hold | remove it"},
	} {
		t.Run(name, func(t *testing.T) {
			f, list := pysettings.Parse("s", []byte(tc.src))
			if len(list) != 1 {
				t.Fatal(list)
			}
			if diff := cmp.Diff(tc.want, list[0].At.String()+": "+list[0].Message+" | "+list[0].Hint); diff != "" {
				t.Error(diff)
			}
			if s, ok := pysettings.New(f).Get("X"); s.Decided || !ok {
				t.Error("a setting of a file that Python refuses is decided")
			}
		})
	}
}
