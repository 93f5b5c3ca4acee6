// Package clientv3 stands in for the etcd client.
package clientv3

import "context"

type Op struct{ key string }

type OpOption func(*Op)

type GetResponse struct{ Kvs []*KeyValue }

type KeyValue struct{ Key, Value []byte }

type KV interface {
	Put(ctx context.Context, key, val string, opts ...OpOption) error
	Get(ctx context.Context, key string, opts ...OpOption) (*GetResponse, error)
}

func WithPrefix() OpOption { return func(*Op) {} }

func OpPut(key, val string, opts ...OpOption) Op { return Op{key: key} }

func OpGet(key string, opts ...OpOption) Op { return Op{key: key} }
