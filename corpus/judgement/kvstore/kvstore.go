// Package kvstore keeps members and leases in etcd, and a copy on disk.
package kvstore

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path"
	"strings"

	"go.etcd.io/bbolt"
	clientv3 "go.etcd.io/etcd/client/v3"
)

const (
	root    = "/hauler"          //@ slash
	members = root + "/members/" //@ slash
)

// Store is a namespace of keys.
type Store struct {
	kv     clientv3.KV
	prefix string
	local  *bbolt.DB
}

// New opens a namespace; its copy lies in dataDir.
func New(kv clientv3.KV, namespace, dataDir string) (*Store, error) {
	db, err := bbolt.Open(dataDir+"/"+namespace+".db", 0o600, nil) //@ host
	if err != nil {
		return nil, err
	}
	return &Store{kv: kv, prefix: path.Join(root, namespace), local: db}, nil //@ slash
}

func (s *Store) key(parts ...string) string {
	return s.prefix + "/" + strings.Join(parts, "/") //@ slash s.prefix + "/" + strings.Join(parts, "/")
}

// Put stores a value under a path of names.
func (s *Store) Put(ctx context.Context, value string, parts ...string) error {
	k := s.key(parts...)
	if err := s.kv.Put(ctx, k, value); err != nil {
		return fmt.Errorf("%s/%s: %w", s.prefix, k, err) //@ text
	}
	return s.local.Put("cache", path.Base(k), value) //@ slash
}

// List returns the last elements of the keys below a name.
func (s *Store) List(ctx context.Context, name string) ([]string, error) {
	dir := s.key(name) + "/" //@ slash
	resp, err := s.kv.Get(ctx, dir, clientv3.WithPrefix())
	if err != nil {
		return nil, err
	}
	var names []string
	for _, kv := range resp.Kvs {
		rest := strings.TrimPrefix(string(kv.Key), dir)
		if i := strings.Index(rest, "/"); i >= 0 { //@ slash
			rest = rest[:i]
		}
		names = append(names, rest)
	}
	return names, nil
}

// Join announces a member; the operation is for a transaction.
func Join(id, address string) (clientv3.Op, clientv3.Op) {
	lease := fmt.Sprintf("%s%s/lease", members, id) //@ slash
	return clientv3.OpPut(members+id, address), clientv3.OpGet(lease)
}

// Dump writes all keys that were seen to a file.
func (s *Store) Dump(dir string, keys map[string]string) error {
	data, err := json.Marshal(keys)
	if err != nil {
		return err
	}
	out := path.Join(dir, "snap", "keys.json")                //@ host
	if err := os.MkdirAll(path.Dir(out), 0o700); err != nil { //@ host
		return err
	}
	return os.WriteFile(out, data, 0o600)
}

// Parent returns the key above a key, the root of all being its own.
func Parent(key string) string {
	if key == "/" || !strings.HasPrefix(key, root+"/") { //@ slash strings.HasPrefix(key, root+"/")
		return root
	}
	return path.Dir(key) //@ slash
}
