// Package importpath relates import paths and directories.
package importpath

import (
	"fmt"
	"go/build"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
)

// Module is a module on disk.
type Module struct {
	Path string
	Dir  string
}

// Read finds the module whose go.mod lies in dir.
func Read(dir string) (*Module, error) {
	data, err := os.ReadFile(dir + "/go.mod") //@ host
	if err != nil {
		return nil, err
	}
	line, _, _ := strings.Cut(string(data), "\n")
	return &Module{Path: strings.TrimPrefix(strings.TrimSpace(line), "module "), Dir: dir}, nil
}

// DirOf returns the directory of an import path.
func (m *Module) DirOf(imp string) (string, error) {
	if imp != m.Path && !strings.HasPrefix(imp, m.Path+"/") { //@ slash
		return "", fmt.Errorf("%s is not in %s", imp, m.Path)
	}
	rel := strings.TrimPrefix(strings.TrimPrefix(imp, m.Path), "/") //@ slash
	return filepath.Join(m.Dir, filepath.FromSlash(rel)), nil       //@ host filepath.Join(m.Dir, filepath.FromSlash(rel))
}

// ImportOf returns the import path of a directory.
func (m *Module) ImportOf(dir string) (string, error) {
	rel, err := filepath.Rel(m.Dir, dir)
	if err != nil {
		return "", err
	}
	return m.Path + "/" + filepath.ToSlash(rel), nil //@ slash
}

// Internal tells whether an import path has an internal element.
func Internal(imp string) bool {
	return strings.Contains("/"+imp+"/", "/internal/") //@ slash
}

// Name guesses the package name of an import path.
func Name(imp string) string {
	base := path.Base(imp) //@ slash
	if len(base) > 1 && base[0] == 'v' {
		if _, err := strconv.Atoi(base[1:]); err == nil {
			base = path.Base(path.Dir(imp)) //@ slash path.Base(path.Dir(imp))
		}
	}
	return base
}

// Imports lists the imports of a directory's files that belong to a host.
func Imports(dir, host string) ([]string, error) {
	files, err := filepath.Glob(dir + "/*.go") //@ host
	if err != nil {
		return nil, err
	}
	var imports []string
	for _, name := range files {
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return nil, err
		}
		for _, spec := range f.Imports {
			imp, _ := strconv.Unquote(spec.Path.Value)
			if strings.HasPrefix(imp, host+"/") { //@ slash
				imports = append(imports, imp)
			}
		}
	}
	return imports, nil
}

// Cached returns where the module cache keeps a version.
func Cached(mod, version string) string {
	cache := os.Getenv("GOMODCACHE")
	if cache == "" {
		cache = build.Default.GOPATH + "/pkg/mod" //@ host
	}
	dir := cache + "/" + mod + "@" + version //@ host
	if _, err := os.Stat(dir); err != nil {
		return ""
	}
	return dir
}

// Vendored finds a package in the vendor directory of its importer.
func Vendored(imp, dir string) (*build.Package, error) {
	return build.Import("example.com/vendored/"+imp, dir+"/vendor", 0) //@ slash "example.com/vendored/"+imp
}

// Generate returns a file that imports a package of the module.
func (m *Module) Generate(pkg string) []byte {
	return []byte(fmt.Sprintf("package main\n\nimport _ %q\n", m.Path+"/"+pkg)) //@ slash m.Path+"/"+pkg
}
