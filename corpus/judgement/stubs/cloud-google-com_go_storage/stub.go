// Package storage stands in for the object store client.
package storage

type Client struct{}

func (c *Client) Bucket(name string) *BucketHandle { return &BucketHandle{} }

type BucketHandle struct{}

func (b *BucketHandle) Object(name string) *ObjectHandle { return &ObjectHandle{name: name} }

type ObjectHandle struct{ name string }

func (o *ObjectHandle) Delete() error { return nil }
