package clouds

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"

	"gopkg.in/yaml.v3"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/pattern"
)

// Parse reads a clouds.yaml. The findings tell what openstacksdk cannot load
// ("clouds-syntax", "clouds-shape") and keys that stand twice, of which the last
// counts ("clouds-duplicate-key"). The File is never nil, and holds what could be
// read.
func Parse(path string, src []byte) (*File, finding.List) {
	r := &reader{source: newSource(path, src)}
	f := &File{Path: path}
	root := r.document(src)
	if root == nil {
		return f, r.list
	}
	for _, e := range r.entries(root, "the file") {
		if e.key == "clouds" {
			f.Clouds = r.clouds(e.value)
		}
	}
	return f, r.list
}

// reader collects what is wrong.
type reader struct {
	*source
	list   finding.List
	merges int // entries that were merged
}

func (r *reader) fail(slug string, at finding.Range, message, hint string) {
	r.list = append(r.list, finding.Finding{Slug: slug, Severity: finding.Error, At: at, Message: message, Hint: hint})
}

var lineOf = pattern.Lazy(`^yaml: (?:line (\d+): )?(.*)$`)

// document gives the one document's root, or nil.
func (r *reader) document(src []byte) *yaml.Node {
	d := yaml.NewDecoder(bytes.NewReader(src))
	var doc, more yaml.Node
	err := d.Decode(&doc)
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case err == nil:
		if err = d.Decode(&more); errors.Is(err, io.EOF) {
			return doc.Content[0]
		}
		if err == nil {
			r.fail("clouds-syntax", r.line(more.Line), "a second document begins here, one was expected", "remove the line ---")
			return doc.Content[0]
		}
	}
	m := lineOf().FindStringSubmatch(err.Error())
	at, message := finding.Range{Path: r.path}, err.Error()
	if m != nil {
		number, _ := strconv.Atoi(m[1])
		at, message = r.line(number), m[2]
	}
	r.fail("clouds-syntax", at, "this is not YAML: "+finding.Printable(message), "")
	return nil
}

func (r *reader) clouds(n *yaml.Node) []Cloud {
	var out []Cloud
	for _, e := range r.entries(n, "clouds") {
		c := Cloud{Name: e.key, At: e.keyAt, Auth: map[string]Value{}, Extra: map[string]Value{}}
		r.cloud(&c, e.value)
		out = append(out, c)
	}
	return out
}

func (r *reader) cloud(c *Cloud, n *yaml.Node) {
	entries := r.entries(n, fmt.Sprintf("the cloud %s", finding.Printable(c.Name)))
	for _, e := range entries {
		if e.name() != "auth" {
			continue
		}
		for _, option := range r.entries(e.value, "auth") {
			c.Auth[option.name()] = r.value(option)
		}
	}
	c.rename()
	for _, e := range entries {
		if e.name() != "auth" {
			r.place(c, e)
		}
	}
}

// place puts one key of a cloud where it belongs.
func (r *reader) place(c *Cloud, e entry) {
	v := r.value(e)
	switch name := e.name(); name {
	case "auth_type":
		c.AuthType = v
	case "profile", "cloud":
		c.Profile = v
	case "region_name":
		c.Region = v
	case "regions":
		c.Regions = r.regions(e)
	case "verify":
		c.Verify = v
	case "insecure":
		c.Insecure = v
	case "cacert":
		c.CACert = v
	default:
		c.other(name, v)
	}
}

// options are keys that openstacksdk moves into auth (_fix_backwards_project).
var options = map[string]string{
	"domain_id": "domain_id", "domain_name": "domain_name", "user_domain_id": "user_domain_id", "user_domain_name": "user_domain_name",
	"project_domain_id": "project_domain_id", "project_domain_name": "project_domain_name", "auth_token": "token", "token": "token",
	"project_id": "project_id", "tenant_id": "project_id", "project_name": "project_name", "tenant_name": "project_name",
}

func (c *Cloud) other(name string, v Value) {
	option, ok := options[name]
	if !ok {
		c.Extra[name] = v
		return
	}
	if _, there := c.Auth[option]; !there {
		c.Auth[option] = v
	}
}

// rename gives options of auth their present names.
func (c *Cloud) rename() {
	for _, old := range []string{"tenant_id", "tenant_name", "auth_token"} {
		v, ok := c.Auth[old]
		if _, there := c.Auth[options[old]]; ok && !there {
			c.Auth[options[old]] = v
		}
		delete(c.Auth, old)
	}
}

// regions gives names, written as they are or as the name of a mapping.
func (r *reader) regions(e entry) []Value {
	var out []Value
	n := resolve(e.value)
	if n.Kind != yaml.SequenceNode {
		r.fail("clouds-shape", r.of(n), "regions was expected to be a list", "regions: [RegionOne]")
		return nil
	}
	for _, item := range n.Content {
		item = resolve(item)
		if item.Kind != yaml.MappingNode {
			out = append(out, r.value(entry{key: "name", keyAt: e.keyAt, value: item}))
			continue
		}
		for _, inner := range r.entries(item, "the region") {
			if inner.key == "name" {
				out = append(out, r.value(inner))
			}
		}
	}
	return out
}
