// Package watch runs a build when sources change.
package watch

import (
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/fsnotify/fsnotify"
)

// Watcher watches the directories below a root.
type Watcher struct {
	root   string
	ignore []string // patterns with slashes, as in .gitignore
	fs     *fsnotify.Watcher
}

// New watches root.
func New(root string, ignore []string) (*Watcher, error) {
	fs, err := fsnotify.NewWatcher()
	if err != nil {
		return nil, err
	}
	w := &Watcher{root: filepath.Clean(root), ignore: append(ignore, "node_modules/", "build/out/"), fs: fs}
	return w, filepath.WalkDir(w.root, w.add)
}

func (w *Watcher) add(p string, d os.DirEntry, err error) error {
	if err != nil || !d.IsDir() {
		return err
	}
	if strings.HasSuffix(p, "/.git") || w.ignored(p+"/") { //@ host strings.HasSuffix(p, "/.git")
		return filepath.SkipDir
	}
	return w.fs.Add(p)
}

func (w *Watcher) ignored(p string) bool {
	rel, err := filepath.Rel(w.root, p)
	if err != nil {
		return true
	}
	name := filepath.ToSlash(rel) //@ slash
	for _, pattern := range w.ignore {
		if strings.HasPrefix(name+"/", pattern) { //@ slash name+"/"
			return true
		}
		if ok, _ := path.Match(pattern, path.Base(name)); ok { //@ slash path.Match(pattern, path.Base(name))
			return true
		}
	}
	return false
}

// Run builds until the watcher is closed.
func (w *Watcher) Run(build func(pkg string) error) error {
	for ev := range w.fs.Events {
		if path.Ext(ev.Name) != ".go" { //@ host
			continue
		}
		dir := path.Dir(ev.Name)                          //@ host
		pkg := "./" + strings.TrimPrefix(dir, w.root+"/") //@ host strings.TrimPrefix(dir, w.root+"/")
		if err := build(pkg); err != nil {
			return err
		}
	}
	return nil
}

// Go builds a package with the go command, whose patterns have slashes.
func Go(dir, pkg string) error {
	cmd := exec.Command("go", "build", "./"+pkg+"/...") //@ slash
	cmd.Dir = dir
	return cmd.Run()
}

// All builds everything below a directory.
func All(dir string) error {
	return exec.Command("go", "vet", dir+"/...").Run() //@ host
}

// CopyContents copies what is in a directory, not the directory.
func CopyContents(from, to string) error {
	return exec.Command("cp", "-r", from+"/.", to).Run() //@ host
}

// Newest returns the last changed file of a directory, by its path.
func Newest(dir string) (newest string) {
	var at int64
	entries, _ := os.ReadDir(dir)
	for _, e := range entries {
		if info, err := e.Info(); err == nil && info.ModTime().Unix() > at {
			at, newest = info.ModTime().Unix(), dir+"/"+e.Name() //@ host
		}
	}
	return
}
