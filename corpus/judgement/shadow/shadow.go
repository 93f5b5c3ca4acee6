// Package shadow uses names that collide with packages, as much code does.
package shadow

import (
	"fmt"
	"io"
	"net/http"
	. "os"
	slashpath "path"
	fp "path/filepath"
	str "strings"
)

// Upload describes a file of an upload.
type Upload struct {
	path string
	url  string
}

// New returns the description of a file in dir, uploaded to host.
func New(dir, host, name string) *Upload {
	path := dir + "/" + name             //@ host
	url := "http://" + host + "/" + name //@ slash
	return &Upload{path: path, url: url}
}

// Size returns the size of the file.
func (f *Upload) Size() (int64, error) {
	fi, err := Stat(f.path)
	if err != nil {
		return 0, err
	}
	return fi.Size(), nil
}

// Beside opens a file beside this one.
func (f *Upload) Beside(name string) (io.ReadCloser, error) {
	return Open(slashpath.Dir(f.path) + "/" + name) //@ host
}

// Local opens a file below a directory that was called filepath before there was a package of that name.
func Local(filepath string, names []string) (files []io.ReadCloser, err error) {
	for _, n := range names {
		var f io.ReadCloser
		if f, err = Open(filepath + "/" + n); err != nil { //@ host
			return
		}
		files = append(files, f)
	}
	return
}

// Remote fetches a path of a server.
func Remote(host, path string) (*http.Response, error) {
	if !str.HasPrefix(path, "/") { //@ slash
		path = "/" + path //@ slash
	}
	return http.Get("https://" + host + path)
}

// Relative returns the link to a file from the root of the site.
func (f *Upload) Relative(root string) (string, error) {
	rel, err := fp.Rel(root, f.path)
	if err != nil {
		return "", err
	}
	return slashpath.Join("/", fp.ToSlash(rel)), nil //@ slash slashpath.Join("/", fp.ToSlash(rel))
}

// Temp makes a directory for an upload.
func Temp(id string) (string, error) {
	base := fp.Join(TempDir(), "uploads") //@ host
	os := fmt.Sprintf("%s/%s", base, id)  //@ host
	return os, MkdirAll(os, 0o700)
}

// Equal tells whether a link leads to the file.
func (f *Upload) Equal(link string) bool {
	strings := str.Split(link, "/")                          //@ slash
	return strings[len(strings)-1] == slashpath.Base(f.path) //@ host
}
