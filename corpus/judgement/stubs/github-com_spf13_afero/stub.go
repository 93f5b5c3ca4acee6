// Package afero stands in for the file system abstraction.
package afero

import "os"

type Fs interface{ Name() string }

type OsFs struct{}

func (OsFs) Name() string { return "os" }

func NewOsFs() Fs { return OsFs{} }

func ReadFile(fs Fs, name string) ([]byte, error) { return os.ReadFile(name) }

func WriteFile(fs Fs, name string, data []byte, perm os.FileMode) error {
	return os.WriteFile(name, data, perm)
}

func Exists(fs Fs, name string) (bool, error) {
	_, err := os.Stat(name)
	return err == nil, err
}
