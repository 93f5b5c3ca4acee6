// Package keys looks after files with keys.
package keys

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// Check refuses a key that others can read.
func Check(name string) error {
	fi, err := os.Stat(name)
	if err != nil {
		return err
	}
	if fi.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("%s: mode %v is too open", name, fi.Mode().Perm())
	}
	return nil
}

// Keep copies a key to where nobody changes it.
func Keep(from, to string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.CreateTemp(filepath.Dir(to), ".key-*")
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return err
	}
	if err := out.Chmod(0o400); err != nil {
		return fmt.Errorf("%s: %w", to, err)
	}
	if err := out.Close(); err != nil {
		return err
	}
	return os.Rename(out.Name(), to)
}

// Give hands a file to an account.
func Give(name string, uid, gid int) error {
	if err := os.Chown(name, uid, gid); err != nil {
		return fmt.Errorf("the owner of %s: %w", filepath.Base(name), err)
	}
	return nil
}
