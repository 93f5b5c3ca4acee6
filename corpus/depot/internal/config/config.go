// Package config reads depot's configuration: a directory with depot.yaml and any number of .env files.
package config

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"
)

// Config is what the service runs with.
type Config struct {
	Listen     string
	PublicURL  *url.URL
	StateDir   string
	RunDir     string
	Lifecycle  bool
	SweepAfter time.Duration
	Log        Log
	Mirror     Mirror
	Allow      []*net.IPNet
	Types      map[string]string
	Frozen     map[string]bool
}

// Log says where the log goes and how much of it is kept.
type Log struct {
	Dir      string
	MaxBytes int64
	Keep     int
}

// Mirror is an object store that gets a copy of every blob; no URL means none.
type Mirror struct {
	URL    string
	Prefix string
}

// Load reads the configuration in dir. Relative directories in it are below base.
func Load(dir, base string) (*Config, error) {
	values, err := readDir(dir)
	if err != nil {
		return nil, err
	}
	cfg, err := build(values)
	if err != nil {
		return nil, fmt.Errorf("configuration in %s: %w", dir, err)
	}
	if cfg.Frozen, err = readFrozen(dir); err != nil {
		return nil, err
	}
	for _, d := range []*string{&cfg.StateDir, &cfg.RunDir, &cfg.Log.Dir} {
		if *d, err = place(base, *d); err != nil {
			return nil, err
		}
	}
	return cfg, nil
}

// readDir collects the values of depot.yaml and then, in the order of their names, of the .env files,
// which win.
func readDir(dir string) (map[string]string, error) {
	values := map[string]string{
		"listen":      "127.0.0.1:8470",
		"state_dir":   "state",
		"run_dir":     "run",
		"log.dir":     "logs",
		"sweep_after": "1h",
	}
	f, err := os.Open(dir + "/depot.yaml")
	if err != nil {
		return nil, err
	}
	err = parseYAML(f, values)
	f.Close()
	if err != nil {
		return nil, fmt.Errorf("depot.yaml: %w", err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	for _, e := range entries {
		if e.IsDir() || path.Ext(e.Name()) != ".env" {
			continue
		}
		name := fmt.Sprintf("%s/%s", dir, e.Name())
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		err = parseEnv(f, values)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", e.Name(), err)
		}
	}
	return values, nil
}

// place finds the directory that the configuration calls dir and makes it.
func place(base, dir string) (string, error) {
	if !path.IsAbs(dir) {
		dir = filepath.Join(base, dir)
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	return dir, nil
}

func build(values map[string]string) (*Config, error) {
	cfg := &Config{
		Listen:   values["listen"],
		StateDir: values["state_dir"],
		RunDir:   values["run_dir"],
		Log:      Log{Dir: values["log.dir"], MaxBytes: 1 << 20, Keep: 5},
		Mirror:   Mirror{URL: values["mirror.url"], Prefix: strings.Trim(values["mirror.prefix"], "/")},
		Types:    map[string]string{},
	}
	var err error
	if cfg.PublicURL, err = url.Parse(values["public_url"]); err != nil {
		return nil, err
	}
	if cfg.PublicURL.Path == "" {
		cfg.PublicURL.Path = "/"
	}
	if cfg.SweepAfter, err = time.ParseDuration(values["sweep_after"]); err != nil {
		return nil, err
	}
	if v := values["lifecycle"]; v != "" {
		if cfg.Lifecycle, err = strconv.ParseBool(v); err != nil {
			return nil, fmt.Errorf("lifecycle: %w", err)
		}
	}
	if v := values["log.max_bytes"]; v != "" {
		if cfg.Log.MaxBytes, err = strconv.ParseInt(v, 10, 64); err != nil {
			return nil, fmt.Errorf("log.max_bytes: %w", err)
		}
	}
	if v := values["log.keep"]; v != "" {
		if cfg.Log.Keep, err = strconv.Atoi(v); err != nil {
			return nil, fmt.Errorf("log.keep: %w", err)
		}
	}
	if cfg.Allow, err = parseAllow(values["allow"]); err != nil {
		return nil, err
	}
	return cfg, addTypes(cfg.Types, values)
}

// parseAllow reads a comma-separated list of networks; a bare address is a network of one.
func parseAllow(list string) ([]*net.IPNet, error) {
	var nets []*net.IPNet
	for _, item := range strings.Split(list, ",") {
		if item == "" {
			continue
		}
		if !strings.Contains(item, "/") {
			item = item + "/32"
		}
		_, n, err := net.ParseCIDR(item)
		if err != nil {
			return nil, fmt.Errorf("allow: %w", err)
		}
		nets = append(nets, n)
	}
	return nets, nil
}

// addTypes collects "types.<extension>": "<type>/<subtype>", or just the subtype of application.
func addTypes(types, values map[string]string) error {
	var keys []string
	for k := range values {
		if strings.HasPrefix(k, "types.") {
			keys = append(keys, k)
		}
	}
	sort.Strings(keys)
	for _, k := range keys {
		mime := values[k]
		if strings.Count(mime, "/") > 1 {
			return fmt.Errorf("%s: %q is not a media type", k, mime)
		}
		if !strings.Contains(mime, "/") {
			mime = "application" + "/" + mime
		}
		types["."+strings.TrimLeft(strings.TrimPrefix(k, "types."), ".")] = mime
	}
	return nil
}
