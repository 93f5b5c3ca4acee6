package rotate

import (
	"fmt"
	"os"
	"reflect"
	"strings"
	"testing"
	"time"
)

func clock(w *Writer) {
	at := time.Date(2023, 5, 1, 12, 0, 0, 0, time.UTC)
	w.now = func() time.Time {
		at = at.Add(time.Second)
		return at
	}
}

func TestRotation(t *testing.T) {
	dir := t.TempDir() + "/logs"
	w, err := Open(dir, "depot", 20, 2)
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	clock(w)
	for i := 0; i < 5; i++ {
		if _, err := fmt.Fprintf(w, "line number %d\n", i); err != nil {
			t.Fatal(err)
		}
	}
	names, err := w.Names()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"depot-20230501T120003.000.log", "depot-20230501T120004.000.log", "depot.log"}
	if !reflect.DeepEqual(names, want) {
		t.Errorf("Names = %q, want %q", names, want)
	}
	data, err := os.ReadFile(dir + "/depot.log")
	if err != nil || string(data) != "line number 4\n" {
		t.Errorf("depot.log = %q, %v", data, err)
	}
}

func TestPruneAtOpen(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{
		"depot-20200101T000000.000.log", "depot-20210101T000000.000.log", "depot-20220101T000000.000.log",
		"depot-notes.log", "other-20200101T000000.000.log",
	} {
		if err := os.WriteFile(dir+"/"+name, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	w, err := Open(dir, "depot", 1<<20, 1)
	if err != nil {
		t.Fatal(err)
	}
	w.Close()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	want := "depot-20220101T000000.000.log depot-notes.log depot.log other-20200101T000000.000.log"
	if got := strings.Join(left, " "); got != want {
		t.Errorf("left %q, want %q", got, want)
	}
}

func TestAppends(t *testing.T) {
	dir := t.TempDir()
	for i := 0; i < 2; i++ {
		w, err := Open(dir, "depot", 1<<20, 1)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintln(w, "started")
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
	}
	data, _ := os.ReadFile(dir + "/depot.log")
	if string(data) != "started\nstarted\n" {
		t.Errorf("log is %q", data)
	}
}
