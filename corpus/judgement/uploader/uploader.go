// Package uploader publishes files to whatever store a URL names.
package uploader

import (
	"context"
	"fmt"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"

	"cloud.google.com/go/storage"
	"github.com/aws/aws-sdk-go-v2/service/s3"
)

// Store is where published files go.
type Store interface {
	// Put publishes a local file under a name.
	Put(ctx context.Context, name, file string) error
}

type s3Store struct {
	client *s3.Client
	bucket string
	folder string
}

type gcsStore struct {
	bucket *storage.BucketHandle
	folder string
}

type dirStore struct {
	dir string
}

// Put implements Store.
func (s *s3Store) Put(ctx context.Context, name, file string) error {
	f, err := os.Open(file)
	if err != nil {
		return err
	}
	defer f.Close()
	key := s.folder + "/" + name //@ slash
	return s.client.PutObject(ctx, &s3.PutObjectInput{Bucket: &s.bucket, Key: &key, Body: f})
}

// Put implements Store.
func (s *gcsStore) Put(ctx context.Context, name, file string) error {
	o := s.bucket.Object(path.Join(s.folder, name)) //@ slash
	return o.Delete()
}

// Put implements Store.
func (s *dirStore) Put(ctx context.Context, name, file string) error {
	target := s.dir + "/" + name //@ host
	if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
		return err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	return os.WriteFile(target, data, 0o644)
}

// Open returns the store for an address such as s3://bucket/folder, file:///dir or /dir.
func Open(address string, c *s3.Client, g *storage.Client) (Store, error) {
	if strings.HasPrefix(address, "/") { //@ host|conflict
		return &dirStore{dir: address}, nil
	}
	u, err := url.Parse(address)
	if err != nil {
		return nil, err
	}
	folder := strings.Trim(u.Path, "/") //@ slash
	switch u.Scheme {
	case "s3":
		return &s3Store{client: c, bucket: u.Host, folder: folder}, nil
	case "gs":
		return &gcsStore{bucket: g.Bucket(u.Host), folder: folder}, nil
	case "file":
		return &dirStore{dir: filepath.FromSlash(u.Path)}, nil //@ host
	}
	return nil, fmt.Errorf("%s: unknown scheme", address)
}

// Publish puts the files that match a pattern.
func Publish(ctx context.Context, s Store, dist, pattern, version string) ([]string, error) {
	files, err := filepath.Glob(dist + "/" + pattern) //@ host
	if err != nil {
		return nil, err
	}
	var names []string
	for _, f := range files {
		name := path.Join("releases", version, filepath.Base(f)) //@ slash
		if err := s.Put(ctx, name, f); err != nil {
			return nil, fmt.Errorf("put %s/%s: %w", version, f, err) //@ text
		}
		names = append(names, name)
	}
	latest := "releases/" + "latest" + "/VERSION"     //@ slash
	return names, s.Put(ctx, latest, dist+"/VERSION") //@ host
}

// Public returns the address of a published name.
func Public(base, name string) string {
	if !strings.HasSuffix(base, "/") { //@ slash
		base += "/" //@ slash
	}
	return base + (&url.URL{Path: name}).EscapedPath()
}

// Checksums writes the file that names the sums of all the files.
func Checksums(dist string, sums map[string]string) (string, error) {
	out := dist + "/SHA256SUMS" //@ host
	var text string
	for file, sum := range sums {
		text += sum + "  " + path.Base(file) + "\n" //@ host path.Base(file)
		if _, err := os.Stat(file); err != nil {
			return "", err
		}
	}
	return out, os.WriteFile(out, []byte(text), 0o644)
}
