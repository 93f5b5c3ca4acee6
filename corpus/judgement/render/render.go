// Package render makes a site from pages and templates.
package render

import (
	"bytes"
	"fmt"
	"html/template"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Site is what is rendered.
type Site struct {
	Content string // directory
	Layouts string // directory
	Public  string // directory
	BaseURL string

	templates *template.Template
	pages     map[string]*Page // by reference
}

// Page has a reference such as "blog/first".
type Page struct {
	Ref  string
	File string
	Body []byte
}

// Load reads templates and pages.
func (s *Site) Load() error {
	var err error
	if s.templates, err = template.ParseGlob(s.Layouts + "/*.html"); err != nil { //@ host
		return err
	}
	if s.templates, err = s.templates.ParseFiles(s.Layouts + "/partials/head.html"); err != nil { //@ host
		return err
	}
	s.pages = map[string]*Page{}
	return filepath.Walk(s.Content, s.visit)
}

func (s *Site) visit(p string, info os.FileInfo, err error) error {
	if err != nil || info.IsDir() || path.Ext(p) != ".html" { //@ host
		return err
	}
	rel, err := filepath.Rel(s.Content, p)
	if err != nil {
		return err
	}
	ref := strings.TrimSuffix(filepath.ToSlash(rel), ".html") //@ slash filepath.ToSlash(rel)
	if strings.HasSuffix(ref, "/index") {                     //@ slash
		ref = path.Dir(ref) //@ slash
	}
	body, err := os.ReadFile(p)
	if err != nil {
		return err
	}
	s.pages[ref] = &Page{Ref: ref, File: p, Body: body}
	return nil
}

// Lookup finds a page by a reference relative to another one.
func (s *Site) Lookup(from *Page, ref string) (*Page, error) {
	if !strings.HasPrefix(ref, "/") { //@ slash
		ref = path.Join(path.Dir(from.Ref), ref) //@ slash
	}
	p := s.pages[strings.TrimPrefix(ref, "/")] //@ slash
	if p == nil {
		return nil, fmt.Errorf("%s: no page %s/%s", from.File, from.Ref, ref) //@ text
	}
	return p, nil
}

// URL returns the address of a page.
func (s *Site) URL(p *Page) string {
	return strings.TrimRight(s.BaseURL, "/") + "/" + p.Ref + "/" //@ slash
}

// Write renders a page.
func (s *Site) Write(p *Page) error {
	dir := s.Public + "/" + p.Ref //@ host
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	name := "page/" + kind(p) //@ slash|text
	t := s.templates.Lookup(name)
	if t == nil {
		t = s.templates.Lookup("page/" + "default") //@ slash|text
	}
	var b bytes.Buffer
	if err := t.Execute(&b, p); err != nil {
		return err
	}
	return os.WriteFile(dir+"/index.html", b.Bytes(), 0o644) //@ host
}

func kind(p *Page) string {
	if i := strings.IndexByte(p.Ref, '/'); i > 0 { //@ slash
		return p.Ref[:i]
	}
	return "single"
}

// Feeds returns the address and the file of a section's feed.
func (s *Site) Feeds(section string) (url, file string) {
	url, file = s.BaseURL+"/"+section+"/feed.xml", s.Public+"/"+section+"/feed.xml" //@ slash s.BaseURL+"/"+section+"/feed.xml"
	if _, err := os.Stat(file); err != nil {
		file = ""
	}
	return url, file
}

// Unused lists the files in public that no page has made.
func (s *Site) Unused() ([]string, error) {
	var unused []string
	err := filepath.Walk(s.Public, func(p string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		ref := strings.TrimPrefix(path.Dir(p), s.Public+"/") //@ host path.Dir(p)
		if s.pages[ref] == nil {
			unused = append(unused, p)
		}
		return nil
	})
	return unused, err
}
