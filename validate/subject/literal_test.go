package subject

import "testing"

// TestLiteral: which expressions of a claim stand for one value.
func TestLiteral(t *testing.T) {
	cases := map[string]string{
		`https\x3A//op1\.example\.org/realms/a`: "https://op1.example.org/realms/a",
		`https://op1`:                           "https://op1",
		`a\-b\+c`:                               "a-b+c",
		``:                                      "",
		`https://op.`:                           "-",
		`a|b`:                                   "-",
		`(a)`:                                   "-",
		`a\d`:                                   "-",
		`a\`:                                    "-",
		`\x3`:                                   "-",
		`\xZZ`:                                  "-",
		`a{2}`:                                  "-",
	}
	for expression, want := range cases {
		got, ok := literal(expression)
		if !ok {
			got = "-"
		}
		if got != want {
			t.Errorf("%q: %q, want %q", expression, got, want)
		}
	}
}
