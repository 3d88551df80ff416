package apply

import (
	"context"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/internal/keystone"
	"github.com/fedstone/fedstone/internal/pattern"
	"github.com/fedstone/fedstone/internal/spec"
)

// Account is what apply asks of a Keystone as the user of a client's application
// credentials: nobody makes them for somebody else, not even an administrator. Its
// errors may be judged with keystone.IsNotFound and keystone.IsConflict.
type Account interface {
	Owner(ctx context.Context) (keystone.Owner, error)
	ApplicationCredentials(ctx context.Context) ([]keystone.ApplicationCredential, error)
	CreateApplicationCredential(ctx context.Context, n keystone.NewApplicationCredential) (id string, err error)
	DeleteApplicationCredential(ctx context.Context, id string) error
}

// CredentialOptions say how a client's application credential is planned.
type CredentialOptions struct {
	Path   string // of the secret file; its folder must be there
	Owner  string // keystone.owner of the description
	Rotate bool   // make a new one also where nothing asks for it
	// Now is the clock; nil: the system's.
	Now func() time.Time
}

// PlanCredential compares a client's secret file and the application credentials of
// its user with what is described. Keystone cannot change one: a new one takes its
// place, and the one before ends when the client's grace is over.
//
// The secret is made here. It is in a file of its own, for the owner alone, before
// Keystone is asked, so that no run that ends in the middle loses it; the client's file
// changes in one step, when the new one counts.
func PlanCredential(ctx context.Context, account Account, c spec.OAuth2Client, opts CredentialOptions) (Changes, finding.List, error) {
	p := credentialPlan{account: account, client: c, opts: opts, now: time.Now()}
	if opts.Now != nil {
		p.now = opts.Now()
	}
	if err := p.look(ctx); err != nil {
		return nil, nil, err
	}
	p.plan()
	return p.changes, p.findings, nil
}

// credentialPlan is what is known of one client.
type credentialPlan struct {
	account  Account
	client   spec.OAuth2Client
	opts     CredentialOptions
	now      time.Time
	owner    keystone.Owner
	ours     []keystone.ApplicationCredential // of this client, the oldest first
	file     kept
	pending  kept
	changes  Changes
	findings finding.List
}

// look reads the files and asks Keystone.
func (p *credentialPlan) look(ctx context.Context) (err error) {
	if p.file, err = loadKept(p.opts.Path); err != nil {
		return err
	}
	if p.pending, err = loadKept(p.opts.Path + pendingEnding); err != nil {
		return err
	}
	if p.owner, err = p.account.Owner(ctx); err != nil {
		return err
	}
	if p.owner.ProjectID == "" {
		return fmt.Errorf("the cloud %s logs in without a project, and an application credential is for one; give it project_name and project_domain_name", p.client.Cloud)
	}
	all, err := p.account.ApplicationCredentials(ctx)
	if err != nil {
		return fmt.Errorf("application credentials of user %s: %w", p.owner.User, err)
	}
	for _, one := range all {
		if p.mine(one) {
			p.ours = append(p.ours, one)
		}
	}
	slices.SortFunc(p.ours, func(a, b keystone.ApplicationCredential) int { return strings.Compare(a.Name, b.Name) })
	return folderThere(p.opts.Path)
}

// stampForm is the time in a name, so that names sort by it. What is random after it
// keeps two runs of the same second apart.
const stampForm = "20060102T150405Z"

var stamped = pattern.Lazy(`^(.+)-([0-9]{8}T[0-9]{6}Z)-[0-9a-f]{8}$`)

// mine is what an apply of this description has made for the client.
func (p *credentialPlan) mine(one keystone.ApplicationCredential) bool {
	parts := stamped().FindStringSubmatch(one.Name)
	m := markOf(one.Description)
	return parts != nil && parts[1] == p.client.Name.Value && m.made && (m.owner == "" || m.owner == p.opts.Owner)
}

// made is when one was made, by its name; the zero time for a name without one.
func made(one keystone.ApplicationCredential) time.Time {
	parts := stamped().FindStringSubmatch(one.Name)
	if parts == nil {
		return time.Time{}
	}
	t, err := time.Parse(stampForm, parts[2])
	if err != nil {
		return time.Time{}
	}
	return t
}

func (p *credentialPlan) plan() {
	current := slices.IndexFunc(p.ours, func(one keystone.ApplicationCredential) bool { return one.ID == p.file.ID && p.file.ID != "" })
	change := Change{Kind: ApplicationCredential, Object: p.object(), Action: None, phase: makeCredentials}
	switch waiting := p.waiting(); {
	case waiting.ID != "" && (current < 0 || waiting.Name > p.ours[current].Name):
		change.Action, change.Fields = Update, []Field{{"secret_file", "not written", p.opts.Path}}
		change.do = func(context.Context) error { return p.finish(waiting) }
	case current < 0:
		change.Action, change.Fields = Create, p.fresh()
		change.do = p.create
	default:
		if change.Fields = p.differs(p.ours[current]); len(change.Fields) > 0 {
			change.Action, change.do = Update, p.create
		}
	}
	p.changes = append(p.changes, change)
	p.retire(current, change)
}

// object names the credential, its user and its project.
func (p *credentialPlan) object() string {
	return fmt.Sprintf("%s of user %s on project %s", p.client.Name, p.owner.User, p.owner.Project)
}

// waiting is a credential that an earlier run has made and not written down: it was
// ended between the two. Its ID is "" where there is none.
func (p *credentialPlan) waiting() kept {
	k := p.pending
	k.ID = ""
	for _, one := range p.ours {
		if one.Name == k.Name {
			k.ID = one.ID
		}
	}
	return k
}

func (p *credentialPlan) fresh() []Field {
	var fields []Field
	if len(p.client.Roles) > 0 {
		fields = append(fields, Field{Name: "roles", New: p.roles()})
	}
	if p.client.Lives() > 0 {
		fields = append(fields, Field{Name: "expires_at", New: p.expires().Format(time.RFC3339)})
	}
	return append(fields, Field{Name: "secret_file", New: p.opts.Path})
}

func (p *credentialPlan) roles() string {
	var names []string
	for _, r := range p.client.Roles {
		names = append(names, r.Value)
	}
	slices.Sort(names)
	return strings.Join(names, " ")
}

// expires is the end of one that is made now; zero: never.
func (p *credentialPlan) expires() time.Time {
	if p.client.Lives() == 0 {
		return time.Time{}
	}
	return p.now.Add(p.client.Lives()).UTC().Truncate(time.Second)
}

// folderThere: the secret could not be kept otherwise, and a credential is made for nothing.
func folderThere(path string) error {
	return wrapped("secret_file", statFolder(filepath.Dir(path)))
}
