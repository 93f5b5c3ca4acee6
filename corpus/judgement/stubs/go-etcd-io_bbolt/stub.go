// Package bbolt stands in for the database.
package bbolt

import "os"

type Options struct{ ReadOnly bool }

type DB struct{ file *os.File }

func Open(path string, mode os.FileMode, options *Options) (*DB, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, mode)
	return &DB{file: f}, err
}

func (db *DB) Put(bucket, key, value string) error { return nil }
