// Helpers asks the helpers that migrated modules get what they promise, on the system it runs on.
package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"example.test/helpers/internal/winport"
)

var failed bool

func expect(what string, got, want any) {
	if got != want {
		fmt.Printf("%s: %v, not %v\n", what, got, want)
		failed = true
	}
}

func main() {
	name := filepath.Join(os.TempDir(), "winport.txt")
	if err := os.WriteFile(name, nil, 0o644); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	defer os.Remove(name)
	fi, err := os.Stat(name)
	expect("Stat", err, nil)
	expect("TooOpen of others' bits", winport.TooOpen(fi.Mode(), 0o077), unix)
	expect("TooOpen of no bits", winport.TooOpen(fi.Mode(), 0o111), false)
	expect("Chown of a missing file", errors.Is(winport.Chown(name+"x", os.Getuid(), os.Getgid()), fs.ErrNotExist), true)
	expect("Lchown of a missing file", errors.Is(winport.Lchown(name+"x", os.Getuid(), os.Getgid()), fs.ErrNotExist), true)
	expect("Chown", winport.Chown(name, os.Getuid(), os.Getgid()), nil)
	expect("Lchown", winport.Lchown(name, os.Getuid(), os.Getgid()), nil)
	f, err := os.Open(name)
	expect("Open", err, nil)
	expect("ChownFile", winport.ChownFile(f, os.Getuid(), os.Getgid()), nil)
	f.Close()
	expect("ChownFile of a closed file", winport.ChownFile(f, os.Getuid(), os.Getgid()) == nil, false)

	os.Setenv("HOME", "somewhere")
	expect("Home", winport.Home(), "somewhere")
	os.Unsetenv("HOME")
	home := ""
	if !unix {
		home, _ = os.UserHomeDir()
	}
	expect("Home without HOME", winport.Home(), home)

	for path, want := range places() {
		expect("SysPath of "+path, winport.SysPath(path), want)
	}
	system()
	if failed {
		os.Exit(1)
	}
}
