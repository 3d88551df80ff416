package claims_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"strconv"
	"strings"
)

// claimSets are the members that each token has besides iss, sub and exp, by what
// they are to show. E and H numbers are symptoms that operators meet.
func claimSets() map[string]string {
	return map[string]string{
		"one string":                       `"name":"Alice"`,
		"E1 underscore":                    `"preferred_username":"alice","given_name":"A"`,
		"E1 dot":                           `"realm.access":"x"`,
		"E1 underscore and dash":           `"a_b":"1","a-b":"2"`,
		"E3 no email, H1 a claim missing":  `"scope":"openid"`,
		"E4 nested":                        `"realm_access":{"roles":["admin","user"]}`,
		"E4 nested in nested":              `"resource_access":{"a-b":{"roles":["x"]},"c":{"roles":[]}}`,
		"E5 group overage":                 `"_claim_names":{"groups":"src1"},"_claim_sources":{"src1":{"endpoint":"https://graph/users/1/getMemberObjects"}}`,
		"E6 slash in groups":               `"groups":["/ops","/ops/admin"]`,
		"E7 umlaut":                        `"name":"Müller","family-name":"\u00e9"`,
		"E7 latin1 edge":                   `"a":"\u0080\u00a0\u00ff","b":"\u0100"`,
		"E7 beyond latin1":                 `"name":"Łukasz €","emoji":"\ud83d\ude00","cjk":"日本"`,
		"E7 mojibake that is meant":        `"name":"Ã¼"`,
		"E7 umlaut in a list":              `"groups":["Mü","Łó"]`,
		"E7 umlaut in an object":           `"o":{"ü":"ä€"}`,
		"E8 URI":                           `"https://ns.example/claim":"v","urn:x:y":"w"`,
		"E9 booleans":                      `"email_verified":true,"admin":false`,
		"E9 integers":                      `"uid":1000,"zero":0,"negative":-5,"minus-zero":-0`,
		"H4 many lists":                    `"a":["1"],"b":["2","3"],"c":["4"]`,
		"H6 quotes":                        `"q":"say \"hi\" 'there'","b":"back\\slash"`,
		"H7 regex characters":              `"r":"^a.*b$ [x] (y) {z} |"`,
		"H13 URL and blanks in a name":     `"name":"a b/c?d=e&f#g%20"`,
		"H15 braces":                       `"t":"{0} {{name}} }"`,
		"H16 no name at all":               `"x":""`,
		"groups with name and domain":      `"groups":["nameless","name;domain"]`,
		"delimiter semicolon in a string":  `"s":"a;b;;c;"`,
		"delimiter semicolon in a list":    `"l":["a;b","c"]`,
		"delimiter comma in a list":        `"l":["CN=x,OU=y","z"]`,
		"delimiter of two characters":      `"l":["xaby","aab","ab","b","a"]`,
		"delimiter and backslashes":        `"l":["a\\","\\;b","c\\\\d",";"]`,
		"backslash in a string":            `"s":"a\\;b"`,
		"list empty":                       `"l":[]`,
		"list of one":                      `"l":["only"]`,
		"list of one empty":                `"l":[""]`,
		"list of empties":                  `"l":["","",""]`,
		"list with empties before":         `"l":["","","a"]`,
		"list with empties between":        `"l":["a","","b",""]`,
		"list of integers":                 `"l":[1,2,3]`,
		"list of booleans":                 `"l":[true,false,true]`,
		"list of null":                     `"l":[null]`,
		"list of all kinds":                `"l":["a",1,1.5,true,null,["b"],{"c":"d"},"e"]`,
		"list of lists":                    `"l":[["a","b"],["c"]]`,
		"list of objects":                  `"l":[{"name":"p","roles":[{"name":"r"}]}]`,
		"list with line feeds":             `"l":["a\nb","c\r\nd"]`,
		"object empty":                     `"o":{}`,
		"object order":                     `"o":{"z":1,"a":2,"m":{"y":1,"b":2}}`,
		"object of all kinds":              `"o":{"s":"x","i":1,"r":1.5,"t":true,"f":false,"n":null,"l":[],"o":{}}`,
		"object with escapes":              `"o":{"k\"\\\/":"\b\f\n\r\t\u0001\u001f\u007f\u0080\/"}`,
		"object with a repeated name":      `"o":{"a":1,"b":2,"a":3}`,
		"object with integers":             `"o":{"max":9223372036854775807,"min":-9223372036854775808,"z":-0}`,
		"object with reals":                `"o":[0.1,0.3,1.0,-0.0,1e15,1e16,1e17,123456789012345678.5,1e-4,1e-5,5e-324,1.7976931348623157e308,2.5E+3,100.0]`,
		"object in an object with reals":   `"o":{"a":0.1,"b":0.3,"c":1.0,"d":-0.0,"e":1e15,"f":1e16,"g":1e17,"h":123456789012345678.5,"i":1e-4,"j":1e-5,"k":5e-324,"l":1.7976931348623157e308,"m":2.5E+3,"n":100.0,"o":0.0,"p":-1e-7,"q":123456.789}`,
		"reals":                            `"a":1.5,"b":1.0,"c":0.1,"d":-0.5,"e":3.14159265358979,"f":100.0,"g":123456789.123456789`,
		"reals that are large":             `"a":1e8,"b":1e9,"c":1e20,"d":12345678901234567890.5,"e":1e5,"f":123456789012.0,"g":9.99999999e9,"h":99999999.5`,
		"reals that are too large for APR": `"a":1e73,"b":1e74,"c":1e75,"d":1e78,"e":1e79,"f":1e80,"g":1e300,"h":-1e100,"i":1.7976931348623157e308`,
		"reals that are small":             `"a":0.001,"b":0.0001,"c":0.00001,"d":2.5e-5,"e":1e-7,"f":-1.5e-10,"g":5e-324,"h":1e-100,"i":0.00012345678912`,
		"reals that round":                 `"a":0.9999999,"b":0.99999996,"c":0.999999999,"d":9.9999995,"e":1.9999999999,"f":0.0000005,"g":0.00000049,"h":0.5000005`,
		"reals that are zero":              `"a":0.0,"b":-0.0,"c":0e5,"d":1e-400`,
		"integers at the edge":             `"max":9223372036854775807,"min":-9223372036854775808,"js":9007199254740993`,
		"integer too big":                  `"n":9223372036854775808`,
		"integer too small":                `"n":-9223372036854775809`,
		"integer too big inside":           `"o":{"l":[123456789012345678901234567890]}`,
		"real too big":                     `"r":1e400`,
		"null":                             `"n":null`,
		"empty string":                     `"e":""`,
		"blanks around":                    `"b":"  x  ","t":"\tx\t"`,
		"control characters":               `"c":"\u0001\u0008\u001b\u001f\u007f"`,
		"line feeds":                       `"c":"one\ntwo","d":"one\r\ntwo\rthree\n"`,
		"NUL in a value":                   `"c":"a\u0000b"`,
		"NUL in a name":                    `"a\u0000b":"c"`,
		"NUL inside":                       `"o":{"l":["\u0000"]}`,
		"names that differ in case":        `"Name":"1","NAME":"2","name":"3"`,
		"names that become one":            `"a:b":"1","a/b":"2","A-B":"3"`,
		"names with separators":            `"(a)":"1","<b>":"2","c,d":"3","e@f":"4","g\\h":"5","i\"j":"6","[k]":"7","l?m=n":"8","{o}":"9","p q":"10","r\ts":"11"`,
		"names with other characters":      `"!#$%&'*+^` + "`" + `|~":"1","x%y":"2","x+y":"3"`,
		"names with control characters":    `"a\u0001b":"1","c\u007fd":"2","e\nf":"3"`,
		"names beyond ASCII":               `"ä":"1","größe":"2","日本":"3"`,
		"names of nothing":                 `"":"empty","-":"dash","_":"underscore",".":"dot"`,
		"a name repeated":                  `"d":"first","x":"between","d":"last"`,
		"sub is a number":                  `"sub":12`,
		"sub is null":                      `"sub":null`,
		"sub is empty":                     `"sub":""`,
		"sub beyond ASCII":                 `"sub":"jürgen€","preferred_username":"Łukasz"`,
		"preferred_username is a list":     `"preferred_username":["a"]`,
		"address as in OpenID Connect":     `"address":{"formatted":"Street 1\nTown","country":"DE"},"updated_at":1700000000`,
		"claims of a token":                `"aud":["a","b"],"azp":"a","scope":"openid email","typ":"Bearer","allowed-origins":["*"],"jti":"1"`,
		"schema 3.0 projects as text":      `"projects":"[{\"name\": \"p\", \"roles\": [{\"name\": \"member\"}]}]"`,
		"long value":                       fmt.Sprintf(`"long":%q`, strings.Repeat("0123456789", 6000)),
		"long list":                        `"groups":[` + repeated(3000, `"group-%d"`) + `]`,
		"many claims":                      repeated(1500, `"claim%d":"v"`),
		"deep":                             `"o":{"a":` + strings.Repeat("[", 500) + strings.Repeat("]", 500) + `}`,
		"names that httpd sets itself":     `"server_name":"x","REQUEST_METHOD":"PUT","gateway_Interface":"g","AUTH_TYPE":"none","content-type":"text/x","proxy":"p","authorization":"z","Path_Info":"/p"`,
		"a claim called access_token":      `"other_token":"t"`,
		"a claim called as a header is":    `"HTTP_OIDC_X":"env","x":"header"`,
		"mod_wsgi's own":                   `"mod_wsgi.version":"1"`,
		"numbers as text":                  `"a":"1","b":"1.0","c":"true"`,
		"escapes that need not be":         `"a":"\u0041\/\u00FC"`,
		"two halves of one character":      `"a":"\uD83D\uDE00"`,
		"noncharacters":                    `"a":"\uffff\ufffe","b":"\u2028\u2029\u200b\ufeff"`,
		"shell and SQL":                    `"a":"$(id) ` + "`id`" + ` ' OR 1=1 --"`,
		"random reals":                     randomReals(400),
		"random names and values":          randomNames(400),
		"percent":                          `"a":"%s%n%00"`,
	}
}

// randomReals are claims with numbers of every size, and an object with the same.
func randomReals(n int) string {
	random := rand.New(rand.NewPCG(7, 8))
	var members []string
	for i := range n {
		f := (random.Float64() - 0.5) * math.Pow(10, float64(random.IntN(120)-35))
		spelt := strconv.FormatFloat(f, 'e', random.IntN(18), 64)
		members = append(members, fmt.Sprintf(`"r%d":%s`, i, spelt))
	}
	all := strings.Join(members, ",")
	return all + `,"object":{` + all + `},"extremes":{"a":-2.2250738585072014e-308,"b":-1.7976931348623157e308,"c":9007199254740993.0}`
}

// randomNames are claims whose names are made of odd characters.
func randomNames(n int) string {
	random := rand.New(rand.NewPCG(9, 10))
	pieces := strings.Split(`a|B|1|-|_|.|:|/|\\|\"|ä|€|😀| |\t|\u0001|\u007f|(|@|=|+|~|%`, "|")
	var claims []string
	for i := range n {
		name := fmt.Sprint("n", i)
		for range random.IntN(6) {
			name += pieces[random.IntN(len(pieces))]
		}
		claims = append(claims, fmt.Sprintf(`"%s":"%s"`, name, strings.Repeat(pieces[random.IntN(len(pieces))], random.IntN(3))))
	}
	return strings.Join(claims, ",")
}

func repeated(n int, format string) string {
	parts := make([]string, n)
	for i := range parts {
		parts[i] = fmt.Sprintf(format, i)
	}
	return strings.Join(parts, ",")
}
