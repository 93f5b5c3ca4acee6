// Package chartrepo reads and caches repositories of charts.
package chartrepo

import (
	"archive/tar"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Entry is a remote repository.
type Entry struct {
	Name string
	URL  string
}

// Cache is a directory with the indexes and archives of repositories.
type Cache struct {
	home string
}

// Index lists the charts of a repository.
type Index struct {
	Charts map[string][]string // name to URLs
}

// IndexURL returns where the index of a repository is.
func (e Entry) IndexURL() (string, error) {
	u, err := url.Parse(e.URL)
	if err != nil {
		return "", err
	}
	u.Path = path.Join(u.Path, "index.json") //@ slash
	return u.String(), nil
}

// indexFile returns where the index is kept.
func (c *Cache) indexFile(e Entry) string {
	return fmt.Sprintf("%s/repository/%s-index.json", c.home, e.Name) //@ host
}

// Load reads the kept index of a repository.
func (c *Cache) Load(e Entry) (*Index, error) {
	data, err := os.ReadFile(c.indexFile(e))
	if err != nil {
		return nil, err
	}
	var ix Index
	return &ix, json.Unmarshal(data, &ix)
}

// Fetch downloads a chart into the cache and returns the file.
func (c *Cache) Fetch(e Entry, ix *Index, chart string) (string, error) {
	urls := ix.Charts[chart]
	if len(urls) == 0 {
		return "", fmt.Errorf("no chart %s/%s", e.Name, chart) //@ text
	}
	address := urls[0]
	if !strings.Contains(address, "://") {
		address = strings.TrimSuffix(e.URL, "/") + "/" + address //@ slash
	}
	resp, err := http.Get(address)
	if err != nil {
		return "", err
	}
	defer resp.Body.Close()
	file := c.home + "/archive/" + path.Base(address) //@ host
	out, err := os.Create(file)
	if err != nil {
		return "", err
	}
	defer out.Close()
	_, err = io.Copy(out, resp.Body)
	return file, err
}

// Templates returns the names of the templates in an unpacked chart's archive.
func Templates(tr *tar.Reader) ([]string, error) {
	var names []string
	for {
		hdr, err := tr.Next()
		if err == io.EOF {
			return names, nil
		}
		if err != nil {
			return nil, err
		}
		parts := strings.Split(hdr.Name, "/")   //@ slash
		n := strings.Join(parts[1:], "/")       //@ slash
		if strings.HasPrefix(n, "templates/") { //@ slash
			names = append(names, n)
		}
	}
}

// Ignored tells whether a file of a chart directory is left out.
func Ignored(root, file string, patterns []string) (bool, error) {
	rel, err := filepath.Rel(root, file)
	if err != nil {
		return false, err
	}
	n := filepath.ToSlash(rel) //@ slash
	for _, p := range patterns {
		if ok, err := path.Match(p, n); ok || err != nil { //@ slash
			return ok, err
		}
		if strings.HasSuffix(p, "/") && strings.HasPrefix(n, p) { //@ slash strings.HasSuffix(p, "/")
			return true, nil
		}
	}
	return false, nil
}

// Resolve splits what a user typed: a directory, or repository/chart.
func Resolve(arg string, entries []Entry) (Entry, string, error) {
	if fi, err := os.Stat(arg); err == nil && fi.IsDir() {
		return Entry{}, arg, nil
	}
	i := strings.Index(arg, "/") //@ conflict
	if i < 0 {
		return Entry{}, "", fmt.Errorf("%s: neither a directory nor REPOSITORY/CHART", arg)
	}
	for _, e := range entries {
		if e.Name == arg[:i] {
			return e, arg[i+1:], nil
		}
	}
	return Entry{}, "", fmt.Errorf("no repository %s", arg[:i])
}
