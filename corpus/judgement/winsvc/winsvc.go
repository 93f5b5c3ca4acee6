// Package winsvc knows the places of a Windows service. On other systems it reads what was copied from one.
package winsvc

import (
	"errors"
	"os"
	"path"
	"strings"
)

// Imported is a copy of an instance's data, with the paths as Windows wrote them.
type Imported struct {
	Dir   string
	Paths []string
}

// Local returns the copied file for a path of the Windows machine.
func (i *Imported) Local(p string) (string, error) {
	_, rest, ok := strings.Cut(p, `:\`)
	if !ok {
		return "", errors.New(p + ": not a path with a drive")
	}
	slashed := strings.ReplaceAll(rest, `\`, "/") //@ slash|host
	return i.Dir + "/" + slashed, nil             //@ host
}

// Open opens all copied files.
func (i *Imported) Open() ([]*os.File, error) {
	var files []*os.File
	for _, p := range i.Paths {
		local, err := i.Local(p)
		if err != nil {
			return nil, err
		}
		f, err := os.Open(local)
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// Names returns the last elements of the paths.
func (i *Imported) Names() []string {
	var names []string
	for _, p := range i.Paths {
		names = append(names, path.Base(strings.ReplaceAll(p, "\\", "/"))) //@ slash
	}
	return names
}
