package digest

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

func TestReaderDependsOnEveryByte(t *testing.T) {
	seen := map[string]string{}
	for _, in := range []string{"", "a", "b", "ab", "ba", "12345678", "123456789", "023456789"} {
		sum, n, err := Reader(strings.NewReader(in))
		if err != nil {
			t.Fatal(err)
		}
		if n != int64(len(in)) {
			t.Errorf("Reader(%q) read %d bytes", in, n)
		}
		if other, ok := seen[sum]; ok {
			t.Errorf("%q and %q have the sum %s", in, other, sum)
		}
		seen[sum] = in
	}
}

func TestWriteInPieces(t *testing.T) {
	data := bytes.Repeat([]byte("depot/"), 100)
	want, _, err := Reader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []int{1, 3, 7, 8, 9, 64} {
		h, err := New(Seed)
		if err != nil {
			t.Fatal(err)
		}
		for rest := data; len(rest) > 0; {
			n := step
			if n > len(rest) {
				n = len(rest)
			}
			if _, err := h.Write(rest[:n]); err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if got := h.Hex(); got != want {
			t.Errorf("in steps of %d: %s, want %s", step, got, want)
		}
	}
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/blob", []byte("content"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := File(dir, "blob")
	if err != nil {
		t.Fatal(err)
	}
	want, _, _ := Reader(strings.NewReader("content"))
	if got != want {
		t.Errorf("File = %s, want %s", got, want)
	}
	if _, err := File(dir, "absent"); !os.IsNotExist(err) {
		t.Errorf("absent file: %v", err)
	}
}
