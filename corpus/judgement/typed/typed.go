// Package typed has types for paths, as careful programs do.
package typed

import (
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// AbsPath is an absolute path on this machine.
type AbsPath string

// RelPath is a path below some root, with slashes.
type RelPath string

// URLPath is the path of a URL.
type URLPath string

// Element is anything that paths can be made of.
type Element interface {
	~string
}

// Join appends a relative path.
func (p AbsPath) Join(r RelPath) AbsPath {
	return p + "/" + AbsPath(r) //@ host
}

// Child appends an element.
func (p AbsPath) Child(name string) AbsPath {
	return AbsPath(string(p) + "/" + name) //@ host
}

// Dir returns the directory of the path.
func (p AbsPath) Dir() AbsPath { return AbsPath(path.Dir(string(p))) } //@ host

// Open opens the file.
func (p AbsPath) Open() (*os.File, error) { return os.Open(string(p)) }

// Below tells whether the path lies below a root.
func (p AbsPath) Below(root AbsPath) bool {
	return strings.HasPrefix(string(p), string(root)+"/") //@ host
}

// Under returns the path relative to a root.
func (p AbsPath) Under(root AbsPath) (RelPath, error) {
	rel, err := filepath.Rel(string(root), string(p))
	return RelPath(filepath.ToSlash(rel)), err //@ slash
}

// Parent returns the path above.
func (r RelPath) Parent() RelPath { return RelPath(path.Dir(string(r))) } //@ slash

// Top returns the first element.
func (r RelPath) Top() string {
	top, _, _ := strings.Cut(string(r), "/") //@ slash
	return top
}

// Append adds elements to the path of a URL.
func (u URLPath) Append(elem ...string) URLPath {
	return u + "/" + URLPath(strings.Join(elem, "/")) //@ slash u + "/" + URLPath(strings.Join(elem, "/"))
}

// Route returns the pattern for a handler.
func (u URLPath) Route(verb string) string {
	return fmt.Sprintf("%s %s/", verb, u) //@ slash
}

// In joins a directory and an element of any string type.
func In[D, E Element](dir D, elem E) string {
	return string(dir) + "/" + string(elem) //@ host
}

// Load reads a file of a directory.
func Load[E Element](dir AbsPath, name E) ([]byte, error) {
	return os.ReadFile(In(dir, name))
}

// Config is loaded from a file that lies beside another one.
type Config struct {
	File   AbsPath
	Assets URLPath
}

// Include returns the path of an included file.
func (c Config) Include(name string) AbsPath {
	if path.IsAbs(name) { //@ host
		return AbsPath(name)
	}
	return c.File.Dir().Child(name)
}

// Read reads an included file.
func (c Config) Read(name string) ([]byte, error) {
	return os.ReadFile(string(c.Include(name)))
}

// Asset returns where an asset is found.
func (c Config) Asset(name string) string {
	return string(c.Assets) + "/" + path.Clean(name) //@ slash string(c.Assets) + "/" + path.Clean(name)
}
