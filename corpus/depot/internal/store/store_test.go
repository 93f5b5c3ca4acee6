package store

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"
)

func open(t *testing.T) *Store {
	t.Helper()
	s, err := Open(t.TempDir() + "/state")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func put(t *testing.T, s *Store, bucket, name, text string) Entry {
	t.Helper()
	e, err := s.Put(bucket, name, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func names(t *testing.T, s *Store, bucket string) string {
	t.Helper()
	entries, err := s.List(bucket)
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, e := range entries {
		all = append(all, e.Name)
	}
	return strings.Join(all, " ")
}

func TestPutGetDelete(t *testing.T) {
	s := open(t)
	want := put(t, s, "tools", "linux/hammer", "iron")
	f, got, err := s.Get("tools", "linux/hammer")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if data, _ := io.ReadAll(f); string(data) != "iron" {
		t.Errorf("content is %q", data)
	}
	if got.Digest != want.Digest || got.Size != 4 {
		t.Errorf("Get says %+v, Put said %+v", got, want)
	}
	if err := s.Delete("tools", "linux/hammer"); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Get("tools", "linux/hammer"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("after Delete: %v", err)
	}
	if _, _, err := s.Get("tools", "linux"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("a directory: %v", err)
	}
}

func TestNames(t *testing.T) {
	s := open(t)
	for _, c := range [][2]string{
		{"", "a"}, {"..", "a"}, {"a/b", "c"}, {"a", ""}, {"a", "../b"}, {"a", "/b"}, {"a", "b//c"},
		{"a", ".hidden"}, {"a", "b/.c"}, {"a", `b\c`}, {"a", "c:d"}, {"a", "bucket.json"}, {".incoming", "put-1"},
	} {
		if _, err := s.Put(c[0], c[1], strings.NewReader("x")); !errors.Is(err, ErrName) {
			t.Errorf("Put(%q, %q): %v", c[0], c[1], err)
		}
	}
}

func TestListCountUsage(t *testing.T) {
	s := open(t)
	put(t, s, "tools", "saw", "steel")
	put(t, s, "tools", "linux/hammer", "iron")
	put(t, s, "toolsmith", "anvil", "heavy")
	if err := os.WriteFile(s.root+"/.incoming/put-1", []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := names(t, s, "tools"); got != "linux/hammer saw" {
		t.Errorf("List = %s", got)
	}
	if n, err := s.Count(); err != nil || n != 3 {
		t.Errorf("Count = %d, %v", n, err)
	}
	usage, err := s.Usage()
	if err != nil {
		t.Fatal(err)
	}
	fi, err := os.Stat(s.root + "/toolsmith/bucket.json")
	if err != nil {
		t.Fatal(err)
	}
	if len(usage) != 2 || usage["toolsmith"] != 5+fi.Size() {
		t.Errorf("Usage = %v", usage)
	}
}

func TestSweep(t *testing.T) {
	s := open(t)
	put(t, s, "tools", "put-me-here", "a blob")
	old := time.Now().Add(-2 * time.Hour)
	for _, f := range []string{"/.incoming/put-old", "/.incoming/put-new", "/tools/put-me-here"} {
		if err := os.WriteFile(s.root+f, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if f != "/.incoming/put-new" {
			if err := os.Chtimes(s.root+f, old, old); err != nil {
				t.Fatal(err)
			}
		}
	}
	if n, err := s.Sweep(time.Hour); err != nil || n != 1 {
		t.Errorf("Sweep = %d, %v", n, err)
	}
	if _, err := os.Stat(s.root + "/.incoming/put-new"); err != nil {
		t.Error(err)
	}
	if got := names(t, s, "tools"); got != "put-me-here" {
		t.Errorf("left %s", got)
	}
}

func archive(t *testing.T, files ...string) *bytes.Buffer {
	t.Helper()
	var buf bytes.Buffer
	gz := gzip.NewWriter(&buf)
	tw := tar.NewWriter(gz)
	for _, name := range files {
		if err := tw.WriteHeader(&tar.Header{Name: name, Mode: 0o644, Size: 1}); err != nil {
			t.Fatal(err)
		}
		if _, err := tw.Write([]byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	tw.Close()
	gz.Close()
	return &buf
}

func TestImport(t *testing.T) {
	s := open(t)
	n, err := s.Import("tools", archive(t, "saw", "linux/hammer", "linux/bucket.json"))
	if err != nil || n != 2 {
		t.Fatalf("Import = %d, %v", n, err)
	}
	if got := names(t, s, "tools"); got != "linux/hammer saw" {
		t.Errorf("List = %s", got)
	}
	for _, evil := range []string{"../outside", "../toolsmith/a", "a/../../b"} {
		if _, err := s.Import("tools", archive(t, evil)); !errors.Is(err, ErrName) {
			t.Errorf("%s: %v", evil, err)
		}
	}
}

func TestExport(t *testing.T) {
	s := open(t)
	put(t, s, "tools", "linux/hammer", "iron")
	put(t, s, "tools", "saw", "steel")
	var tgz, zipped bytes.Buffer
	if err := s.Export("tools", &tgz); err != nil {
		t.Fatal(err)
	}
	gz, err := gzip.NewReader(&tgz)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for tr := tar.NewReader(gz); ; {
		hdr, err := tr.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, hdr.Name)
	}
	if err := s.ExportZip("tools", &zipped); err != nil {
		t.Fatal(err)
	}
	zr, err := zip.NewReader(bytes.NewReader(zipped.Bytes()), int64(zipped.Len()))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range zr.File {
		got = append(got, f.Name)
	}
	want := "tools/linux/hammer tools/saw tools/linux/hammer tools/saw"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("entries %q, want %q", s, want)
	}
}
