// Reads what `windlass check` writes with the programs that it is written for, and prints what they
// understood: consumers FORMAT < document.
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	goparser "go/parser"
	"go/token"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/google/go-github/v62/github"
	_ "github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif" // for its copy of the schema
	"github.com/reviewdog/reviewdog/parser"
	"github.com/xeipuuv/gojsonschema"
)

// A diagnostic, or a comment, as far as the test compares it.
type said struct {
	Path        string   `json:"path"`
	Line        int      `json:"line"`
	Code        string   `json:"code,omitempty"`
	Suggestions []string `json:"suggestions,omitempty"`
}

func main() {
	document, err := io.ReadAll(os.Stdin)
	if err != nil {
		fail(err)
	}
	var all []said
	switch format := os.Args[1]; format {
	case "rdjson", "rdjsonl", "sarif":
		all, err = reviewdog(format, document)
		if err == nil && format == "sarif" {
			err = validate(sarifSchema, document)
		}
		if err == nil && format == "rdjson" {
			err = validate(rdjsonSchema, document)
		}
	case "github":
		all, err = review(document)
	default:
		err = errors.New("unknown format " + format)
	}
	if err != nil {
		fail(err)
	}
	if err := json.NewEncoder(os.Stdout).Encode(all); err != nil {
		fail(err)
	}
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// reviewdog reads a document as `reviewdog -f=FORMAT` does.
func reviewdog(format string, document []byte) ([]said, error) {
	reader, err := parser.New(&parser.Option{FormatName: format})
	if err != nil {
		return nil, err
	}
	diagnostics, err := reader.Parse(bytes.NewReader(document))
	if err != nil {
		return nil, err
	}
	var all []said
	for _, one := range diagnostics {
		if one.GetMessage() == "" || one.GetSource().GetName() != "windlass" {
			return nil, fmt.Errorf("no message, or not of windlass: %v", one)
		}
		start := one.GetLocation().GetRange().GetStart()
		entry := said{Path: one.GetLocation().GetPath(), Line: int(start.GetLine()), Code: one.GetCode().GetValue()}
		for _, suggestion := range one.GetSuggestions() {
			entry.Suggestions = append(entry.Suggestions, suggestion.GetText())
		}
		all = append(all, entry)
	}
	return all, nil
}

// review takes a document for the body of POST /repos/OWNER/REPO/pulls/N/reviews.
func review(document []byte) ([]said, error) {
	decoder := json.NewDecoder(bytes.NewReader(document))
	decoder.DisallowUnknownFields()
	var request github.PullRequestReviewRequest
	if err := decoder.Decode(&request); err != nil {
		return nil, err
	}
	if request.GetEvent() != "COMMENT" || request.GetBody() == "" {
		return nil, errors.New("a review comments, and has a body")
	}
	var all []said
	for _, comment := range request.Comments {
		if comment.GetSide() != "RIGHT" || comment.GetBody() == "" {
			return nil, fmt.Errorf("not on the new side, or empty: %v", comment)
		}
		entry := said{Path: comment.GetPath(), Line: comment.GetLine()}
		if _, rest, found := strings.Cut(comment.GetBody(), "```suggestion\n"); found {
			text, _, _ := strings.Cut(rest, "\n```\n")
			entry.Suggestions = []string{text}
		}
		all = append(all, entry)
	}
	return all, nil
}

func validate(schema func() (*gojsonschema.Schema, error), document []byte) error {
	loaded, err := schema()
	if err != nil {
		return err
	}
	result, err := loaded.Validate(gojsonschema.NewBytesLoader(document))
	if err != nil {
		return err
	}
	for _, wrong := range result.Errors() {
		err = errors.Join(err, errors.New(wrong.String()))
	}
	return err
}

// The schema of SARIF 2.1.0 (OASIS, errata 01) as go-sarif carries it.
func sarifSchema() (*gojsonschema.Schema, error) {
	folder, err := module("github.com/owenrumney/go-sarif/v3")
	if err != nil {
		return nil, err
	}
	file := filepath.Join(folder, "pkg", "report", "v210", "sarif", "schema.go")
	tree, err := goparser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		return nil, err
	}
	var text string
	ast.Inspect(tree, func(node ast.Node) bool {
		if literal, ok := node.(*ast.BasicLit); ok && literal.Kind == token.STRING {
			text, err = strconv.Unquote(literal.Value)
		}
		return true
	})
	if err != nil || !strings.Contains(text, "sarif-schema-2.1.0") {
		return nil, fmt.Errorf("%s holds no schema: %v", file, err)
	}
	return gojsonschema.NewSchema(gojsonschema.NewStringLoader(text))
}

// The schema of a DiagnosticResult as reviewdog makes it of its protocol buffers.
func rdjsonSchema() (*gojsonschema.Schema, error) {
	folder, err := module("github.com/reviewdog/reviewdog")
	if err != nil {
		return nil, err
	}
	file := filepath.Join(folder, "proto", "rdf", "jsonschema", "DiagnosticResult.json")
	return gojsonschema.NewSchema(gojsonschema.NewReferenceLoader("file://" + filepath.ToSlash(file)))
}

// module tells where the go command keeps a module that go.mod names.
func module(path string) (string, error) {
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", path).Output()
	return strings.TrimSpace(string(out)), err
}
