//go:build !windows

package state

import "errors"

// Read gives what was noted last.
func Read() (string, error) { return "", errors.New("no state is kept here") }

// Write notes a text.
func Write(text string) error { return errors.New("no state is kept here") }
