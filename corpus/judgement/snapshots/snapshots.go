// Package snapshots keeps trees of files by content. Inside of a snapshot all names have slashes.
package snapshots

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"
)

// Node is a directory or a file of a snapshot.
type Node struct {
	Name     string
	Blob     string // content of a file
	Children map[string]*Node
}

// Repo is where content lies.
type Repo struct {
	root string
}

func (r *Repo) blobFile(id string) string {
	return filepath.Join(r.root, "data") + "/" + id[:2] + "/" + id //@ host
}

// Save takes a snapshot of a directory.
func (r *Repo) Save(dir string) (*Node, error) {
	top := &Node{Name: "/", Children: map[string]*Node{}}
	err := filepath.Walk(dir, func(p string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		rel, err := filepath.Rel(dir, p)
		if err != nil {
			return err
		}
		id, err := r.store(p)
		if err != nil {
			return err
		}
		top.insert(filepath.ToSlash(rel), id) //@ slash
		return nil
	})
	return top, err
}

func (n *Node) insert(name, blob string) {
	first, rest, deeper := strings.Cut(name, "/") //@ slash
	child := n.Children[first]
	if child == nil {
		child = &Node{Name: path.Join(n.Name, first), Children: map[string]*Node{}} //@ slash
		n.Children[first] = child
	}
	if deeper {
		child.insert(rest, blob)
		return
	}
	child.Blob = blob
}

// Find returns the node with a name such as "/etc/hosts".
func (n *Node) Find(name string) *Node {
	name = strings.Trim(path.Clean(name), "/") //@ slash
	if name == "" {
		return n
	}
	for _, part := range strings.Split(name, "/") { //@ slash
		if n = n.Children[part]; n == nil {
			return nil
		}
	}
	return n
}

// Restore writes a node below dir.
func (r *Repo) Restore(n *Node, dir string) error {
	target := dir + n.Name
	if n.Blob == "" {
		if err := os.MkdirAll(target, 0o755); err != nil {
			return err
		}
		for _, c := range n.Children {
			if err := r.Restore(c, dir); err != nil {
				return err
			}
		}
		return nil
	}
	data, err := os.ReadFile(r.blobFile(n.Blob))
	if err != nil {
		return fmt.Errorf("%s/%s: %w", n.Name, n.Blob, err) //@ text
	}
	return os.WriteFile(dir+"/"+n.Name, data, 0o644) //@ host
}

func (r *Repo) store(file string) (string, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(data)
	id := hex.EncodeToString(sum[:])
	dest := r.blobFile(id)
	if err := os.MkdirAll(path.Dir(dest), 0o700); err != nil { //@ host
		return "", err
	}
	return id, os.WriteFile(dest, data, 0o600)
}
