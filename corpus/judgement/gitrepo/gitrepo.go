// Package gitrepo looks into repositories, with the library and with the program.
package gitrepo

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"

	"github.com/go-git/go-git/v5"
)

// Repo is a working tree.
type Repo struct {
	dir string
	git *git.Repository
}

// Find looks for a repository in dir and above.
func Find(dir string) (*Repo, error) {
	for {
		if _, err := os.Stat(dir + "/.git"); err == nil { //@ host
			r, err := git.PlainOpen(dir)
			return &Repo{dir: dir, git: r}, err
		}
		parent := path.Dir(dir) //@ host
		if parent == dir {
			return nil, fmt.Errorf("no repository above %s", dir)
		}
		dir = parent
	}
}

// Branch returns the branch that is checked out.
func (r *Repo) Branch() (string, error) {
	data, err := os.ReadFile(fmt.Sprintf("%s/.git/HEAD", r.dir)) //@ host
	if err != nil {
		return "", err
	}
	ref := strings.TrimSpace(strings.TrimPrefix(string(data), "ref: "))
	return strings.TrimPrefix(ref, "refs/heads/"), nil //@ slash
}

// Remote returns the tracking reference of a branch.
func Remote(remote, branch string) string {
	return "refs/remotes/" + remote + "/" + branch //@ slash
}

// Exists tells whether a reference is loose on disk.
func (r *Repo) Exists(ref string) bool {
	_, err := os.Stat(r.dir + "/.git/" + ref) //@ host
	return err == nil
}

// Changed returns the changed files below sub, as git names them.
func (r *Repo) Changed(sub string) ([]string, error) {
	cmd := exec.Command("git", "diff", "--name-only")
	cmd.Dir = r.dir
	out, err := cmd.Output()
	if err != nil {
		return nil, err
	}
	var files []string
	for sc := bufio.NewScanner(bytes.NewReader(out)); sc.Scan(); {
		if strings.HasPrefix(sc.Text(), sub+"/") { //@ slash
			files = append(files, sc.Text())
		}
	}
	return files, nil
}

// Read returns a changed file's content.
func (r *Repo) Read(name string) ([]byte, error) {
	return os.ReadFile(r.dir + "/" + name) //@ host
}

// Show returns a file as it is in a commit.
func (r *Repo) Show(commit, name string) ([]byte, error) {
	cmd := exec.Command("git", "show", commit+":"+"./"+name) //@ slash
	cmd.Dir = r.dir
	return cmd.Output()
}

// Blob returns the name that a tree has for a file of a package.
func (r *Repo) Blob(pkg, file string) (string, error) {
	tree, err := r.git.Tree()
	if err != nil {
		return "", err
	}
	f, err := tree.File(path.Join("src", pkg) + "/" + file) //@ slash
	if err != nil {
		return "", err
	}
	return path.Base(f.Name), nil //@ slash
}

// Stage adds generated files of a directory to the index.
func (r *Repo) Stage(gen string) error {
	w, err := r.git.Worktree()
	if err != nil {
		return err
	}
	matches, err := filepath.Glob(r.dir + "/" + gen + "/*.pb.go") //@ host
	if err != nil {
		return err
	}
	for _, m := range matches {
		if err := w.Add(gen + "/" + filepath.Base(m)); err != nil { //@ slash
			return err
		}
	}
	return w.Remove(gen + "/stale.pb.go") //@ slash
}

// Ignored tells whether a pattern of .gitignore names a whole directory.
func Ignored(pattern, name string) bool {
	if strings.HasSuffix(pattern, "/") { //@ slash
		return strings.HasPrefix(name, pattern)
	}
	ok, _ := path.Match(pattern, path.Base(name)) //@ slash path.Match(pattern, path.Base(name))
	return ok
}
