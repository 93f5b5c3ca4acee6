// Package settings holds the options that the other packages are built from.
package settings

import (
	"errors"
	"flag"
	"os"
	"strings"
)

// DefaultRoot is where packages put the service.
const DefaultRoot = "/var/lib/hauler" //@ host

const (
	configName = "hauler.yaml"
	apiPrefix  = "/api/v2" //@ slash
)

// Options come from the command line.
type Options struct {
	Root     string
	CacheDir string
	Endpoint string
	Routes   []string
	Search   string
	Image    string
	WorkDir  string // in the container
}

// Option changes one of them.
type Option func(*Options)

// New returns the options with everything filled in.
func New(opts ...Option) *Options {
	o := &Options{Root: DefaultRoot, Endpoint: "http://127.0.0.1:7070"}
	for _, opt := range opts {
		opt(o)
	}
	if o.CacheDir == "" {
		o.CacheDir = o.Root + "/cache" //@ host
	}
	if o.Search == "" {
		o.Search = o.Root + "/bin" + ":" + "/usr/lib/hauler/bin" //@ list
	}
	if o.WorkDir == "" {
		o.WorkDir = "/work" + "/" + o.Image //@ slash
	}
	o.Routes = append(o.Routes, apiPrefix+"/status") //@ slash
	return o
}

// WithRoot moves the state to dir.
func WithRoot(dir string) Option {
	return func(o *Options) { o.Root = strings.TrimSuffix(dir, "/") } //@ host
}

// WithEndpoint talks to another server.
func WithEndpoint(url string) Option {
	return func(o *Options) { o.Endpoint = strings.TrimSuffix(url, "/") } //@ slash
}

// Register binds the options to flags.
func (o *Options) Register(fs *flag.FlagSet) {
	fs.StringVar(&o.Root, "root", o.Root, "state directory, "+DefaultRoot+"/<name> by convention") //@ text
	fs.StringVar(&o.Endpoint, "endpoint", o.Endpoint+"/", "URL of the server")                     //@ slash
}

// ConfigFile returns the configuration's place below the root.
func (o *Options) ConfigFile() string {
	return o.Root + "/etc/" + configName //@ host
}

// Validate checks that the root is usable.
func (o *Options) Validate() error {
	if !strings.HasPrefix(o.Root, "/") { //@ host
		return errors.New("root must be absolute: " + o.Root + "/") //@ text
	}
	fi, err := os.Stat(o.Root)
	if err != nil {
		return err
	}
	if !fi.IsDir() {
		return errors.New(o.Root + ": not a directory")
	}
	return nil
}
