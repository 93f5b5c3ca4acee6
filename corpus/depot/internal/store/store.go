// Package store keeps blobs in a state directory.
//
// Below the root every bucket has a directory with a bucket.json and its blobs; uploads that are not complete
// lie in .incoming:
//
//	state/.incoming/put-123456
//	state/tools/bucket.json
//	state/tools/linux/hammer
package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"example.com/depot/internal/digest"
)

const (
	incoming = ".incoming"
	meta     = "bucket.json"
)

// ErrName is returned for bucket and blob names that are not allowed.
var ErrName = errors.New("name is not allowed")

// Store is a state directory.
type Store struct {
	root string

	mu   sync.Mutex
	sums map[string]string // "bucket/name" to digest
}

// Entry describes a blob.
type Entry struct {
	Bucket  string    `json:"bucket"`
	Name    string    `json:"name"`
	Size    int64     `json:"size"`
	Digest  string    `json:"digest,omitempty"`
	Changed time.Time `json:"changed"`
}

// Open opens the state directory dir and makes what is missing in it.
func Open(dir string) (*Store, error) {
	root, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if err := os.MkdirAll(root+"/"+incoming, 0o700); err != nil {
		return nil, err
	}
	return &Store{root: root, sums: map[string]string{}}, nil
}

// Root is the directory of the store.
func (s *Store) Root() string { return s.root }

// Put stores what r delivers. The blob appears whole or not at all.
func (s *Store) Put(bucket, name string, r io.Reader) (Entry, error) {
	if err := check(bucket, name); err != nil {
		return Entry{}, err
	}
	tmp, err := os.CreateTemp(s.root+"/"+incoming, "put-*")
	if err != nil {
		return Entry{}, err
	}
	defer os.Remove(tmp.Name())
	tee, err := digest.NewTee(tmp)
	if err != nil {
		tmp.Close()
		return Entry{}, err
	}
	size, err := io.Copy(tee, r)
	if cerr := tmp.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return Entry{}, err
	}
	target := filepath.Join(s.root, bucket, name)
	if err := os.MkdirAll(path.Dir(target), 0o755); err != nil {
		return Entry{}, err
	}
	if err := os.Rename(tmp.Name(), target); err != nil {
		return Entry{}, err
	}
	if err := s.describe(bucket); err != nil {
		return Entry{}, err
	}
	key := bucket + "/" + name
	s.mu.Lock()
	s.sums[key] = tee.Sum()
	s.mu.Unlock()
	return Entry{Bucket: bucket, Name: name, Size: size, Digest: tee.Sum(), Changed: time.Now()}, nil
}

// Get opens a blob. The caller closes the file.
func (s *Store) Get(bucket, name string) (*os.File, Entry, error) {
	if err := check(bucket, name); err != nil {
		return nil, Entry{}, err
	}
	f, err := os.Open(s.root + "/" + bucket + "/" + name)
	if err != nil {
		return nil, Entry{}, err
	}
	fi, err := f.Stat()
	if err == nil && fi.IsDir() {
		err = fs.ErrNotExist
	}
	if err != nil {
		f.Close()
		return nil, Entry{}, err
	}
	e := Entry{Bucket: bucket, Name: name, Size: fi.Size(), Changed: fi.ModTime()}
	s.mu.Lock()
	e.Digest = s.sums[bucket+"/"+name]
	s.mu.Unlock()
	return f, e, nil
}

// Delete removes a blob.
func (s *Store) Delete(bucket, name string) error {
	if err := check(bucket, name); err != nil {
		return err
	}
	victim := fmt.Sprintf("%s/%s/%s", s.root, bucket, name)
	if err := os.Remove(victim); err != nil {
		return err
	}
	s.mu.Lock()
	delete(s.sums, bucket+"/"+name)
	s.mu.Unlock()
	return nil
}

// describe writes the bucket's bucket.json if there is none.
func (s *Store) describe(bucket string) error {
	file := path.Join(s.root, bucket, meta)
	if _, err := os.Stat(file); !os.IsNotExist(err) {
		return err
	}
	data, err := json.MarshalIndent(map[string]string{"bucket": bucket, "kind": "depot/bucket"}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, append(data, '\n'), 0o644)
}

// check accepts one element as the bucket and a slash-separated relative name, neither hidden.
func check(bucket, name string) error {
	if strings.Contains(bucket, "/") || !fs.ValidPath(bucket+"/"+name) || name == "." || name == meta {
		return fmt.Errorf("%s/%s: %w", bucket, name, ErrName)
	}
	for _, element := range strings.Split(bucket+"/"+name, "/") {
		if strings.HasPrefix(element, ".") || strings.ContainsAny(element, `\:*?"<>|`) {
			return fmt.Errorf("%s/%s: %w", bucket, name, ErrName)
		}
	}
	return nil
}
