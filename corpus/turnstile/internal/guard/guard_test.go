package guard

import (
	"errors"
	"os"
	"strings"
	"testing"
)

func TestPass(t *testing.T) {
	dir := t.TempDir()
	ran := 0
	err := Pass(dir, 1, func() error {
		ran++
		if err := Pass(dir, 1, func() error { ran++; return nil }); !errors.Is(err, ErrBusy) {
			t.Errorf("second job: %v", err)
		}
		return nil
	})
	if err != nil || ran != 1 {
		t.Errorf("Pass: %v after %d jobs", err, ran)
	}
	if err := Pass(dir, 1<<63, func() error { ran++; return nil }); err == nil || ran != 1 {
		t.Errorf("a job without room: %v after %d jobs", err, ran)
	}
}

func TestReport(t *testing.T) {
	dir := t.TempDir()
	text, err := Report(dir)
	if err != nil {
		t.Fatal(err)
	}
	fi, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(text, fi.Name()) || !strings.Contains(text, "% free") {
		t.Errorf("Report = %s", text)
	}
}
