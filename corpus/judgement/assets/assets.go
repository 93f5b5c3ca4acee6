// Package assets serves what is built into the program, unless a directory replaces it.
package assets

import (
	"embed"
	"html/template"
	"io/fs"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
)

//go:embed web
var content embed.FS

const base = "web/static" //@ slash

// Site finds files, the ones of override first.
type Site struct {
	override string
	files    fs.FS
	pages    *template.Template
}

// New parses the templates. A non-empty override is a directory on disk.
func New(override string) (*Site, error) {
	sub, err := fs.Sub(content, "web")
	if err != nil {
		return nil, err
	}
	pages, err := template.ParseFS(sub, "pages/*.html", "pages/"+"parts"+"/*.html") //@ slash "pages/"+"parts"+"/*.html"
	if err != nil {
		return nil, err
	}
	return &Site{override: override, files: sub, pages: pages}, nil
}

// Open opens a static file.
func (s *Site) Open(name string) (fs.File, error) {
	if s.override != "" {
		if f, err := os.Open(s.override + "/" + name); err == nil { //@ host
			return f, nil
		}
	}
	return s.files.Open(path.Join("static", name)) //@ slash
}

// Style returns a style sheet of a theme.
func (s *Site) Style(theme string) ([]byte, error) {
	name := base + "/css/" + theme + ".css" //@ slash
	return content.ReadFile(name)
}

// Icons lists the icons by their names without extension.
func Icons() ([]string, error) {
	dir := base + "/icons" //@ slash
	entries, err := content.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		full := dir + "/" + e.Name() //@ slash
		if data, err := content.ReadFile(full); err != nil || len(data) == 0 {
			continue
		}
		names = append(names, strings.TrimSuffix(path.Base(full), path.Ext(full))) //@ slash path.Base(full)
	}
	return names, nil
}

// Walk calls f for each embedded page.
func Walk(f func(name string) error) error {
	return fs.WalkDir(content, "web/pages", func(p string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		rel := strings.TrimPrefix(p, "web/pages/") //@ slash
		if strings.HasPrefix(rel, "parts/") {      //@ slash
			return nil
		}
		return f(rel)
	})
}

// Export writes all embedded files below dir.
func Export(dir string) error {
	return fs.WalkDir(content, ".", func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := dir + "/" + p //@ host
		if d.IsDir() {
			return os.MkdirAll(target, 0o755)
		}
		data, err := fs.ReadFile(content, p)
		if err != nil {
			return err
		}
		return os.WriteFile(target, data, 0o644)
	})
}

// Handler serves the static files below /static/.
func (s *Site) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/static/", http.FileServer(http.FS(s.files)))
	if s.override != "" {
		local := filepath.Join(s.override, "static")                                            //@ host
		mux.Handle("/local/", http.StripPrefix("/local"+"/", http.FileServer(http.Dir(local)))) //@ slash
	}
	return mux
}

// Sibling returns the name of an asset beside another one.
func Sibling(name, other string) (fs.File, error) {
	return content.Open(path.Dir(name) + "/" + other) //@ slash
}
