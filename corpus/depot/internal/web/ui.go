package web

import (
	"embed"
	"html/template"
	"net/http"
	"path"
	"strings"
)

//go:embed static
var static embed.FS

var pages = template.Must(template.ParseFS(static, "static/*.html"))

// ui serves the embedded files; names in an embed.FS have forward slashes on every system.
func (s *Server) ui(w http.ResponseWriter, r *http.Request) {
	name := path.Clean(strings.TrimPrefix(r.URL.Path, "/ui/"))
	if name == "." {
		if err := pages.ExecuteTemplate(w, "index.html", s.usageURL()); err != nil {
			s.fail(w, r, err)
		}
		return
	}
	data, err := static.ReadFile("static/" + name)
	if err != nil {
		s.fail(w, r, err)
		return
	}
	w.Header().Set("Content-Type", s.mediaType(name))
	w.Header().Set("Cache-Control", "max-age=3600")
	w.Write(data)
}

// usageURL is where the page's script finds its numbers.
func (s *Server) usageURL() string {
	base := s.Config.PublicURL.Path
	return strings.TrimSuffix(base, "/") + "/v1/usage"
}

// Assets lists the embedded files for the smoke test of a release.
func Assets() ([]string, error) {
	dir := "static"
	entries, err := static.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, e := range entries {
		name := dir + "/" + e.Name()
		if _, err := static.ReadFile(name); err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}
