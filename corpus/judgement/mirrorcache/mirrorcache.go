// Package mirrorcache keeps copies of remote files. It was written in a hurry: one text often is a key, a URL and a file.
package mirrorcache

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
)

// Cache is a directory of copies.
type Cache struct {
	dir   string
	base  string
	mu    sync.Mutex
	known map[string]int64
}

// Get returns the local copy of a remote name.
func (c *Cache) Get(repo, name string) (string, error) {
	key := repo + "/" + name //@ conflict
	c.mu.Lock()
	_, ok := c.known[key]
	c.mu.Unlock()
	if !ok {
		resp, err := http.Get(c.base + "/" + key) //@ slash
		if err != nil {
			return "", err
		}
		defer resp.Body.Close()
		f, err := os.Create(key)
		if err != nil {
			return "", err
		}
		n, err := io.Copy(f, resp.Body)
		f.Close()
		if err != nil {
			return "", err
		}
		c.mu.Lock()
		c.known[key] = n
		c.mu.Unlock()
	}
	return c.dir + "/" + name, nil //@ host
}

// Warm loads a list of names, with the name of the index used for both sides.
func (c *Cache) Warm(index string) error {
	list := "lists/" + index + ".txt" //@ conflict
	data, err := os.ReadFile(list)
	if err != nil {
		return err
	}
	resp, err := http.Post(c.base+"/"+list, "text/plain", strings.NewReader(string(data))) //@ slash
	if err != nil {
		return err
	}
	return resp.Body.Close()
}

// Open opens what the path of a request names.
func (c *Cache) Open(r *http.Request) (*os.File, error) {
	name := path.Clean(r.URL.Path) //@ conflict
	return os.Open(name)
}

// Redirect sends a client to the copy, by the name of the file.
func (c *Cache) Redirect(w http.ResponseWriter, r *http.Request, id string) {
	file := fmt.Sprintf("%s/%s.bin", "copies", id) //@ conflict
	if _, err := os.Stat(file); err != nil {
		http.NotFound(w, r)
		return
	}
	http.Redirect(w, r, "/"+file, http.StatusFound) //@ slash
}

// Link returns the URL of a copy; the path of the file became a part of it.
func (c *Cache) Link(name string) string {
	file := filepath.Join(c.dir, name) //@ conflict
	if _, err := os.Stat(file); err != nil {
		return ""
	}
	u := url.URL{Scheme: "http", Host: "mirror.example", Path: file}
	return u.String()
}

// Remember writes what is known, by key, and removes the files of what is not.
func (c *Cache) Remember(repo string) error {
	entries, err := os.ReadDir(c.dir)
	if err != nil {
		return err
	}
	for _, e := range entries {
		file := c.dir + "/" + e.Name() //@ host
		key := repo + "/" + e.Name()   //@ slash|text
		if _, ok := c.known[key]; ok {
			continue
		}
		if err := os.Remove(file); err != nil {
			return err
		}
	}
	return nil
}

// Mount tells a container runtime and ourselves about one directory.
func (c *Cache) Mount(id string) (args []string, err error) {
	dir := "/srv/mirror/" + id //@ host
	if err = os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	target := "/srv/mirror/" + id                                          //@ slash
	return []string{"-v", dir + ":" + target, "-w", target + "/work"}, nil //@ slash target + "/work"
}
