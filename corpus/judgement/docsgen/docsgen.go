// Package docsgen writes the reference pages of a project.
package docsgen

import (
	"bytes"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Page is a page under construction.
type Page struct {
	Source string // the file that it documents
	Output string // where the page is written
	URL    string // where readers find it
	Title  string
}

// Generator writes pages below out, to be served below base.
type Generator struct {
	src, out, base string
	seen           map[string]*Page
}

// New returns a generator for the sources in src.
func New(src, out, base string) *Generator {
	return &Generator{src: src, out: out, base: base, seen: map[string]*Page{}}
}

// Add notes a source file.
func (g *Generator) Add(file string) (*Page, error) {
	rel, err := filepath.Rel(g.src, file)
	if err != nil {
		return nil, err
	}
	if strings.HasPrefix(rel, "../") { //@ host
		return nil, fmt.Errorf("%s lies outside of %s", file, g.src)
	}
	name := strings.TrimSuffix(rel, ".go")
	p := &Page{
		Source: file,
		Output: g.out + "/" + name + ".html",                //@ host
		URL:    g.base + "/" + filepath.ToSlash(name) + "/", //@ slash
		Title:  path.Base(name),                             //@ host
	}
	g.seen[p.URL] = p
	return p, nil
}

// Write writes all pages.
func (g *Generator) Write() error {
	for _, p := range g.seen {
		if err := os.MkdirAll(path.Dir(p.Output), 0o755); err != nil { //@ host
			return err
		}
		if err := os.WriteFile(p.Output, p.render(), 0o644); err != nil {
			return err
		}
	}
	index := g.out + "/index.html" //@ host
	return os.WriteFile(index, g.index(), 0o644)
}

func (p *Page) render() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "<h1>%s</h1>\n<p>from %s/%s</p>\n", p.Title, "src", p.Title) //@ text
	return b.Bytes()
}

func (g *Generator) index() []byte {
	var b bytes.Buffer
	for url, p := range g.seen {
		fmt.Fprintf(&b, "<a href=%q>%s</a>\n", url, p.Title)
	}
	return b.Bytes()
}

// Link returns a relative link from one page to another.
func Link(from, to *Page) string {
	up := strings.Repeat("../", strings.Count(from.URL, "/")-1) //@ slash strings.Count(from.URL, "/")
	return up + strings.TrimPrefix(to.URL, "/")                 //@ slash strings.TrimPrefix(to.URL, "/")
}

// Mirror copies the file of a page and says where it will be found; the same text is used for both.
func (g *Generator) Mirror(name string, data []byte) (string, error) {
	place := "mirror/" + name //@ conflict
	if err := os.WriteFile(place, data, 0o644); err != nil {
		return "", err
	}
	g.seen["/"+place] = &Page{Title: name}      //@ slash
	return "https://docs.example/" + place, nil //@ slash
}

// Breadcrumbs returns the elements above a page.
func (p *Page) Breadcrumbs() []string {
	dir := path.Dir(strings.Trim(p.URL, "/")) //@ slash path.Dir(strings.Trim(p.URL, "/"))
	if dir == "." {
		return nil
	}
	return strings.Split(dir, "/") //@ slash
}

// Anchor returns the place of a declaration in a page.
func (p *Page) Anchor(kind, name string) string {
	return p.URL + "#" + kind + "/" + name //@ slash
}
