// Package mirror copies blobs to an object store that takes plain HTTP PUT requests.
package mirror

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// Client writes objects below one prefix of a bucket.
type Client struct {
	base   string
	prefix string
	agent  string
	http   *http.Client

	mu   sync.Mutex
	done map[string]string // object key to digest
}

// New returns a client for the bucket at base, for example "http://minio:9000/artifacts".
func New(base, prefix, agent string) (*Client, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "http" && u.Scheme != "https" {
		return nil, fmt.Errorf("mirror %s: not an http URL", base)
	}
	return &Client{
		base:   strings.TrimRight(base, "/"),
		prefix: prefix,
		agent:  agent,
		http:   http.DefaultClient,
		done:   map[string]string{},
	}, nil
}

// Key returns the object key of a blob.
func (c *Client) Key(bucket, name string) string {
	if c.prefix == "" {
		return bucket + "/" + name
	}
	return strings.Join([]string{c.prefix, bucket, name}, "/")
}

// Put copies a blob unless the same content was copied before.
func (c *Client) Put(bucket, name, digest string, body io.Reader) error {
	key := c.Key(bucket, name)
	c.mu.Lock()
	known := c.done[key]
	c.mu.Unlock()
	if known == digest {
		return nil
	}
	req, err := http.NewRequest(http.MethodPut, c.base+"/"+key, body)
	if err != nil {
		return err
	}
	req.Header.Set("User-Agent", c.agent)
	req.Header.Set("Content-Type", "application/octet-stream")
	resp, err := c.http.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	if resp.StatusCode/100 != 2 {
		return fmt.Errorf("mirror: PUT %s: %s", c.base+"/"+key, resp.Status)
	}
	c.mu.Lock()
	c.done[key] = digest
	c.mu.Unlock()
	return nil
}
