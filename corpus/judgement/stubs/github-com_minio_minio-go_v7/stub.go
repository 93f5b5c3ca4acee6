// Package minio stands in for the object store client.
package minio

import "context"

type PutObjectOptions struct{ ContentType string }

type UploadInfo struct{ Key string }

type Client struct{}

func (c *Client) FPutObject(ctx context.Context, bucket, object, file string, opts PutObjectOptions) (UploadInfo, error) {
	return UploadInfo{Key: object}, ctx.Err()
}

func (c *Client) RemoveObject(ctx context.Context, bucket, object string) error { return ctx.Err() }
