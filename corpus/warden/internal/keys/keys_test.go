package keys

import (
	"os"
	"path/filepath"
	"testing"
)

func TestKeep(t *testing.T) {
	dir := t.TempDir()
	from, to := filepath.Join(dir, "from"), filepath.Join(dir, "to")
	if err := os.WriteFile(from, []byte("key"), 0o600); err != nil {
		t.Fatal(err)
	}
	for i := 0; i < 2; i++ {
		if err := Keep(from, to); err != nil {
			t.Fatal(err)
		}
	}
	if err := Check(to); err != nil {
		t.Error(err)
	}
	fi, err := os.Stat(to)
	if err != nil {
		t.Fatal(err)
	}
	if fi.Mode().Perm() != 0o400 {
		t.Errorf("mode %v", fi.Mode().Perm())
	}
}
