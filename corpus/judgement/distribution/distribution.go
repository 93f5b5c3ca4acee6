// Package distribution pulls images from registries into a layout on disk.
package distribution

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// Ref is a parsed image reference.
type Ref struct {
	Host, Repo, Tag string
}

// Parse splits host/repo/name:tag.
func Parse(s string) (Ref, error) {
	r := Ref{Host: "registry.example", Tag: "latest"}
	if i := strings.Index(s, "/"); i > 0 && strings.ContainsAny(s[:i], ".:") { //@ slash strings.Index(s, "/")
		r.Host, s = s[:i], s[i+1:]
	}
	if i := strings.LastIndex(s, ":"); i > strings.LastIndex(s, "/") { //@ slash strings.LastIndex(s, "/")
		s, r.Tag = s[:i], s[i+1:]
	}
	if s == "" || strings.HasPrefix(s, "/") { //@ slash
		return r, fmt.Errorf("%q is not a reference", s)
	}
	if !strings.Contains(s, "/") { //@ slash
		s = "library/" + s //@ slash
	}
	r.Repo = s
	return r, nil
}

// String returns the reference in full.
func (r Ref) String() string {
	return r.Host + "/" + r.Repo + ":" + r.Tag //@ slash
}

func (r Ref) base() string {
	return "https://" + r.Host + "/v2/" + r.Repo //@ slash
}

// Layout is an image layout on disk.
type Layout struct {
	dir string
	get func(url string) (*http.Response, error)
}

// Open makes a layout in dir.
func Open(dir string) (*Layout, error) {
	l := &Layout{dir: dir, get: http.Get}
	for _, sub := range []string{"blobs/sha256", "ingest"} {
		if err := os.MkdirAll(l.dir+"/"+sub, 0o755); err != nil { //@ host
			return nil, err
		}
	}
	marker := fmt.Sprintf("%s/oci-layout", l.dir) //@ host
	return l, os.WriteFile(marker, []byte(`{"imageLayoutVersion":"1.0.0"}`), 0o644)
}

// blob returns the file of a digest such as sha256:0123.
func (l *Layout) blob(digest string) string {
	return l.dir + "/blobs/" + strings.Replace(digest, ":", "/", 1) //@ host
}

// Has tells whether a blob is complete.
func (l *Layout) Has(digest string) bool {
	_, err := os.Stat(l.blob(digest))
	return err == nil
}

// Pull downloads a blob.
func (l *Layout) Pull(r Ref, digest string) error {
	if l.Has(digest) {
		return nil
	}
	url := r.base() + "/blobs/" + digest //@ slash
	resp, err := l.get(url)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	tmp := filepath.Join(l.dir, "ingest") + "/" + strings.TrimPrefix(digest, "sha256:") //@ host
	f, err := os.Create(tmp)
	if err != nil {
		return err
	}
	_, err = io.Copy(f, resp.Body)
	if cerr := f.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return fmt.Errorf("%s/%s: %w", r.Repo, digest, err) //@ text
	}
	return os.Rename(tmp, l.blob(digest))
}

// Manifest downloads the manifest of a reference.
func (l *Layout) Manifest(r Ref) (map[string]interface{}, error) {
	resp, err := l.get(fmt.Sprintf("%s/manifests/%s", r.base(), r.Tag)) //@ slash
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if t := resp.Header.Get("Content-Type"); !strings.HasPrefix(t, "application/vnd.oci.") { //@ text|slash
		return nil, fmt.Errorf("%s answered with %s", r, t)
	}
	var m map[string]interface{}
	return m, json.NewDecoder(resp.Body).Decode(&m)
}

// Platform returns what a manifest list is searched for.
func Platform(goos, goarch, variant string) string {
	p := goos + "/" + goarch //@ text|slash
	if variant != "" {
		p += "/" + variant //@ text|slash
	}
	return p
}
