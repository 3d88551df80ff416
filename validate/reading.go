package validate

import (
	"github.com/fedstone/fedstone/internal/finding"
	"github.com/fedstone/fedstone/validate/rule"
)

// Reading gives what the readers of files find, as rules without a check: they
// speak while a file is read, before any rule is asked. Findings about a
// federation.yaml explain themselves and are not among them.
func Reading() []rule.Rule {
	return []rule.Rule{
		{Slug: "httpd-unclosed-section", Severity: finding.Error, Title: "a section is opened and never closed", Mend: "Close it where it was meant to end; httpd stops there, or takes all that follows for its content."},
		{Slug: "httpd-stray-closing-tag", Severity: finding.Error, Title: "a closing tag closes nothing that is open", Mend: "Remove it, or write the opening tag; httpd stops there."},
		{Slug: "httpd-missing-bracket", Severity: finding.Error, Title: "a tag has no `>`", Mend: "End the tag with `>` on its line."},
		{Slug: "httpd-text-after-tag", Severity: finding.Warning, Title: "text stands behind a tag and is dropped, or refused", Mend: "Put it on a line of its own, a comment with `#` in front."},
		{Slug: "httpd-open-quote", Severity: finding.Warning, Title: "a quote is opened and not closed", Mend: "Close the quote; httpd takes the rest of the line as one argument."},
		{Slug: "httpd-empty-name", Severity: finding.Warning, Title: "a line begins with an empty word, and httpd passes over it", Mend: "Remove the line, or write the directive's name."},
		{Slug: "httpd-nul-byte", Severity: finding.Error, Title: "a line holds a NUL byte, and httpd drops what stands behind it", Mend: "Remove the byte. Is this a text file?"},
		{Slug: "httpd-line-too-long", Severity: finding.Error, Title: "a line is longer than httpd reads", Mend: "Make it several directives."},
		{Slug: "httpd-undefined-variable", Severity: finding.Warning, Title: "`${NAME}` names no variable, and stays as it is", Mend: "Define it before it is used, or give it with `-D`."},
		{Slug: "httpd-empty-condition", Severity: finding.Error, Title: "a condition says not what it asks for", Mend: "Write what it asks for, as in `<IfModule headers_module>`."},
		{Slug: "httpd-bad-version-test", Severity: finding.Error, Title: "`<IfVersion>` cannot be read", Mend: "Write it as in `<IfVersion >= 2.4.10>`."},
		{Slug: "httpd-argument-count", Severity: finding.Error, Title: "a command that httpd runs while it reads has too few or too many arguments", Mend: "Put an argument that holds spaces in quotes."},
		{Slug: "httpd-variable-name", Severity: finding.Error, Title: "a variable's name holds a colon", Mend: "Choose another name."},
		{Slug: "httpd-no-folder", Severity: finding.Error, Title: "`ServerRoot` or a runtime folder names no folder", Mend: "Create it, or name the right one."},
		{Slug: "httpd-module-built-in", Severity: finding.Error, Title: "a module that is built into httpd is loaded", Mend: "Remove the line, or put it in `<IfModule !…>`."},
		{Slug: "httpd-module-twice", Severity: finding.Warning, Title: "a module is loaded twice; httpd skips the second line", Mend: "Remove the line."},
		{Slug: "httpd-include-depth", Severity: finding.Error, Title: "files include each other more than 128 deep", Mend: "Remove the Include that leads back."},
		{Slug: "httpd-include-path", Severity: finding.Error, Title: "a path cannot be included", Mend: "Name a file or a folder below one that exists."},
		{Slug: "httpd-include-missing", Severity: finding.Error, Title: "what is included is not there", Mend: "Create it, or use IncludeOptional if it may be missing."},
		{Slug: "httpd-include-outside", Severity: finding.Warning, Title: "an included file lies outside of what was given, so that what it says is not known", Mend: "Give validate the whole tree, as in `DIR/etc/httpd`."},
		{Slug: "httpd-include-too-large", Severity: finding.Error, Title: "an included file is too large to be a configuration", Mend: "Name the right file."},
		{Slug: "httpd-bad-macro", Severity: finding.Error, Title: "a macro's definition cannot be read", Mend: "Write it as in `<Macro Name $first $second>`."},
		{Slug: "httpd-macro-twice", Severity: finding.Warning, Title: "a macro is defined twice; the later definition counts from there on", Mend: "UndefMacro before it, if it is meant so."},
		{Slug: "httpd-macro-parameter", Severity: finding.Warning, Title: "a macro's parameter stands nowhere in it", Mend: "Remove it, or mend its name."},
		{Slug: "httpd-bad-macro-use", Severity: finding.Error, Title: "a macro is used that does not exist, or with a wrong number of arguments", Mend: "Define it before its use, and give as many arguments as it has parameters."},
		{Slug: "httpd-htaccess", Severity: finding.Info, Title: ".htaccess files may change the configuration; they are not read", Mend: "`AllowOverride None`, if there are none."},
		{Slug: "httpd-too-much", Severity: finding.Error, Title: "the configuration is larger than what is read", Mend: "Is there a cycle of includes or macros?"},
		{Slug: "httpd-more-errors", Severity: finding.Info, Title: "reading ended after many errors", Mend: "Mend those before, and run it again."},
		{Slug: "httpd-more-remarks", Severity: finding.Info, Title: "more remarks of the same kind were left out", Mend: "Mend those before, and run it again."},
		{Slug: "httpd-assumed", Severity: finding.Info, Title: "something outside of the files had to be taken for granted", Mend: "Give validate the whole tree, or say it with a flag."},
		{Slug: "bad-json", Severity: finding.Error, Title: "a file is no JSON", Mend: "Mend the place that is shown."},
		{Slug: "bad-baseline", Severity: finding.Error, Title: "a baseline file is not as --write-baseline writes it", Mend: "Write it anew with `--write-baseline`."},
		{Slug: "bad-mapping", Severity: finding.Error, Title: "a JSON file holds no mapping rules", Mend: "A mapping is `{\"rules\": [{\"local\": […], \"remote\": […]}]}`."},
		{Slug: "oslo-continuation", Severity: finding.Error, Title: "an indented line continues nothing, and oslo.config refuses the file", Mend: "Remove the white space in front, or join the lines."},
		{Slug: "oslo-empty-key", Severity: finding.Error, Title: "an assignment has no name", Mend: "Write `name = value`."},
		{Slug: "oslo-no-assignment", Severity: finding.Error, Title: "a line is neither a section, an assignment nor a comment", Mend: "Write `name = value`, or put `#` in front."},
		{Slug: "oslo-no-section", Severity: finding.Error, Title: "an assignment stands before any section", Mend: "Put `[DEFAULT]` or its section in front."},
		{Slug: "oslo-section", Severity: finding.Error, Title: "a section's name cannot be read", Mend: "Write `[name]` on a line of its own."},
		{Slug: "oslo-encoding", Severity: finding.Error, Title: "keystone.conf is not UTF-8", Mend: "Save it as UTF-8."},
		{Slug: "python-syntax", Severity: finding.Error, Title: "Python refuses a file of settings", Mend: "Mend the place that is shown; nothing of the file counts until then."},
		{Slug: "clouds-syntax", Severity: finding.Error, Title: "a clouds.yaml is no YAML", Mend: "Mend the place that is shown."},
		{Slug: "clouds-shape", Severity: finding.Error, Title: "a clouds.yaml is not built as openstacksdk expects", Mend: "Below `clouds` stand names, and below each of them its settings."},
		{Slug: "clouds-duplicate-key", Severity: finding.Warning, Title: "a key stands twice in a clouds.yaml; the last one counts", Mend: "Remove one of them."},
		{Slug: "unreadable", Severity: finding.Error, Title: "a file cannot be read", Mend: "Run validate as a user who may read it, or leave the file out."},
		{Slug: "not-text", Severity: finding.Error, Title: "a binary file was given", Mend: "Give the file that the program reads."},
		{Slug: "file-too-large", Severity: finding.Error, Title: "a file is too large to be what it seems", Mend: "Name the right file."},
		{Slug: "unknown-file", Severity: finding.Error, Title: "what kind of file it is cannot be told", Mend: "Name it as it is named on the controller, such as keystone.conf."},
		{Slug: "ignore-unknown", Severity: finding.Warning, Title: "a comment sets a finding aside that no rule gives", Mend: "`fedstone explain` lists the rules."},
		{Slug: "ignore-without-reason", Severity: finding.Warning, Title: "a comment sets a finding aside without a reason: it does not", Mend: "`# fedstone:ignore SLUG why it does not matter here`."},
		{Slug: "ignore-unused", Severity: finding.Info, Title: "a comment sets a finding aside that is not there any more", Mend: "Remove the comment."},
	}
}
