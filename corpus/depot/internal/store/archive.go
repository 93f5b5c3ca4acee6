package store

import (
	"archive/tar"
	"archive/zip"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Import unpacks a .tar.gz into a bucket and returns the number of blobs. Entries that would land outside of
// the bucket ("../../etc/passwd") end it.
func (s *Store) Import(bucket string, r io.Reader) (int, error) {
	if err := check(bucket, "any"); err != nil {
		return 0, err
	}
	gz, err := gzip.NewReader(r)
	if err != nil {
		return 0, err
	}
	dir := filepath.Join(s.root, bucket)
	n := 0
	for tr := tar.NewReader(gz); ; {
		hdr, err := tr.Next()
		if err == io.EOF {
			return n, s.describe(bucket)
		}
		if err != nil {
			return n, err
		}
		if hdr.Typeflag != tar.TypeReg || path.Base(hdr.Name) == meta {
			continue
		}
		target := filepath.Join(dir, hdr.Name)
		if !strings.HasPrefix(target, dir+"/") {
			return n, fmt.Errorf("%s: outside of the bucket: %w", hdr.Name, ErrName)
		}
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return n, err
		}
		if err := writeFile(target, tr); err != nil {
			return n, err
		}
		n++
	}
}

// Export writes the blobs of a bucket as a .tar.gz whose entries are called bucket/name.
func (s *Store) Export(bucket string, w io.Writer) error {
	entries, err := s.List(bucket)
	if err != nil {
		return err
	}
	gz := gzip.NewWriter(w)
	tw := tar.NewWriter(gz)
	for _, e := range entries {
		name := bucket + "/" + filepath.ToSlash(e.Name)
		if err := tw.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: e.Size, ModTime: e.Changed}); err != nil {
			return err
		}
		if err := s.copyTo(tw, bucket, e.Name); err != nil {
			return err
		}
	}
	if err := tw.Close(); err != nil {
		return err
	}
	return gz.Close()
}

// ExportZip does the same for people without tar.
func (s *Store) ExportZip(bucket string, w io.Writer) error {
	entries, err := s.List(bucket)
	if err != nil {
		return err
	}
	zw := zip.NewWriter(w)
	for _, e := range entries {
		dst, err := zw.Create(path.Join(bucket, filepath.ToSlash(e.Name)))
		if err != nil {
			return err
		}
		if err := s.copyTo(dst, bucket, e.Name); err != nil {
			return err
		}
	}
	return zw.Close()
}

func (s *Store) copyTo(w io.Writer, bucket, name string) error {
	f, err := os.Open(path.Join(s.root, bucket, name))
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(w, f)
	return err
}

func writeFile(name string, r io.Reader) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	if _, err := io.Copy(f, r); err != nil {
		f.Close()
		return err
	}
	return f.Close()
}
