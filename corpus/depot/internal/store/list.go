package store

import (
	"os"
	"path/filepath"
	"sort"
	"strings"
	"time"
)

// List returns the blobs of a bucket by name.
func (s *Store) List(bucket string) ([]Entry, error) {
	if err := check(bucket, "any"); err != nil {
		return nil, err
	}
	dir := filepath.Join(s.root, bucket)
	var entries []Entry
	err := filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		if info.IsDir() || !strings.HasPrefix(p, dir+"/") {
			return nil
		}
		name := strings.TrimPrefix(p, dir+"/")
		if name != meta {
			entries = append(entries, Entry{Bucket: bucket, Name: name, Size: info.Size(), Changed: info.ModTime()})
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	s.mu.Lock()
	for i, e := range entries {
		entries[i].Digest = s.sums[e.Bucket+"/"+e.Name]
	}
	s.mu.Unlock()
	sort.Slice(entries, func(i, j int) bool { return entries[i].Name < entries[j].Name })
	return entries, nil
}

// Count returns the number of blobs in all buckets: uploads under way and descriptions are none.
func (s *Store) Count() (int, error) {
	n := 0
	err := filepath.Walk(s.root, func(p string, info os.FileInfo, err error) error {
		if err != nil {
			return err
		}
		if info.IsDir() || strings.Contains(p, "/.incoming/") || strings.HasSuffix(p, "/bucket.json") {
			return nil
		}
		n++
		return nil
	})
	return n, err
}

// Usage returns the bytes that each bucket takes.
func (s *Store) Usage() (map[string]int64, error) {
	usage := map[string]int64{}
	err := filepath.Walk(s.root, func(p string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		rel, err := filepath.Rel(s.root, p)
		if err != nil {
			return err
		}
		parts := strings.Split(rel, "/")
		if len(parts) > 1 && parts[0] != incoming {
			usage[parts[0]] += info.Size()
		}
		return nil
	})
	return usage, err
}

// Sweep removes uploads that were begun longer than age ago and never finished.
func (s *Store) Sweep(age time.Duration) (int, error) {
	swept := 0
	err := filepath.Walk(s.root, func(p string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() || time.Since(info.ModTime()) < age {
			return err
		}
		base := p[strings.LastIndex(p, "/")+1:]
		if !strings.HasPrefix(base, "put-") || filepath.Base(filepath.Dir(p)) != incoming {
			return nil
		}
		swept++
		return os.Remove(p)
	})
	return swept, err
}
