package metadata

import (
	"bytes"
	"fmt"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/mapping/engine"
	"github.com/fedstone/fedstone/validate/rule"
	"github.com/fedstone/fedstone/validate/subject"
)

func metadataNotJSON(r *reader) rule.Rule {
	return rule.Rule{
		Slug:     "metadata-not-json",
		Severity: finding.Error,
		Title:    "a file of an issuer holds no JSON object",
		Why: "The module reads the file when a login begins, and wants one JSON object: no byte order mark, no comment, no comma behind the last member, no list around it. Else it logs \"JSON parsing returned an error\" and takes the file for one that is not there, " +
			"so that the login fails; httpd starts all the same. The log then holds the text of the file, the client's secret included. A page of a proxy or of an issuer that is down, which was saved in place of the document, looks like this, too.",
		Mend:   "Write it anew, and try it with `python3 -m json.tool FILE`.",
		Source: "mod_auth_openidc, src/metadata.c, oidc_metadata_file_read_json; jansson, json_loads",
		Check: r.each(func(p *rule.Pass, i *issuer) {
			for _, e := range i.files() {
				if !object(e) {
					i.notJSON(p, e)
				}
			}
		}),
	}
}

// byteOrderMark is what some editors put in front of UTF-8.
const byteOrderMark = "\xef\xbb\xbf"

func (i *issuer) notJSON(p *rule.Pass, e *subject.Entry) {
	f := finding.Finding{Hint: "python3 -m json.tool " + shell(e.Show)}
	switch {
	case bytes.HasPrefix(e.Src, []byte(byteOrderMark)):
		f.Message = "the file begins with a byte order mark, which the module does not read"
		at := finding.Range{Path: e.Show, Start: finding.Pos{Line: 1, Column: 1}, End: finding.Pos{Line: 1, Column: 2, Byte: len(byteOrderMark)}}
		f.Fix = &finding.Fix{Title: "remove the byte order mark", Edits: []finding.Edit{{At: at}}}
		f.Hint = "sed -i '1s/^\\xEF\\xBB\\xBF//' " + shell(e.Show)
	case e.Doc != nil:
		f.Message = fmt.Sprintf("the file holds %s, expected one JSON object", kindOf(e.Doc))
	case len(e.Found) > 0 && e.Found[0].Slug != "bad-json":
		f.Message = e.Found[0].Message
	case len(bytes.TrimSpace(e.Src)) == 0:
		f.Message = "the file is empty, expected one JSON object"
	default:
		f.Message = "the file is no JSON, the module takes it for one that is not there"
		if len(e.Found) > 0 {
			f.Message = e.Found[0].Message + ": the module takes the file for one that is not there"
			i.on(p, e, &engine.Node{At: e.Found[0].At}, f)
			return
		}
	}
	i.on(p, e, nil, f)
}

func kindOf(n *engine.Node) string {
	switch n.Value.(type) {
	case []engine.Member:
		return "an object"
	case []*engine.Node:
		return "a list"
	case string:
		return "a text"
	case bool:
		return "true or false"
	case nil:
		return "null"
	}
	return "a number"
}
