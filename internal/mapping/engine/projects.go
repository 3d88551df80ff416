package engine

import "slices"

func (g *gathering) addProjects(item *identity) error {
	fixed, has := item.Get("projects")
	brought, hasJSON := item.Get("projects_json")
	if !has && !(hasJSON && g.takesProjectsJSON()) {
		return nil
	}
	if g.projRule > 0 {
		g.note(item, "projects of %s are replaced by these: the last ones count", g.projRule)
	}
	g.projRule = item.rule
	list, _ := fixed.([]any)
	more, _ := brought.([]any)
	g.projects = slices.Concat(list, more)
	if domain, _ := item.Get("domain"); g.honoursDomain() {
		g.defaultDomain(domain)
	}
	return nil
}

// defaultDomain gives projects the domain that stands beside them
// (RuleProcessorToHonorDomainOption.extract_projects).
func (g *gathering) defaultDomain(domain any) {
	for i, item := range g.projects {
		if project, ok := item.(Object); ok && !truthy(project, "domain") {
			g.projects[i] = project.with("domain", domain)
		}
	}
}
