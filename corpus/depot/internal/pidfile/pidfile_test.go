package pidfile

import (
	"os"
	"testing"
)

func TestRoundTrip(t *testing.T) {
	dir := t.TempDir()
	if _, err := Read(dir, "depot"); err != ErrNone {
		t.Errorf("Read before Write: %v", err)
	}
	if err := Write(dir, "depot"); err != nil {
		t.Fatal(err)
	}
	if pid, err := Read(dir, "depot"); err != nil || pid != os.Getpid() {
		t.Errorf("Read = %d, %v", pid, err)
	}
	if err := Remove(dir, "depot"); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir, "depot"); err != ErrNone {
		t.Errorf("Read after Remove: %v", err)
	}
}

func TestForeignFileStays(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/depot.pid", []byte("1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := Remove(dir, "depot"); err != nil {
		t.Fatal(err)
	}
	if pid, err := Read(dir, "depot"); err != nil || pid != 1 {
		t.Errorf("Read = %d, %v", pid, err)
	}
	if err := os.WriteFile(dir+"/depot.pid", []byte("me\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(dir, "depot"); err == nil {
		t.Error("a pid file with words was read")
	}
}
