// Package place knows where things lie.
package place

import (
	"os"
	"path/filepath"
	"time"
)

const configFile = "/etc/warden/warden.conf"

// Config gives the text of the configuration.
func Config() (string, error) {
	text, err := os.ReadFile(configFile)
	return string(text), err
}

// Personal is the folder of whoever runs this.
func Personal() string { return filepath.Join(os.Getenv("HOME"), ".warden") }

// Zone fails for a time zone that nobody knows.
func Zone(name string) error {
	_, err := time.LoadLocation(name)
	return err
}
