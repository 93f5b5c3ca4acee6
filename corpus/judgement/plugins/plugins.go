// Package plugins finds and starts extensions.
package plugins

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
)

// Finder finds the program of an extension.
type Finder interface {
	Find(name string) (string, error)
}

type dirFinder struct{ dirs []string }

type gitFinder struct {
	cache string
	base  string // URL of an organization
}

var (
	systemDirs = []string{"/usr/lib/hauler/plugins", "/usr/local/lib/hauler/plugins"} //@ host "/usr/lib/hauler/plugins"
	userDir    = os.Getenv("HOME") + "/.hauler/plugins"                               //@ host
)

// ErrAbsent is returned for extensions that are nowhere.
var ErrAbsent = errors.New("no such plugin")

// Default looks in the directories of the user and of the system, then on the net.
func Default(cache string) []Finder {
	return []Finder{
		&dirFinder{dirs: append([]string{userDir}, systemDirs...)},
		&gitFinder{cache: cache + "/git", base: "https://git.example/" + "hauler-plugins"}, //@ host cache + "/git"
	}
}

// Find implements Finder.
func (f *dirFinder) Find(name string) (string, error) {
	for _, d := range f.dirs {
		for _, p := range []string{d + "/" + name, d + "/" + name + "/main"} { //@ host d + "/" + name
			if fi, err := os.Stat(p); err == nil && !fi.IsDir() {
				return p, nil
			}
		}
	}
	return "", ErrAbsent
}

// Find implements Finder.
func (f *gitFinder) Find(name string) (string, error) {
	dir := f.cache
	dir += "/" + name                                 //@ host
	if _, err := os.Stat(dir + "/.git"); err != nil { //@ host
		repo := f.base + "/" + name + ".git" //@ slash
		if out, err := exec.Command("git", "clone", repo, dir).CombinedOutput(); err != nil {
			return "", fmt.Errorf("%s: %w: %s", repo, err, out)
		}
	}
	return filepath.Join(dir, "main"), nil //@ host
}

// Run starts the first program that the finders know.
func Run(finders []Finder, name string, args ...string) error {
	for _, f := range finders {
		prog, err := f.Find(name)
		if errors.Is(err, ErrAbsent) {
			continue
		}
		if err != nil {
			return err
		}
		cmd := exec.Command(prog, args...)
		cmd.Dir = path.Dir(prog)                                                            //@ host
		cmd.Env = append(os.Environ(), "PLUGIN="+path.Base(prog), "PLUGIN_ID=hauler/"+name) //@ host path.Base(prog)
		return cmd.Run()
	}
	return fmt.Errorf("plugin %s: %w", name, ErrAbsent)
}

// Names lists what is installed in the user's directory.
func Names() []string {
	files, _ := filepath.Glob(userDir + "/*/main") //@ host
	var names []string
	for _, f := range files {
		parts := strings.Split(f, "/") //@ host
		names = append(names, parts[len(parts)-2])
	}
	return names
}
