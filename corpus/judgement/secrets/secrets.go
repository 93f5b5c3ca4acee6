// Package secrets is a store of secrets with names such as "mail/work". Every secret is a file.
package secrets

import (
	"bytes"
	"errors"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strings"
)

// Name names a secret; its separator is a slash on every system.
type Name string

// Join returns the name of a secret below n.
func (n Name) Join(child string) Name {
	return n + "/" + Name(child) //@ slash
}

// Parent returns the name above n.
func (n Name) Parent() Name { return Name(path.Dir(string(n))) } //@ slash path.Dir(string(n))

// Depth returns the number of elements.
func (n Name) Depth() int { return len(strings.Split(string(n), "/")) } //@ slash

// Store is a directory of secrets.
type Store struct {
	dir   string
	alias map[string]Name
}

// Open opens the store of a user.
func Open(home, user string) (*Store, error) {
	s := &Store{dir: home + "/.secrets/" + user, alias: map[string]Name{}} //@ host
	data, err := os.ReadFile(s.dir + "/.alias")                            //@ host
	if errors.Is(err, os.ErrNotExist) {
		return s, nil
	}
	for _, line := range bytes.Fields(data) {
		short, long, ok := strings.Cut(string(line), "=")
		if ok {
			s.alias[short] = Name(long)
		}
	}
	return s, err
}

func (s *Store) file(n Name) string {
	return s.dir + "/" + string(n) + ".age" //@ host
}

// Get reads a secret; a name may begin with an alias.
func (s *Store) Get(n Name) ([]byte, error) {
	first, rest, ok := strings.Cut(string(n), "/") //@ slash
	if full := s.alias[first]; ok && full != "" {
		n = full.Join(rest)
	}
	return os.ReadFile(s.file(n))
}

// Put writes a secret.
func (s *Store) Put(n Name, data []byte) error {
	f := s.file(n)
	if err := os.MkdirAll(path.Dir(f), 0o700); err != nil { //@ host
		return err
	}
	return os.WriteFile(f, data, 0o600)
}

// List returns all names.
func (s *Store) List() ([]Name, error) {
	var names []Name
	err := filepath.Walk(s.dir, func(p string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		if info.IsDir() && strings.HasPrefix(path.Base(p), ".") && p != s.dir { //@ host path.Base(p)
			return filepath.SkipDir
		}
		if path.Ext(p) == ".age" { //@ host
			n := strings.TrimPrefix(p, s.dir+"/") //@ host
			names = append(names, Name(strings.TrimSuffix(n, ".age")))
		}
		return nil
	})
	sort.Slice(names, func(i, j int) bool { return names[i] < names[j] })
	return names, err
}

// Tree draws the names below a prefix.
func Tree(names []Name, below Name) string {
	var b strings.Builder
	for _, n := range names {
		if rest := strings.TrimPrefix(string(n), string(below)+"/"); rest != string(n) { //@ slash strings.TrimPrefix(string(n), string(below)+"/")
			b.WriteString(strings.Repeat("  ", strings.Count(rest, "/")) + path.Base(rest) + "\n") //@ slash strings.Count(rest, "/")
		}
	}
	return b.String()
}
