// Package certs finds the key material of a server.
package certs

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
	"path"
	"strings"
)

// Config names the files; empty ones are filled in from Dir.
type Config struct {
	Dir      string
	CertFile string
	KeyFile  string
	CAFile   string
	SPIFFE   string // identity, spiffe://domain/path
}

var names = map[string]string{
	"cert": "tls.crt",
	"key":  "tls.key",
	"ca":   "ca/bundle.pem", //@ host
}

// Complete fills in what is missing.
func (c *Config) Complete(domain, workload string) {
	if c.CertFile == "" {
		c.CertFile = c.Dir + "/" + names["cert"] //@ host
	}
	if c.KeyFile == "" {
		c.KeyFile = path.Join(c.Dir, names["key"]) //@ host
	}
	if c.CAFile == "" {
		c.CAFile = fmt.Sprintf("%s/%s", c.Dir, names["ca"]) //@ host
	}
	c.SPIFFE = "spiffe://" + domain + "/" + workload //@ slash
}

// Load reads the files.
func (c *Config) Load() (*tls.Config, error) {
	pair, err := tls.LoadX509KeyPair(c.CertFile, c.KeyFile)
	if err != nil {
		return nil, fmt.Errorf("%s/%s: %w", c.CertFile, c.KeyFile, err) //@ text
	}
	pem, err := os.ReadFile(c.CAFile)
	if err != nil {
		return nil, err
	}
	pool := x509.NewCertPool()
	if !pool.AppendCertsFromPEM(pem) {
		return nil, fmt.Errorf("%s has no certificate", path.Base(c.CAFile)) //@ host
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, RootCAs: pool}, nil
}

// Watched returns the directories in which a change matters.
func (c *Config) Watched() []string {
	dirs := map[string]bool{}
	for _, f := range []string{c.CertFile, c.KeyFile, c.CAFile} {
		dirs[path.Dir(f)] = true //@ host
	}
	var all []string
	for d := range dirs {
		all = append(all, d)
	}
	return all
}

// Allowed tells whether a peer's identity lies below a path of ours.
func (c *Config) Allowed(peer string) bool {
	id := strings.TrimPrefix(peer, "spiffe://")
	domain, workload, ok := strings.Cut(id, "/")                                        //@ slash
	return ok && strings.HasPrefix(c.SPIFFE, "spiffe://"+domain+"/"+path.Dir(workload)) //@ slash "spiffe://"+domain+"/"+path.Dir(workload)
}
