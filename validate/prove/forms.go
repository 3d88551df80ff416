package prove

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

var (
	formTag   = regexp.MustCompile(`(?is)<form[^>]*>`)
	actionOf  = regexp.MustCompile(`(?is)\saction="([^"]*)"`)
	hiddenTag = regexp.MustCompile(`(?is)<input type="hidden" name="([^"]*)" value="([^"]*)"`)
)

// next is what a browser does with an answer; nil at the end.
func (b *browser) next(last *visit, answer Answer) *visit {
	switch {
	case answer.Env != nil:
		return nil
	case answer.Status >= 301 && answer.Status <= 303:
		return b.redirected(last, answer.Header.Get("Location"))
	case answer.Status != http.StatusOK:
		return nil
	case last.fragment != "":
		return &visit{method: http.MethodPost, url: last.url, form: fragmentForm(last.fragment)}
	case strings.Contains(answer.Body, "OpenID Connect Provider Discovery"):
		return b.choose(last, answer.Body)
	}
	return b.submit(last, answer.Body)
}

func (b *browser) redirected(last *visit, location string) *visit {
	u, err := last.url.Parse(location)
	if err != nil || location == "" {
		return nil
	}
	v := &visit{method: http.MethodGet, url: u, fragment: u.EscapedFragment()}
	u.Fragment, u.RawFragment = "", ""
	return v
}

// fragmentForm is what the module's page sends of an address' fragment (OAuth 2.0 Multiple Response Types).
func fragmentForm(fragment string) url.Values {
	form, _ := url.ParseQuery(fragment) // what cannot be read is left out, as a browser's script would
	form.Set("response_mode", "fragment")
	return form
}

// choose enters the issuer on the module's page of issuers, whose form is sent by GET.
func (b *browser) choose(last *visit, page string) *visit {
	v := formOf(last, page)
	if v == nil {
		return nil
	}
	v.form.Set("iss", b.issuer)
	v.url.RawQuery = v.form.Encode()
	return &visit{method: http.MethodGet, url: v.url}
}

// submit sends a page's form: the login at the issuer, or what the issuer wants sent on.
func (b *browser) submit(last *visit, page string) *visit {
	v := formOf(last, page)
	if v == nil || !strings.Contains(page, `name="password"`) {
		return v
	}
	if !b.atIssuer(last.url) {
		return nil
	}
	v.form.Set("username", b.user)
	v.form.Set("password", Password)
	return v
}

// atIssuer says whether a page is the wanted issuer's.
func (b *browser) atIssuer(page *url.URL) bool {
	u, err := url.Parse(b.issuer)
	return err == nil && u.Host == page.Host && strings.HasPrefix(page.Path, u.Path)
}

// formOf is a page's first form with its hidden fields; nil where there is none.
func formOf(last *visit, page string) *visit {
	action := actionOf.FindStringSubmatch(formTag.FindString(page))
	if action == nil {
		return nil
	}
	u, err := last.url.Parse(html.UnescapeString(action[1]))
	if err != nil {
		return nil
	}
	form := url.Values{}
	for _, m := range hiddenTag.FindAllStringSubmatch(page, -1) {
		form.Add(html.UnescapeString(m[1]), html.UnescapeString(m[2]))
	}
	return &visit{method: http.MethodPost, url: u, form: form}
}
