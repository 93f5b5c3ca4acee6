// Package guard lets one job at a time through, when the machine has room for it.
package guard

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// ErrBusy is returned when another job holds the lock.
var ErrBusy = errors.New("another job is running")

// Pass runs job while holding the lock in dir, if at least need bytes are free there.
func Pass(dir string, need uint64, job func() error) error {
	defer setUmask(setUmask(0o027))
	if err := os.MkdirAll(dir, 0o777); err != nil {
		return err
	}
	lock, err := Acquire(filepath.Join(dir, "turnstile.lock"))
	if err != nil {
		return fmt.Errorf("lock in %s: %w", dir, err)
	}
	defer lock.Release()
	space, err := FreeSpace(dir)
	if err != nil {
		return fmt.Errorf("room in %s: %w", dir, err)
	}
	if space.Free < need {
		return fmt.Errorf("%s has %s, the job wants %d bytes", dir, space, need)
	}
	lower()
	return job()
}

// Report describes who owns dir and how full it is.
func Report(dir string) (string, error) {
	fi, err := os.Stat(dir)
	if err != nil {
		return "", err
	}
	text := fi.Name()
	if uid, gid, ok := owner(fi); ok {
		text += fmt.Sprintf(" owner=%d/%d", uid, gid)
	}
	space, err := FreeSpace(dir)
	if err != nil {
		return text, err
	}
	return text + " " + space.String(), nil
}
